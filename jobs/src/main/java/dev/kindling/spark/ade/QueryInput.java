package dev.kindling.spark.ade;

import dev.kindling.BadInput;
import dev.kindling.data.table.CsvDialect;
import dev.kindling.data.table.NumericTable;
import dev.kindling.data.table.NumericTables;
import dev.kindling.data.table.TableOptions;
import dev.kindling.spark.job.ColumnNames;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Option;

/** Which table holds the queries. */
final class QueryInput {
  @Option(
      names = "--queries",
      paramLabel = "URI",
      description =
          "The queries: a table with the features of the points, in their order. Default of ade: the points themselves, each without itself.")
  String uri;

  @Option(
      names = "--query-id-column",
      paramLabel = "COLUMN",
      description = "The column that names a query. Default: its number, from 0.")
  String id;

  @Option(
      names = "--query-label-column",
      paramLabel = "COLUMN",
      description =
          "The column with the queries' classes, by which the vote of their neighbors is judged. Default of ade: that of --label-column, where the queries have it.")
  String label;

  @Option(
      names = "--query-features",
      paramLabel = "COLUMN",
      split = ",",
      description = "The features of queries. Default: every column that is nothing else.")
  List<String> features = List.of();

  /**
   * Reads them.
   *
   * @param csv how they are written, if they are CSV
   * @param points names of the points' features, by which those of the queries are found; none
   *     where they have no names
   * @param pointLabel the column with the points' classes, or null
   * @throws BadInput if they cannot be used, or have another number of features
   */
  NumericTable read(
      SparkSession spark, int dimension, CsvDialect csv, List<String> points, String pointLabel) {
    NumericTable asked = table(spark, dimension, csv, features, pointLabel);
    if (features.isEmpty()) {
      asked =
          ColumnNames.matched(
              points,
              "the points",
              "--query-label-column",
              asked,
              names -> table(spark, dimension, csv, names, pointLabel));
    }
    if (asked.numFeatures() != dimension) {
      throw BadInput.of(
          "--queries: %s has %,d features; the points have %,d; name them by --query-features%s",
          asked.source(),
          asked.numFeatures(),
          dimension,
          asked.numFeatures() == dimension + 1
              ? ", or the column with the class by --query-label-column, such as last"
              : "");
    }
    return asked;
  }

  private NumericTable table(
      SparkSession spark, int dimension, CsvDialect csv, List<String> named, String pointLabel) {
    TableOptions options =
        TableOptions.defaults().numFeatures(dimension).features(named).labelIfSupplied().csv(csv);
    if (label != null) {
      options = options.label(label);
    } else if (pointLabel != null) {
      options = options.labelIfThere(pointLabel);
    }
    return NumericTables.read(spark, uri, id == null ? options : options.id(id));
  }
}
