package dev.kindling.data.table;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Which columns of a table are what. Immutable: every method returns a changed copy.
 *
 * <p>A column is named by its header, by {@code c0}, {@code c1}, … where there is none, or by
 * {@code first} or {@code last}; a header that says {@code last} wins. What is not named is a
 * feature, unless the features are named. Some sources supply a label themselves: the labels file
 * beside IDX images (a last column {@code label}), the first value of a LIBSVM line (a first column
 * {@code label}) and a built-in set. A supplied label is never a feature unless named as one.
 */
public final class TableOptions {
  private String label;
  private boolean needsLabel;
  private boolean labelIfThere;
  private boolean labelIfSupplied;
  private boolean targetIfSupplied;
  private String target;
  private boolean needsTarget;
  private String weight;
  private String id;
  private List<String> features = List.of();
  private List<String> carried = List.of();
  private int numFeatures;
  private long splitBytes;
  private CsvDialect csv = CsvDialect.DEFAULT;
  private boolean numbersAreRows;

  private TableOptions() {}

  /** Features only: no label, no target, no weight; ids are row numbers. */
  public static TableOptions defaults() {
    return new TableOptions();
  }

  /** The column whose classes, numbers or strings, become {@code label}. */
  public TableOptions label(String column) {
    return changed(copy -> copy.label = column);
  }

  /** The column whose classes become {@code label}, where the table has it. */
  public TableOptions labelIfThere(String column) {
    return label(column).changed(copy -> copy.labelIfThere = true);
  }

  /** A label there must be: the column named, or else the one that the source supplies. */
  public TableOptions needLabel() {
    return changed(copy -> copy.needsLabel = true);
  }

  /** The label that the source supplies, if it does; rows of other sources have none. */
  public TableOptions labelIfSupplied() {
    return changed(copy -> copy.labelIfSupplied = true);
  }

  /** The target that the source supplies, if it does; rows of other sources have none. */
  public TableOptions targetIfSupplied() {
    return changed(copy -> copy.targetIfSupplied = true);
  }

  /** The column of numbers that becomes {@code target}. */
  public TableOptions target(String column) {
    return changed(copy -> copy.target = column);
  }

  /** A target there must be: the column named, or else the one that the source supplies. */
  public TableOptions needTarget() {
    return changed(copy -> copy.needsTarget = true);
  }

  /** The column of numbers, none negative, that becomes {@code weight}. */
  public TableOptions weight(String column) {
    return changed(copy -> copy.weight = column);
  }

  /**
   * The column that becomes {@code id}: a long when every value is one, else a string. Ids are not
   * compared with each other.
   */
  public TableOptions id(String column) {
    return changed(copy -> copy.id = column);
  }

  /** The features, in this order. None means all columns that are not named otherwise. */
  public TableOptions features(List<String> columns) {
    List<String> names = List.copyOf(columns);
    return changed(copy -> copy.features = names);
  }

  /** Columns that the DataFrame keeps as strings, under their own names, beside the features. */
  public TableOptions carry(List<String> columns) {
    List<String> names = List.copyOf(columns);
    return changed(copy -> copy.carried = names);
  }

  /**
   * The number of features of a LIBSVM table; by default its largest index. New rows for a fitted
   * model need it, as they may not hold the last features. Other formats know theirs.
   */
  public TableOptions numFeatures(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("numFeatures is " + count + ", must be positive");
    }
    return changed(copy -> copy.numFeatures = count);
  }

  /**
   * Bytes a task reads of a file that can be split. It changes the partitions and nothing else; by
   * default three tasks a core, of 1 to 128 MiB.
   */
  public TableOptions splitBytes(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("splitBytes is " + bytes + ", must be positive");
    }
    return changed(copy -> copy.splitBytes = bytes);
  }

  /** How CSV files are written. */
  public TableOptions csv(CsvDialect dialect) {
    return changed(copy -> copy.csv = dialect);
  }

  /** In CSV a first line of numbers is a row, even 0,1,2,…, which may be names otherwise. */
  public TableOptions numbersAreRows() {
    return changed(copy -> copy.numbersAreRows = true);
  }

  boolean firstNumbersAreARow() {
    return numbersAreRows;
  }

  CsvDialect csv() {
    return csv;
  }

  /** The column of the label among these, if one is named and, where it may be missing, there. */
  Optional<String> label(List<String> columns) {
    return Optional.ofNullable(label).filter(name -> !labelIfThere || columns.contains(name));
  }

  /** Whether the label that the source supplies, or not, is one. */
  boolean takesSuppliedLabel(boolean supplied) {
    return label == null && (needsLabel || (labelIfSupplied && supplied));
  }

  Optional<String> target() {
    return Optional.ofNullable(target);
  }

  /** Whether the column that the source supplies as a label, or not, is the target. */
  boolean takesSuppliedTarget(boolean supplied) {
    return target == null && (needsTarget || (targetIfSupplied && supplied));
  }

  Optional<String> weight() {
    return Optional.ofNullable(weight);
  }

  Optional<String> id() {
    return Optional.ofNullable(id);
  }

  List<String> features() {
    return features;
  }

  List<String> carried() {
    return carried;
  }

  /** 0 when unknown. */
  int numFeatures() {
    return numFeatures;
  }

  /** 0 when the reader is to choose. */
  long splitBytes() {
    return splitBytes;
  }

  private TableOptions changed(Consumer<TableOptions> change) {
    TableOptions copy = new TableOptions();
    copy.label = label;
    copy.needsLabel = needsLabel;
    copy.labelIfThere = labelIfThere;
    copy.labelIfSupplied = labelIfSupplied;
    copy.targetIfSupplied = targetIfSupplied;
    copy.target = target;
    copy.needsTarget = needsTarget;
    copy.weight = weight;
    copy.id = id;
    copy.features = features;
    copy.carried = carried;
    copy.numFeatures = numFeatures;
    copy.splitBytes = splitBytes;
    copy.csv = csv;
    copy.numbersAreRows = numbersAreRows;
    change.accept(copy);
    return copy;
  }
}
