package dev.kindling.spark.gntk;

import dev.kindling.Words;
import dev.kindling.data.Fingerprint;
import dev.kindling.data.MemoryFile;
import dev.kindling.data.graph.GraphRecord;
import dev.kindling.data.graph.GraphSummary;
import dev.kindling.data.graph.MadeSet;
import dev.kindling.spark.job.BlockMerge;
import dev.kindling.spark.job.Job;
import dev.kindling.spark.job.Memory;
import dev.kindling.spark.job.Plan;
import dev.kindling.spark.job.Run;
import dev.kindling.spark.job.Table;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaPairRDD;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import scala.Tuple2;

/** Makes a set of graphs of any size, as the Parquet that every job on graphs reads. */
@Command(
    name = "make",
    sortOptions = false,
    abbreviateSynopsis = true,
    description =
        "Makes a set of graphs, as Parquet that --input takes: random graphs, cycles and complete graphs, whose kernel is known, or graphs with and without a planted clique.",
    footer = {
      "",
      "Example: submit/kindling datasets make motif --graphs 400 --output kindling-runs/made",
      "         submit/kindling gntk --input kindling-runs/made/tables/graphs",
    })
public final class MakeJob extends Job {
  @Parameters(
      paramLabel = "random|cycles|complete|motif",
      description =
          "random: each pair is an edge with the same probability. cycles, complete: of 3, 4, … (1, 2, …) up to --nodes nodes, labelled by that number. motif: random graphs, half of them (label 1) with a clique, the others (label 0) with as many edges more.")
  MadeSet.Kind kind;

  @Option(
      names = "--graphs",
      paramLabel = "N",
      defaultValue = "1000",
      description = "How many. Default: ${DEFAULT-VALUE}.")
  long graphs;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      defaultValue = "25",
      description =
          "Nodes of a graph; of cycles and complete graphs the most. Default: ${DEFAULT-VALUE}.")
  int nodes;

  @Option(
      names = "--degree",
      paramLabel = "D",
      defaultValue = "3",
      description = "Expected neighbours of a node in random graphs. Default: ${DEFAULT-VALUE}.")
  double degree;

  @Option(
      names = "--tags",
      paramLabel = "N",
      defaultValue = "4",
      description = "Different tags in random graphs. Default: ${DEFAULT-VALUE}.")
  int tags;

  @Option(
      names = "--motif",
      paramLabel = "N",
      defaultValue = "4",
      description = "Nodes of the planted clique. Default: ${DEFAULT-VALUE}.")
  int motif;

  private MadeSet set;

  @Override
  protected void check() {
    set = new MadeSet(kind, graphs, nodes, degree, tags, motif, common().seed());
  }

  @Override
  protected String input() {
    return kind + " graphs, made";
  }

  @Override
  protected List<String> reads() {
    return List.of();
  }

  @Override
  protected void run(Run run) {
    run.input(
        Fingerprint.of(
            List.of(new MemoryFile("set", set.toString().getBytes(StandardCharsets.UTF_8)))));
    GraphBlocks.Layout layout = GraphBlocks.Layout.of(graphs);
    run.explain(plan(run, layout));
    Table table = run.table("graphs", ConvertJob.GRAPHS);
    GraphSummary summary = run.stage("make", () -> make(run, layout, table), GraphCounts::sentence);
    GraphCounts.record(run, summary);
    run.outcome(GraphCounts.written(summary, layout));
    run.report(() -> GraphCounts.page(kind + " graphs, made", summary));
  }

  private GraphSummary make(Run run, GraphBlocks.Layout layout, Table table) {
    List<Integer> blocks = IntStream.range(0, layout.blocks()).boxed().toList();
    int parts = Math.min(blocks.size(), 4 * run.context().defaultParallelism());
    MadeSet made = set;
    JavaPairRDD<Integer, GraphSummary> counts =
        run.context()
            .parallelize(blocks, parts)
            .mapToPair(block -> new Tuple2<>(block, write(made, layout, block, table)));
    return BlockMerge.merge(counts, layout.blocks(), GraphSummary::plus);
  }

  /** Each graph is made when its row is written, and again when it is counted: none is kept. */
  private static GraphSummary write(
      MadeSet made, GraphBlocks.Layout layout, int block, Table table) {
    table.write(block, graphs(made, layout, block).map(ConvertJob::row).iterator());
    return graphs(made, layout, block)
        .map(record -> GraphSummary.of(record.graph()))
        .reduce(GraphSummary.NONE, GraphSummary::plus);
  }

  private static Stream<GraphRecord> graphs(MadeSet made, GraphBlocks.Layout layout, int block) {
    return IntStream.range(0, layout.length(block))
        .mapToObj(i -> made.graph((long) layout.first(block) + i));
  }

  private Plan plan(Run run, GraphBlocks.Layout layout) {
    double edges = kind == MadeSet.Kind.complete ? nodes * (nodes - 1.0) / 2 : nodes * degree / 2;
    return new Plan()
        .say(
            Words.of(
                "%,d graphs of up to %,d nodes, to %,d files of %,d graphs, about %s",
                graphs,
                nodes,
                layout.blocks(),
                layout.size(),
                Plan.bytes(graphs * (9.0 * nodes + 18.0 * edges))))
        .needs(
            "a graph with its row, a task",
            60.0 * nodes + 120.0 * edges,
            Memory.task(run.context()),
            "Give more memory with --conf spark.driver.memory=… (local) or spark.executor.memory=…");
  }
}
