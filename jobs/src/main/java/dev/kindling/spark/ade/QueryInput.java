package dev.kindling.spark.ade;

import dev.kindling.BadInput;
import dev.kindling.data.table.NumericTable;
import dev.kindling.data.table.NumericTables;
import dev.kindling.data.table.TableOptions;
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
   * @throws BadInput if they cannot be used, or have another number of features
   */
  NumericTable read(SparkSession spark, int dimension) {
    TableOptions options =
        TableOptions.defaults().numFeatures(dimension).features(features).labelIfSupplied();
    options = id == null ? options : options.id(id);
    NumericTable asked = NumericTables.read(spark, uri, options);
    if (asked.numFeatures() != dimension) {
      throw BadInput.of(
          "--queries: %s has %,d features; the points have %,d; name them by --query-features",
          asked.source(), asked.numFeatures(), dimension);
    }
    return asked;
  }
}
