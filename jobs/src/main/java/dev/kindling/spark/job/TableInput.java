package dev.kindling.spark.job;

import dev.kindling.BadInput;
import dev.kindling.Words;
import dev.kindling.data.BuiltinSets;
import dev.kindling.data.table.CsvDialect;
import dev.kindling.data.table.NumericTable;
import dev.kindling.data.table.NumericTables;
import dev.kindling.data.table.TableOptions;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which numeric table a command reads, and which of its columns are what. */
public final class TableInput {
  @Option(
      names = "--input",
      paramLabel = "URI",
      description =
          "Data on any Hadoop file system: CSV, NumPy, LIBSVM, IDX, Parquet, or a folder of one of these.")
  String input;

  @Option(
      names = "--data",
      paramLabel = "NAME",
      description = "A built-in set instead; see kindling datasets list.")
  String data;

  @Option(
      names = "--label-column",
      paramLabel = "COLUMN",
      description = "The column with the class: a name, or first or last.")
  String label;

  @Option(
      names = "--target-column",
      paramLabel = "COLUMN",
      description = "The column with the number to predict.")
  String target;

  @Option(
      names = "--weight-column",
      paramLabel = "COLUMN",
      description = "The column with the weight of a row.")
  String weight;

  @Option(
      names = "--id-column",
      paramLabel = "COLUMN",
      description = "The column that names a row. Default: its number, from 0.")
  String id;

  @Option(
      names = "--feature-columns",
      paramLabel = "COLUMN",
      split = ",",
      description = "The features. Default: every column that is nothing else.")
  List<String> features = List.of();

  @Mixin CsvOptions csv;

  /**
   * @throws BadInput unless one of --input and --data is given, and the latter is built in
   */
  public void check() {
    if ((input == null) == (data == null)) {
      throw new BadInput(
          input == null
              ? "no data: give --input URI or --data NAME (kindling datasets list shows the names)"
              : "--input and --data are both given; leave one out");
    }
    if (data != null) {
      BuiltinSets.find(data);
    }
    csv.dialect();
  }

  /** The URI, or null for a built-in set. */
  public String uri() {
    return input;
  }

  /** The name of a built-in set, or null. */
  public String builtin() {
    return data;
  }

  /** The column that the user calls the label, or null. */
  public String labelColumn() {
    return label;
  }

  /** The column that the user calls the target, or null. */
  public String targetColumn() {
    return target;
  }

  /**
   * For a job that learns no number and weighs no row.
   *
   * @throws BadInput if a column for either is named
   */
  public void checkNoTargetOrWeight() {
    if (target != null) {
      throw new BadInput("--target-column: points have no target; leave it out");
    }
    if (weight != null) {
      throw new BadInput("--weight-column: points have no weight; leave it out");
    }
  }

  /** The first option that only a table can answer, or null. */
  public String tableOption() {
    return weight != null
        ? "--weight-column"
        : id != null ? "--id-column" : features.isEmpty() ? null : "--feature-columns";
  }

  /** What to learn a row's features with. */
  public enum Learns {
    NOTHING,
    LABEL,
    TARGET,
    /** A label to compare with, if the source itself has one. */
    LABEL_IF_SUPPLIED,
    /** A target to compare with, if the source itself has one. */
    TARGET_IF_SUPPLIED
  }

  /** As the user named it. */
  public String shown() {
    return input == null ? data : input;
  }

  /** The file or folder that is read; none for a built-in set. */
  public List<String> reads() {
    return input == null ? List.of() : List.of(input);
  }

  /**
   * Reads the table.
   *
   * @throws BadInput with file and line if it cannot be used
   */
  public NumericTable read(SparkSession spark) {
    return read(spark, Learns.NOTHING, 0);
  }

  /**
   * Reads the table, in which there must be what is to be learnt: in a column that was named, or
   * one that the source itself calls so.
   *
   * @param numFeatures of a LIBSVM table for a fitted model; 0: as many as there are
   * @throws BadInput with file and line if it cannot be used
   */
  public NumericTable read(SparkSession spark, Learns learns, int numFeatures) {
    return read(spark, learns, numFeatures, features);
  }

  private NumericTable read(
      SparkSession spark, Learns learns, int numFeatures, List<String> named) {
    TableOptions options = TableOptions.defaults().features(named);
    options = data == null ? options.csv(csv.dialect()) : options;
    options =
        switch (learns) {
          case NOTHING -> options;
          case LABEL -> options.needLabel();
          case TARGET -> options.needTarget();
          case LABEL_IF_SUPPLIED -> options.labelIfSupplied();
          case TARGET_IF_SUPPLIED -> options.targetIfSupplied();
        };
    options = numFeatures > 0 ? options.numFeatures(numFeatures) : options;
    options = label == null ? options : options.label(label);
    options = target == null ? options : options.target(target);
    options = weight == null ? options : options.weight(weight);
    options = id == null ? options : options.id(id);
    return data == null
        ? NumericTables.read(spark, input, options)
        : NumericTables.read(spark, BuiltinSets.table(data), options);
  }

  /**
   * Reads the table in a stage of the run, which records whether CSV began with a header.
   *
   * @throws BadInput with file and line if it cannot be used
   */
  public NumericTable read(Run run, Learns learns, int numFeatures) {
    NumericTable table =
        run.stage("read", () -> read(run.spark(), learns, numFeatures), TableInput::size);
    table.headed().ifPresent(headed -> run.note("header", headed));
    return table;
  }

  /**
   * Reads new data for a model, whose features are found by their names where both have names and
   * no option says otherwise.
   *
   * @param fitted names of the model's features; none where they had none
   * @throws BadInput naming a column that is missing or too many
   */
  public NumericTable read(Run run, Learns learns, int numFeatures, List<String> fitted) {
    NumericTable table = read(run, learns, numFeatures);
    return features.isEmpty()
        ? ColumnNames.matched(
            fitted,
            "the model",
            "--label-column",
            table,
            names -> read(run.spark(), learns, numFeatures, names))
        : table;
  }

  /** How CSV files are written. */
  public CsvDialect csv() {
    return csv.dialect();
  }

  /** "1,797 rows of 64 features", for the progress line. */
  public static String size(NumericTable table) {
    return Words.of(
        "%,d rows of %,d features%s",
        table.numRows(),
        table.numFeatures(),
        table.headed().map(yes -> yes ? "" : ", no header").orElse(""));
  }
}
