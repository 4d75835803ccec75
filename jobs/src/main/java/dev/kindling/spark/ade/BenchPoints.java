package dev.kindling.spark.ade;

import static org.apache.spark.sql.functions.col;

import dev.kindling.data.BuiltinSets;
import dev.kindling.data.table.NumericTable;
import dev.kindling.data.table.NumericTables;
import dev.kindling.data.table.TableOptions;
import dev.kindling.spark.job.Run;
import org.apache.spark.sql.SparkSession;

/** Points and queries of a bench case. */
record BenchPoints(PointBlocks points, PointBlocks queries, String fingerprint) {
  private static final int QUERIES = 1000;

  static BenchPoints of(Run run, String set, String folder) {
    SparkSession spark = run.spark();
    TableOptions options = TableOptions.defaults().labelIfSupplied();
    NumericTable points =
        set.equals("digits")
            ? NumericTables.read(spark, BuiltinSets.table("digits"), options)
            : NumericTables.read(spark, folder + "/train-images-idx3-ubyte.gz", options);
    NumericTable queries =
        set.equals("digits")
            ? points
            : NumericTables.read(spark, folder + "/t10k-images-idx3-ubyte.gz", options);
    int cores = run.context().defaultParallelism();
    return new BenchPoints(
        PointBlocks.of(points, cores),
        PointBlocks.of(first(queries), cores),
        points.fingerprint() + " " + queries.fingerprint());
  }

  private static NumericTable first(NumericTable table) {
    return new NumericTable(
        table.rows().filter(col("row").lt(QUERIES)),
        table.source(),
        table.format(),
        Math.min(QUERIES, table.numRows()),
        Math.min(QUERIES, table.numRows()) * table.numFeatures(),
        table.featureNames(),
        table.labels(),
        table.headed(),
        table.named(),
        table.fingerprint());
  }
}
