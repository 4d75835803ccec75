package dev.kindling.data.graph;

import dev.kindling.BadInput;
import dev.kindling.data.BuiltinGraphs;
import dev.kindling.data.BuiltinSets;
import dev.kindling.data.Fingerprint;
import dev.kindling.data.InputPath;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/** Reads sets of graphs: GIN text, TU folders, Parquet, DataFrames and the built-in sets. */
public final class GraphSets {
  private GraphSets() {}

  /**
   * Reads the set at a path of any Hadoop file system: GIN text ({@code NAME.txt}, or a folder that
   * holds it), a TU folder, or Parquet with columns graph, tags, sources, targets and a label. A
   * text is one stream and so one task; Parquet is read in parallel.
   *
   * @param labelColumn which Parquet column is the label; null: {@code label}
   * @throws BadInput if there is no such set or it is malformed, with file and line
   */
  public static GraphSet read(SparkSession spark, String uri, String labelColumn) {
    Configuration conf = spark.sparkContext().hadoopConfiguration();
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    GraphFormat.Found found = find(uri, conf);
    String fingerprint = Fingerprint.of(context, conf, found.files());
    String path = found.path().toString();
    SerializableConfiguration shipped = new SerializableConfiguration(conf);
    return switch (found.format()) {
      case PARQUET -> {
        String name = InputPath.show(found.path());
        yield set(name, fingerprint, parquet(spark, name, path), labelColumn);
      }
      case GIN -> {
        String prefix = path.substring(0, path.length() - ".txt".length());
        GraphSource source = new GraphSource.Files(prefix, shipped);
        yield new GraphSet(source.name(), fingerprint, text(context, source, true));
      }
      case TU -> {
        GraphSource source = new GraphSource.Files(path, shipped);
        yield new GraphSet(source.name(), fingerprint, text(context, source, false));
      }
    };
  }

  private static GraphFormat.Found find(String uri, Configuration conf) {
    try {
      return GraphFormat.at(new Path(uri), conf);
    } catch (IOException | IllegalArgumentException e) {
      throw new BadInput(uri + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static Dataset<Row> parquet(SparkSession spark, String name, String path) {
    try {
      return spark.read().parquet(path);
    } catch (Exception e) { // Scala throws checked exceptions that no signature names
      throw new BadInput(name + ": is not Parquet, or is damaged: " + e.getMessage(), e);
    }
  }

  /**
   * A built-in set.
   *
   * @throws BadInput if there is no such set of graphs, with the near names
   */
  public static GraphSet builtin(SparkSession spark, String name) {
    BuiltinGraphs set = BuiltinSets.graphs(name);
    Map<String, byte[]> files = new HashMap<>();
    files.put(".txt", set.bytes());
    files.put("_ids.txt", set.ids());
    return new GraphSet(
        name,
        Fingerprint.of(set.bytes()),
        text(
            JavaSparkContext.fromSparkContext(spark.sparkContext()),
            new GraphSource.Memory(name, files),
            true));
  }

  /**
   * The graphs of a DataFrame, one a row: {@code graph} (orders the set), {@code tags}, {@code
   * sources}, {@code targets}, and a label.
   *
   * @param labelColumn which column is the label; null: {@code label}
   * @throws BadInput if a column is missing or a row is malformed, with the value of {@code graph}
   */
  public static GraphSet of(Dataset<Row> frame, String labelColumn) {
    return set("the DataFrame", "", frame, labelColumn);
  }

  private static GraphSet set(
      String name, String fingerprint, Dataset<Row> frame, String labelColumn) {
    return new GraphSet(
        name, fingerprint, new GraphRows(name, frame.schema(), labelColumn).parse(frame));
  }

  private static JavaRDD<ParsedGraph> text(
      JavaSparkContext spark, GraphSource source, boolean gin) {
    return spark
        .parallelize(List.of(source), 1)
        .mapPartitions(
            one -> {
              GraphSource from = one.next();
              return ParsedGraph.until(() -> gin ? from.gin() : from.tu());
            });
  }
}
