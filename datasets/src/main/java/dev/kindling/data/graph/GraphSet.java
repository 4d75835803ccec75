package dev.kindling.data.graph;

import dev.kindling.BadInput;
import dev.kindling.gntk.Graph;
import java.io.Serializable;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
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

  /** A part's counts, or its first error and that error's place among the graphs. */
  private record Check(GraphSummary summary, String error, int part) implements Serializable {}

  /**
   * Runs the parser once and keeps what it gives.
   *
   * @throws BadInput with the first error in the order of the input, or if there is no graph
   */
  GraphSet(String name, String fingerprint, JavaRDD<ParsedGraph> parser) {
    this.name = name;
    this.fingerprint = fingerprint;
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
    if (summary.graphs() == 0) {
      close();
      throw new BadInput(name + ": no graphs; at least one is needed");
    }
    if (summary.leastAttributes() != summary.mostAttributes()) {
      close();
      throw new BadInput(
          name
              + ": the nodes of one graph have "
              + summary.leastAttributes()
              + " attributes, those of another "
              + summary.mostAttributes()
              + "; all need as many");
    }
  }

  private static Iterator<Check> check(int part, Iterator<ParsedGraph> graphs) {
    GraphSummary summary = GraphSummary.NONE;
    while (graphs.hasNext()) {
      ParsedGraph next = graphs.next();
      if (next.error() != null) {
        return List.of(new Check(null, next.error(), part)).iterator();
      }
      summary = summary.plus(GraphSummary.of(next.graph().graph()));
    }
    return List.of(new Check(summary, null, part)).iterator();
  }

  /** What to call the set in messages. */
  public String name() {
    return name;
  }

  /** SHA-256 of its files' content. */
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
    return parsed.map(ParsedGraph::graph);
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
