package dev.kindling.data.table;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The classes of a table and their indices 0, …, k−1: in numeric order when all labels are numbers,
 * otherwise in the order of the strings.
 */
public final class LabelMapping implements Serializable {
  private final ArrayList<String> classes = new ArrayList<>();
  private final HashMap<String, Integer> byText = new HashMap<>();
  private final HashMap<Double, Integer> byNumber = new HashMap<>();

  private LabelMapping() {}

  static LabelMapping of(LabelSet labels) {
    LabelMapping mapping = new LabelMapping();
    if (labels.texts().isEmpty()) {
      for (double number : new TreeSet<>(labels.numbers())) {
        mapping.add(NumberText.of(number));
      }
    } else {
      TreeSet<String> names = new TreeSet<>(labels.texts());
      labels.numbers().forEach(number -> names.add(NumberText.of(number)));
      names.forEach(mapping::add);
    }
    for (double number : labels.numbers()) {
      mapping.byNumber.put(number, mapping.byText.get(NumberText.of(number)));
    }
    return mapping;
  }

  /** The classes as the file names them, numbers in their shortest form; the index is the label. */
  public List<String> classes() {
    return List.copyOf(classes);
  }

  /** Class name to index. */
  public Map<String, Integer> indices() {
    return Map.copyOf(byText);
  }

  /**
   * @throws IllegalStateException for a label that was not there when the table was checked
   */
  double index(TableRow row) {
    Integer index =
        row.labelText == null ? byNumber.get(row.labelNumber) : byText.get(row.labelText);
    if (index == null) {
      throw new IllegalStateException("the label changed while the table was read");
    }
    return index;
  }

  private void add(String name) {
    byText.put(name, classes.size());
    classes.add(name);
  }
}
