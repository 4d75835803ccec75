package dev.kindling.spark.job;

import dev.kindling.BadInput;
import dev.kindling.data.BuiltinSets;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is to be scored. What kind of data it is, the model decides. */
public final class PredictInput {
  @Option(
      names = "--input",
      paramLabel = "URI",
      description =
          "Data on any Hadoop file system, of the kind that the model was fitted on: graphs or molecules, or a table.")
  String input;

  @Option(
      names = "--data",
      paramLabel = "NAME",
      description = "A built-in set instead; see kindling datasets list.")
  String data;

  @Option(
      names = {"--label-column", "--target-column"},
      paramLabel = "COLUMN",
      description =
          "What holds the true class or value, where it is known; as gntk and train name it. It is compared, and no feature.")
  String label;

  @Option(
      names = "--id-column",
      paramLabel = "COLUMN",
      description = "Tables: the column that names a row. Default: its number, from 0.")
  String id;

  @Option(
      names = "--feature-columns",
      paramLabel = "COLUMN",
      split = ",",
      description =
          "Tables: the features, in the order of the fit. Default: every column that is nothing else.")
  List<String> features = List.of();

  @Option(
      names = "--skip-bad",
      description =
          "Molecules: leave broken records of SDF and SMILES out, and count them. Otherwise the first one ends the run.")
  boolean skipBad;

  @Mixin CsvOptions csv;

  /**
   * @throws BadInput unless one of --input and --data is given, and the latter is built in
   */
  public void check() {
    if ((input == null) == (data == null)) {
      throw new BadInput(
          input == null
              ? "nothing to score: give --input URI or --data NAME (kindling datasets list shows the names)"
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

  /** As the user named it. */
  public String shown() {
    return input == null ? data : input;
  }

  /** The column with the truth, or null. */
  public String label() {
    return label;
  }

  public boolean skipBad() {
    return skipBad;
  }

  /**
   * The same as a table.
   *
   * @param number whether the truth is a number to predict
   * @throws BadInput if an option is not for tables
   */
  public TableInput table(boolean number) {
    if (skipBad) {
      throw new BadInput("--skip-bad is for molecules; the model was fitted on a table");
    }
    TableInput table = new TableInput();
    table.input = input;
    table.data = data;
    table.label = number ? null : label;
    table.target = number ? label : null;
    table.id = id;
    table.features = features;
    table.csv = csv;
    return table;
  }

  /**
   * @throws BadInput if an option is for tables alone
   */
  public void requireNoTable() {
    if (id != null || !features.isEmpty()) {
      throw BadInput.of(
          "%s is for tables; the model was fitted on graphs",
          id != null ? "--id-column" : "--feature-columns");
    }
  }
}
