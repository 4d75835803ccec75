package dev.kindling.spark.gntk;

import dev.kindling.BadInput;
import dev.kindling.data.BuiltinSets;
import dev.kindling.data.graph.GraphOptions;
import dev.kindling.data.graph.GraphSet;
import dev.kindling.data.graph.GraphSets;
import dev.kindling.spark.job.PredictInput;
import dev.kindling.spark.job.Sessions;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Option;

/** Which graphs a job reads. */
public final class GraphInput {
  @Option(
      names = "--input",
      paramLabel = "URI",
      description =
          "Graphs on any Hadoop file system: GIN text (NAME.txt or its folder), a TU folder, Parquet (graph, label, tags, sources, targets), or molecules: .sdf, .smi, .smiles, or a folder of these.")
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
          "What holds the class or value: a Parquet column (default: label), an SDF property, a column of SMILES (named in a first line 'smiles name …', else c0, c1, …), or of a TU folder's DS_graph_attributes.txt (0, 1, …; the first where there is no DS_graph_labels.txt).")
  String labelColumn;

  @Option(
      names = "--skip-bad",
      description =
          "Leave broken records of SDF and SMILES out, and count them. Otherwise the first one ends the run.")
  boolean skipBad;

  /** The same of rows to be scored. */
  public static GraphInput of(PredictInput given) {
    GraphInput input = new GraphInput();
    input.input = given.uri();
    input.data = given.builtin();
    input.labelColumn = given.label();
    input.skipBad = given.skipBad();
    return input;
  }

  void check() {
    if ((input == null) == (data == null)) {
      throw new BadInput(
          input == null
              ? "no graphs: give --input URI or --data NAME (kindling datasets list shows the names)"
              : "--input and --data are both given; leave one out");
    }
    if (data != null) {
      BuiltinSets.graphs(data);
      if (skipBad) {
        throw new BadInput("--skip-bad is for SDF and SMILES; leave it out with --data");
      }
    }
  }

  String shown() {
    return input == null ? data : input;
  }

  /** The file or folder, and the file of ids that may stand beside GIN text. */
  public List<String> reads() {
    if (input == null) {
      return List.of();
    }
    String ids = input.endsWith(".txt") ? input.replaceFirst("\\.txt$", "_ids.txt") : "";
    return isThere(ids) ? List.of(input, ids) : List.of(input);
  }

  private static boolean isThere(String uri) {
    try {
      Path path = uri.isEmpty() ? null : new Path(uri);
      return path != null && path.getFileSystem(Sessions.hadoop()).exists(path);
    } catch (IOException | IllegalArgumentException e) {
      return false; // reading the graphs will say what is wrong
    }
  }

  GraphSet read(SparkSession spark) {
    return read(spark, false);
  }

  /**
   * @throws BadInput also if attributes are asked for and the set has none
   */
  GraphSet read(SparkSession spark, boolean withAttributes) {
    if (data == null) {
      return GraphSets.read(
          spark,
          input,
          GraphOptions.defaults()
              .labelColumn(labelColumn)
              .skipBad(skipBad)
              .attributes(withAttributes));
    }
    if (withAttributes) {
      throw BadInput.of(
          "--data %s: its nodes have no attributes; give another set, or --node-labels tag", data);
    }
    return GraphSets.builtin(spark, data);
  }
}
