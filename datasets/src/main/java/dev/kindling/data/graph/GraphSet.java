package dev.kindling.data.graph;

import dev.kindling.BadInput;
import dev.kindling.data.Fingerprint;
import dev.kindling.data.MemoryFile;
import dev.kindling.gntk.Graph;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * A validated set of graphs on the executors, kept in their memory or on their disks until it is
 * closed.
 *
 * <p>The driver holds the counts only.
 */
public final class GraphSet implements AutoCloseable {
  /** Columns of {@link #toDataFrame}; {@link GraphSets#of} takes the same. */
  public static final StructType SCHEMA =
      new StructType()
          .add("graph", DataTypes.LongType, false)
          .add("id", DataTypes.StringType, false)
          .add("label", DataTypes.StringType)
          .add("tags", DataTypes.createArrayType(DataTypes.IntegerType, false), false)
          .add("sources", DataTypes.createArrayType(DataTypes.IntegerType, false), false)
          .add("targets", DataTypes.createArrayType(DataTypes.IntegerType, false), false);

  private final String name;
  private final String fingerprint;
  private final JavaRDD<ParsedGraph> parsed;
  private final GraphSummary summary;
  private final String firstSkipped;
  private final long[] firstOfPart;

  /** A part's counts and its first skipped record's error, or the error that it ends with. */
  private record Check(GraphSummary summary, String skipped, long keys, String error, int part)
      implements Serializable {}

  /**
   * Runs the parser once and keeps what it gives.
   *
   * @throws BadInput with the first error in the order of the input, or if there is no graph
   */
  GraphSet(String name, String fingerprint, JavaRDD<ParsedGraph> parser) {
    this.name = name;
    this.parsed = parser.persist(StorageLevel.MEMORY_AND_DISK());
    List<Check> checks = parsed.mapPartitionsWithIndex(GraphSet::check, true).collect();
    checks.stream()
        .filter(check -> check.error != null)
        .min(Comparator.comparingInt(Check::part))
        .ifPresent(
            check -> {
              close();
              throw new BadInput(check.error);
            });
    this.summary =
        checks.stream().map(Check::summary).reduce(GraphSummary.NONE, GraphSummary::plus);
    this.firstSkipped =
        checks.stream()
            .filter(check -> check.skipped != null)
            .min(Comparator.comparingInt(Check::part))
            .map(Check::skipped)
            .orElse(null);
    if (summary.graphs() == 0) {
      close();
      throw BadInput.of(
          "%s: no graphs; at least one is needed%s",
          name, firstSkipped == null ? "" : "; every record is broken, the first: " + firstSkipped);
    }
    if (summary.leastAttributes() != summary.mostAttributes()) {
      close();
      throw BadInput.of(
          "%s: the nodes of one graph have %s attributes, those of another %s; all need as many",
          name, summary.leastAttributes(), summary.mostAttributes());
    }
    this.fingerprint =
        firstSkipped == null
            ? fingerprint
            : without(fingerprint, checks.stream().mapToLong(Check::keys).sum());
    this.firstOfPart = new long[checks.size() + 1];
    checks.forEach(check -> firstOfPart[check.part + 1] = check.summary.graphs());
    Arrays.parallelPrefix(firstOfPart, Long::sum);
  }

  /** Which records are skipped depends on more than the files: on the label that is asked for. */
  private static String without(String files, long skipped) {
    byte[] text = (files + " without " + skipped).getBytes(StandardCharsets.UTF_8);
    return Fingerprint.of(List.of(new MemoryFile("set", text)));
  }

  private static Iterator<Check> check(int part, Iterator<ParsedGraph> graphs) {
    GraphSummary summary = GraphSummary.NONE;
    String skipped = null;
    long keys = 0;
    while (graphs.hasNext()) {
      ParsedGraph next = graphs.next();
      if (next.graph() != null) {
        summary = summary.plus(GraphSummary.of(next.graph().graph()));
      } else if (!next.leftOut()) {
        return List.of(new Check(null, null, 0, next.error(), part)).iterator();
      } else {
        summary = summary.plus(next.error() == null ? GraphSummary.EMPTY : GraphSummary.SKIPPED);
        skipped = skipped == null ? next.error() : skipped;
        keys += next.key();
      }
    }
    return List.of(new Check(summary, skipped, keys, null, part)).iterator();
  }

  /** What to call the set in messages. */
  public String name() {
    return name;
  }

  /** SHA-256 of its files' content, and of which records were skipped. */
  public String fingerprint() {
    return fingerprint;
  }

  public GraphSummary summary() {
    return summary;
  }

  /**
   * The graphs, indices 0 to {@code summary().graphs() − 1}, in no promised order or partitioning.
   */
  public JavaRDD<GraphRecord> records() {
    if (summary.leftOut() == 0) {
      return parsed.map(ParsedGraph::graph);
    }
    long[] first = firstOfPart;
    return parsed.mapPartitionsWithIndex((part, graphs) -> renumbered(first[part], graphs), true);
  }

  /** Closes the gaps that records leave of which there is no graph. */
  private static Iterator<GraphRecord> renumbered(long first, Iterator<ParsedGraph> graphs) {
    long[] index = {first};
    return Stream.iterate(graphs, Iterator::hasNext, g -> g)
        .map(Iterator::next)
        .filter(g -> !g.leftOut())
        .map(ParsedGraph::graph)
        .map(g -> new GraphRecord(index[0]++, g.id(), g.label(), g.graph()))
        .iterator();
  }

  /** What is wrong with the first record that was skipped, with file and line; null for none. */
  public String firstSkipped() {
    return firstSkipped;
  }

  /** One row a graph: {@link #SCHEMA}, each undirected edge once. */
  public Dataset<Row> toDataFrame(SparkSession spark) {
    return spark.createDataFrame(records().map(GraphSet::row), SCHEMA);
  }

  private static Row row(GraphRecord record) {
    Graph graph = record.graph();
    int[][] ends = graph.edgeList();
    int[] tags = IntStream.range(0, graph.nodes()).map(graph::tag).toArray();
    return RowFactory.create(record.index(), record.id(), record.label(), tags, ends[0], ends[1]);
  }

  /** Frees the executors' memory, and waits for it: Spark may be stopped right afterwards. */
  @Override
  public void close() {
    Objects.requireNonNull(parsed.unpersist(true));
  }
}
