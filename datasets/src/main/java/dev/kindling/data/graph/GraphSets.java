package dev.kindling.data.graph;

import dev.kindling.BadInput;
import dev.kindling.SettingName;
import dev.kindling.data.BuiltinGraphs;
import dev.kindling.data.BuiltinSets;
import dev.kindling.data.Fingerprint;
import dev.kindling.data.InputFile;
import dev.kindling.data.InputPath;
import dev.kindling.data.MemoryFile;
import dev.kindling.data.ParquetFiles;
import dev.kindling.data.ReadFailure;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Reads sets of graphs: GIN text, TU folders, Parquet, SDF, SMILES, DataFrames and the built-in
 * sets.
 */
public final class GraphSets {
  private GraphSets() {}

  /**
   * Reads the set at a path of any Hadoop file system: GIN text ({@code NAME.txt}, or a folder that
   * holds it), a TU folder, Parquet with columns graph, tags, sources, targets and a label, SDF
   * ({@code .sdf}) or SMILES ({@code .smi}, {@code .smiles}), maybe gzipped, or a folder of these.
   * A GIN text or TU folder is one stream and so one task; the others are read in parallel.
   *
   * <p>A molecule is a graph with atoms as nodes, atomic numbers as tags and bonds as edges;
   * hydrogens are nodes where the file writes them as atoms. Its name is the graph's id, the number
   * of its record (from 1) where it has none. One without atoms is left out and counted.
   *
   * @param asked how; null: the defaults
   * @throws BadInput if there is no such set or it is malformed, with file and line, for molecules
   *     also the number of the record; if CDK is needed and not there
   */
  public static GraphSet read(SparkSession spark, String uri, GraphOptions asked) {
    GraphOptions options = asked == null ? GraphOptions.defaults() : asked;
    Configuration conf = spark.sparkContext().hadoopConfiguration();
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    SerializableConfiguration shipped = new SerializableConfiguration(conf);
    try {
      GraphFormat.Found found = GraphFormat.at(uri, conf).as(options);
      List<InputFile> files = List.copyOf(found.files().values());
      boolean molecules = found.format() == GraphFormat.SDF || found.format() == GraphFormat.SMILES;
      if (options.skipBad() && !molecules) {
        throw BadInput.of(
            "%s is for SDF and SMILES, and %s is neither", SettingName.of("skipBad", true), uri);
      }
      if (options.attributes() && molecules) {
        throw BadInput.of(
            "%s: molecules have no node attributes; their tags are the atomic numbers", uri);
      }
      boolean parquet = found.format() == GraphFormat.PARQUET;
      Dataset<Row> frame = parquet ? ParquetFiles.open(spark, conf, files) : null;
      Broadcast<SerializableConfiguration> sent = context.broadcast(shipped);
      String fingerprint = Fingerprint.of(context, sent, files);
      if (parquet) {
        return set(found.name(), fingerprint, frame, options.labelColumn(), options.attributes());
      }
      return new GraphSet(
          found.name(),
          fingerprint,
          molecules
              ? MoleculeFiles.read(context, sent, found, options)
              : text(
                  context,
                  new GraphSource(found.name(), found.format(), found.files(), shipped, options)));
    } catch (IOException e) {
      throw new BadInput(uri + ": cannot be read: " + e.getMessage(), e);
    } catch (Exception e) { // Spark's, some of them checked
      ReadFailure.check(e);
      throw e;
    }
  }

  /**
   * Whether what is at a path looks like a set of graphs and not like a table: by its name, and for
   * Parquet by its columns.
   *
   * @throws BadInput if there is nothing
   */
  public static boolean isSet(SparkSession spark, String uri) {
    Configuration conf = spark.sparkContext().hadoopConfiguration();
    try {
      Optional<GraphFormat.Found> found = GraphFormat.find(InputPath.require(uri, conf), conf);
      if (found.isEmpty() || found.get().format() != GraphFormat.PARQUET) {
        return found.isPresent();
      }
      List<InputFile> files = List.copyOf(found.get().files().values());
      List<String> columns = List.of(ParquetFiles.open(spark, conf, files).columns());
      return columns.containsAll(List.of("graph", "tags", "sources", "targets"));
    } catch (IOException e) {
      throw new BadInput(uri + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * A built-in set.
   *
   * @throws BadInput if there is no such set of graphs, with the near names
   */
  public static GraphSet builtin(SparkSession spark, String name) {
    BuiltinGraphs set = BuiltinSets.graphs(name);
    String gz = set.resource().endsWith(".gz") ? ".gz" : "";
    MemoryFile text = new MemoryFile(name + ".txt" + gz, set.bytes());
    MemoryFile ids = new MemoryFile(name + "_ids.txt" + gz, set.ids());
    GraphSource source =
        new GraphSource(
            name,
            GraphFormat.GIN,
            Map.of(".txt", text, "_ids.txt", ids),
            new SerializableConfiguration(spark.sparkContext().hadoopConfiguration()),
            GraphOptions.defaults());
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    return new GraphSet(name, Fingerprint.of(List.of(text, ids)), text(context, source));
  }

  /**
   * The graphs of a DataFrame, one a row: {@code graph} (orders the set), {@code tags}, {@code
   * sources}, {@code targets}, and a label.
   *
   * @param labelColumn which column is the label; null: {@code label}
   * @throws BadInput if a column is missing or a row is malformed, with the value of {@code graph}
   */
  public static GraphSet of(Dataset<Row> frame, String labelColumn) {
    return of(frame, labelColumn, false);
  }

  /** As {@link #of(Dataset, String)}, with a column {@code attributes} if it is asked for. */
  public static GraphSet of(Dataset<Row> frame, String labelColumn, boolean withAttributes) {
    return set("the DataFrame", "", frame, labelColumn, withAttributes);
  }

  private static GraphSet set(
      String name,
      String fingerprint,
      Dataset<Row> frame,
      String labelColumn,
      boolean withAttributes) {
    GraphRows rows = new GraphRows(name, frame.schema(), labelColumn, withAttributes);
    return new GraphSet(name, fingerprint, rows.parse(frame));
  }

  /** One task. The source is part of it, not an element, which would meet spark.serializer. */
  private static JavaRDD<ParsedGraph> text(JavaSparkContext spark, GraphSource source) {
    return spark.parallelize(List.of(0), 1).mapPartitions(one -> ParsedGraph.until(source::graphs));
  }
}
