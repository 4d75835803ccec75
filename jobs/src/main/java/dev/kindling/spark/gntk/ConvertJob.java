package dev.kindling.spark.gntk;

import dev.kindling.Words;
import dev.kindling.data.graph.GinTextWriter;
import dev.kindling.data.graph.GraphRecord;
import dev.kindling.data.graph.GraphSet;
import dev.kindling.data.graph.GraphSummary;
import dev.kindling.gntk.Graph;
import dev.kindling.spark.job.Job;
import dev.kindling.spark.job.JobFailure;
import dev.kindling.spark.job.Memory;
import dev.kindling.spark.job.Plan;
import dev.kindling.spark.job.Run;
import dev.kindling.spark.job.Table;
import dev.kindling.spark.job.TableSchema;
import dev.kindling.spark.job.TableSchema.Kind;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import scala.Tuple2;

/**
 * Writes any set of graphs as the Parquet that every job on graphs reads: one row a graph, in the
 * order of the set, each undirected edge once.
 */
@Command(
    name = "convert",
    sortOptions = false,
    abbreviateSynopsis = true,
    description =
        "Writes a set of graphs, read and checked as every job does, as Parquet that --input takes.",
    footer = {"", "Example: submit/kindling datasets convert --data bzr"})
public final class ConvertJob extends Job {
  /** What {@code --input} reads back; {@code graph} orders the set. */
  static final TableSchema GRAPHS =
      TableSchema.empty()
          .with("graph", Kind.LONG)
          .with("id", Kind.TEXT)
          .with("label", Kind.TEXT)
          .with("tags", Kind.LONGS)
          .with("sources", Kind.LONGS)
          .with("targets", Kind.LONGS);

  @Mixin GraphInput input;

  @Option(
      names = "--gin",
      description = "Also as GIN text: gin/NAME.txt and gin/NAME_ids.txt in the run directory.")
  boolean gin;

  @Override
  protected void check() {
    input.check();
  }

  @Override
  protected String input() {
    return input.shown();
  }

  @Override
  protected List<String> reads() {
    return input.reads();
  }

  @Override
  protected void run(Run run) {
    try (GraphSet set =
        run.stage("read", () -> input.read(run.spark()), s -> GraphCounts.sentence(s.summary()))) {
      run.input(set.fingerprint());
      try (GraphBlocks blocks = GraphBlocks.of(set, false, run.context().defaultParallelism())) {
        GraphBlocks.Layout layout = blocks.layout();
        run.explain(plan(run, set.summary(), layout));
        GraphCounts.record(run, set);
        Table graphs = run.table("graphs", GRAPHS);
        run.stage(
            "write",
            () -> blocks.rdd().foreach(block -> graphs.write(block._1(), rows(block._2()))),
            () -> layout.blocks() + " files");
        if (gin) {
          run.stage("gin", () -> writeText(run, set.name(), set.summary().graphs(), blocks));
        }
        run.outcome(GraphCounts.written(set.summary(), layout));
        run.report(() -> GraphCounts.page("Graphs of " + set.name(), set.summary()));
      }
    }
  }

  /** One block after the other comes to the driver, which writes it down. */
  private static void writeText(Run run, String name, long graphs, GraphBlocks blocks) {
    Path text = new Path(run.path("gin"), name + ".txt");
    Path ids = new Path(run.path("gin"), name + "_ids.txt");
    try (GinTextWriter out = new GinTextWriter(writer(run, text), writer(run, ids), graphs)) {
      Iterator<Tuple2<Integer, GraphRecord[]>> sorted = blocks.rdd().sortByKey().toLocalIterator();
      while (sorted.hasNext()) {
        for (GraphRecord record : sorted.next()._2()) {
          out.write(record);
        }
      }
    } catch (IOException e) {
      throw new JobFailure(text + " cannot be written: " + e.getMessage(), e);
    }
  }

  private static Writer writer(Run run, Path path) throws IOException {
    return new BufferedWriter(
        new OutputStreamWriter(
            path.getFileSystem(run.hadoop()).create(path, true), StandardCharsets.UTF_8));
  }

  private static Plan plan(Run run, GraphSummary graphs, GraphBlocks.Layout layout) {
    double inBlock = Math.min(graphs.nodes(), (double) graphs.largest() * layout.size());
    double edges = Math.min(graphs.edges(), inBlock / graphs.nodes() * graphs.edges());
    return new Plan()
        .say(
            Words.of(
                "%s, to %,d files of %,d graphs, about %s",
                GraphCounts.sentence(graphs),
                layout.blocks(),
                layout.size(),
                Plan.bytes(9.0 * graphs.nodes() + 18.0 * graphs.edges())))
        .needs(
            Words.of("a file of %,d graphs, a task", layout.size()),
            40 * inBlock + 80 * edges,
            Memory.task(run.context()),
            "Give more memory with --conf spark.driver.memory=… (local) or spark.executor.memory=…");
  }

  private static Iterator<Object[]> rows(GraphRecord[] records) {
    return Arrays.stream(records).map(ConvertJob::row).iterator();
  }

  /** A row of {@link #GRAPHS}. */
  static Object[] row(GraphRecord record) {
    Graph graph = record.graph();
    int[][] ends = graph.edgeList();
    long[] tags = LongStream.range(0, graph.nodes()).map(u -> graph.tag((int) u)).toArray();
    return new Object[] {
      record.index(), record.id(), record.label(), tags, longs(ends[0]), longs(ends[1])
    };
  }

  private static long[] longs(int[] values) {
    return Arrays.stream(values).asLongStream().toArray();
  }
}
