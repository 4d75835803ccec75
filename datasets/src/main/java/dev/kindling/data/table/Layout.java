package dev.kindling.data.table;

import dev.kindling.BadInput;
import dev.kindling.SettingName;
import dev.kindling.Words;
import dev.kindling.data.Rejected;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The role of every column of a table, and the place of its values in a row. */
final class Layout implements Serializable {
  static final SettingName FEATURES = new SettingName("featureColumns");

  private final String[] names;
  private final Role[] roles;

  /** Index in the feature vector, or among the carried columns. */
  private final int[] slots;

  private final int vector;
  private final int dense;
  private final int[] featureColumns;
  private final int[] carriedColumns;

  private Layout(
      Columns columns, Role[] roles, int[] slots, List<Integer> features, List<Integer> carried) {
    this.names = columns.names().toArray(String[]::new);
    this.roles = roles;
    this.slots = slots;
    this.vector = Arrays.asList(roles).indexOf(Role.VECTOR);
    this.dense = features.size();
    this.featureColumns = features.stream().mapToInt(i -> i).toArray();
    this.carriedColumns = carried.stream().mapToInt(i -> i).toArray();
  }

  /**
   * @throws BadInput when a column is missing, has two roles, or no feature is left
   */
  static Layout of(Columns columns, TableOptions options) {
    int count = columns.names().size();
    Role[] roles = new Role[count];
    int[] slots = new int[count];
    RoleAssignment assignment = new RoleAssignment(columns, roles);
    options
        .label(columns.names())
        .ifPresent(name -> assignment.give(name, Role.LABEL, column("label")));
    options.target().ifPresent(name -> assignment.give(name, Role.TARGET, column("target")));
    options.weight().ifPresent(name -> assignment.give(name, Role.WEIGHT, column("weight")));
    options.id().ifPresent(name -> assignment.give(name, Role.ID, column("id")));
    if (options.takesSuppliedLabel(columns.supplied() >= 0)) {
      assignment.giveSupplied(Role.LABEL, "label", column("label"));
    }
    if (options.takesSuppliedTarget(columns.supplied() >= 0)) {
      assignment.giveSupplied(Role.TARGET, "target", column("target"));
    }
    List<Integer> carried = new ArrayList<>();
    for (String name : options.carried()) {
      int column = assignment.give(name, Role.CARRIED, "a column to keep");
      slots[column] = carried.size();
      carried.add(column);
    }
    List<Integer> features = features(columns, options, assignment);
    for (int slot = 0; slot < features.size(); slot++) {
      slots[features.get(slot)] = slot;
    }
    for (int i = 0; i < count; i++) {
      roles[i] = roles[i] == null ? Role.IGNORED : roles[i];
    }
    return new Layout(columns, roles, slots, features, carried);
  }

  private static String column(String role) {
    return new SettingName(role + "Column").toString();
  }

  private static List<Integer> features(
      Columns columns, TableOptions options, RoleAssignment assignment) {
    int vector = columns.vector();
    if (vector >= 0) {
      String name = columns.names().get(vector);
      if (!options.features().isEmpty() && !options.features().equals(List.of(name))) {
        throw BadInput.of(
            "%s: %s; the features are one column here, %s, and it is taken whole: leave %s out",
            columns.source(),
            SettingName.of(FEATURES.setting(), String.join(",", options.features())),
            name,
            FEATURES);
      }
      assignment.give(name, Role.VECTOR, FEATURES.toString());
      return List.of();
    }
    List<Integer> features = new ArrayList<>();
    if (options.features().isEmpty()) {
      for (int i = 0; i < columns.names().size(); i++) {
        if (assignment.isFree(i) && i != columns.supplied()) {
          features.add(assignment.give(i, Role.FEATURE));
        }
      }
    }
    for (String name : options.features()) {
      features.add(assignment.give(name, Role.FEATURE, FEATURES.toString()));
    }
    if (features.isEmpty()) {
      throw BadInput.of(
          "%s: no column is left to be a feature among %s", columns.source(), columns.listed());
    }
    return features;
  }

  /** Number of dense features; 0 when the features are one column. */
  int dense() {
    return dense;
  }

  int vector() {
    return vector;
  }

  Role role(int column) {
    return roles[column];
  }

  int columns() {
    return names.length;
  }

  String name(int column) {
    return names[column];
  }

  boolean has(Role role) {
    return Arrays.asList(roles).contains(role);
  }

  /** The dense features' names, in the order of the vector. */
  List<String> features() {
    return Arrays.stream(featureColumns).mapToObj(i -> names[i]).toList();
  }

  List<String> carried() {
    return Arrays.stream(carriedColumns).mapToObj(i -> names[i]).toList();
  }

  /** Puts a number into its place. */
  void number(TableRow row, int column, double value) throws Rejected {
    switch (roles[column]) {
      case FEATURE -> row.values[slots[column]] = finite(column, value, "a feature");
      case TARGET -> row.target = finite(column, value, "a target");
      case WEIGHT -> row.weight = weight(column, value);
      case LABEL -> {
        row.labelText = null;
        row.labelNumber = finite(column, value, "a label") + 0.0; // −0 and 0 are one class
      }
      case ID -> row.id = id(column, value);
      case CARRIED -> row.carried[slots[column]] = NumberText.of(value);
      case VECTOR, IGNORED -> {}
    }
  }

  /** Puts a text that is no number into its place; ids and carried columns may be numbers too. */
  void text(TableRow row, int column, String text) throws Rejected {
    switch (roles[column]) {
      case LABEL -> row.labelText = nonEmpty(column, text);
      case ID -> row.id = nonEmpty(column, text);
      case CARRIED -> row.carried[slots[column]] = text;
      case FEATURE, TARGET, WEIGHT -> throw new Rejected(noNumber(column, text));
      case VECTOR, IGNORED -> {}
    }
  }

  private double weight(int column, double value) throws Rejected {
    if (value < 0) {
      throw new Rejected(
          "column " + names[column] + ": weight " + NumberText.of(value) + " is negative");
    }
    return finite(column, value, "a weight");
  }

  private double finite(int column, double value, String what) throws Rejected {
    if (!Double.isFinite(value)) {
      throw new Rejected(
          Words.of(
              "column %s is %s; %s must be finite: fill the cell or leave the row out",
              names[column], NumberText.of(value), what));
    }
    return value;
  }

  private String id(int column, double value) throws Rejected {
    if (!NumberText.isInteger(value)) {
      throw new Rejected(
          "column " + names[column] + ": id " + NumberText.of(value) + " is not an integer");
    }
    return NumberText.of(value);
  }

  private String nonEmpty(int column, String text) throws Rejected {
    if (text.isEmpty()) {
      throw new Rejected(
          "column " + names[column] + " is empty: fill the cell or leave the row out");
    }
    return text;
  }

  private String noNumber(int column, String text) {
    String cell = text.length() > 40 ? text.substring(0, 40) + "…" : text;
    if (text.isEmpty()) {
      return "column " + names[column] + " is empty: fill the cell or leave the row out";
    }
    String advice = "";
    if (text.indexOf(';') >= 0 || text.indexOf('\t') >= 0) {
      advice = "; cells are separated by commas";
    } else if (roles[column] == Role.FEATURE) {
      advice = "; if the column is no feature, name those that are with " + FEATURES;
    }
    return "column " + names[column] + ": \"" + cell + "\" is not a number" + advice;
  }
}
