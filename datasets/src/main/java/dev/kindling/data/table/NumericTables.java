package dev.kindling.data.table;

import dev.kindling.BadInput;
import dev.kindling.data.BuiltinTable;
import dev.kindling.data.FileSplit;
import dev.kindling.data.Fingerprint;
import dev.kindling.data.MemoryFile;
import dev.kindling.data.ReadFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Reads numeric tables: CSV, NumPy, LIBSVM, IDX, Parquet, and folders of one of these.
 *
 * <p>Two passes over the files come before a row is used: one for the fingerprint, one that checks
 * every cell, counts the rows and collects the classes. Both run on the cluster, split by split (a
 * gzipped file in one task). The driver reads the heads of the files and holds the splits and the
 * classes, never rows.
 */
public final class NumericTables {
  private NumericTables() {}

  /**
   * Reads a file or a folder on any Hadoop file system. A file's name says its format.
   *
   * @throws BadInput for the first thing that is wrong, with file and line or row
   * @throws UncheckedIOException when the file system fails
   */
  public static NumericTable read(SparkSession spark, String uri, TableOptions options) {
    Configuration conf = spark.sessionState().newHadoopConf();
    try {
      return read(spark, conf, TableSource.find(uri, conf), options, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Exception e) { // Spark's, some of them checked
      ReadFailure.check(e);
      throw e;
    }
  }

  /**
   * Reads a built-in table, whose bytes travel with the tasks. Its label is supplied: it is no
   * feature, and {@link TableOptions#needLabel()} finds it.
   *
   * @throws BadInput when the options name a column that it does not have
   */
  public static NumericTable read(SparkSession spark, BuiltinTable set, TableOptions options) {
    String resource = set.resource();
    String fileName = resource.substring(resource.lastIndexOf('/') + 1);
    TableSource source = TableSource.inMemory(set.name(), new MemoryFile(fileName, set.bytes()));
    try {
      return read(spark, spark.sessionState().newHadoopConf(), source, options, set.label());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static NumericTable read(
      SparkSession spark,
      Configuration conf,
      TableSource source,
      TableOptions options,
      String suppliedLabel)
      throws IOException {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<SerializableConfiguration> shipped =
        context.broadcast(new SerializableConfiguration(conf));
    UnreadTable unread = UnreadTable.open(spark, conf, source, options, suppliedLabel);
    Layout layout = Layout.of(unread.columns(), options);
    OutputRow.checkNames(source.name(), layout);

    long splitBytes = splitBytes(context, source, options);
    Scan scan = unread.scan().of(layout, context, shipped, splitBytes);
    Survey survey = scan.survey();
    checkSurvey(source, survey);
    List<String> features = unread.featureNames(layout, survey, options);
    if (features.isEmpty()) {
      throw new BadInput(source.name() + ": no row has a feature");
    }
    OutputRow output = OutputRow.of(layout, survey, features.size());
    Dataset<Row> rows = spark.createDataFrame(scan.rows(output), output.schema());
    return new NumericTable(
        rows,
        source.name(),
        source.format(),
        survey.rows(),
        survey.numbers(features.size()),
        features,
        Optional.ofNullable(output.labels()),
        unread.headed(),
        unread.headed().orElse(source.format() == TableFormat.PARQUET && layout.vector() < 0),
        Fingerprint.of(context, shipped, source.allFiles()));
  }

  private static void checkSurvey(TableSource source, Survey survey) {
    if (survey.rows() == 0) {
      throw new BadInput(source.name() + " holds no row");
    }
    if (survey.labels().size() > LabelSet.MOST_CLASSES) {
      throw new BadInput(source.name() + ": " + LabelSet.tooMany());
    }
  }

  private static long splitBytes(
      JavaSparkContext context, TableSource source, TableOptions options) {
    if (options.splitBytes() > 0) {
      return options.splitBytes();
    }
    return FileSplit.bytes(source.files(), context.defaultParallelism());
  }
}
