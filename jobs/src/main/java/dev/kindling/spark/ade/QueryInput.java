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
   * @throws BadInput if they cannot be used, or have another number of features
   */
  NumericTable read(SparkSession spark, int dimension, CsvDialect csv, List<String> points) {
    NumericTable asked = table(spark, dimension, csv, features);
    if (features.isEmpty()) {
      asked =
          ColumnNames.matched(
              points, "the points", asked, names -> table(spark, dimension, csv, names));
    }
    if (asked.numFeatures() != dimension) {
      throw BadInput.of(
          "--queries: %s has %,d features; the points have %,d; name them by --query-features",
          asked.source(), asked.numFeatures(), dimension);
    }
    return asked;
  }

  private NumericTable table(
      SparkSession spark, int dimension, CsvDialect csv, List<String> named) {
    TableOptions options =
        TableOptions.defaults().numFeatures(dimension).features(named).labelIfSupplied().csv(csv);
    return NumericTables.read(spark, uri, id == null ? options : options.id(id));
  }
}
