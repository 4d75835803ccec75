package dev.kindling.spark.gntk;

import dev.kindling.BadInput;
import dev.kindling.Words;
import dev.kindling.data.graph.GraphOptions;
import dev.kindling.data.graph.GraphRecord;
import dev.kindling.data.graph.GraphSet;
import dev.kindling.data.graph.GraphSets;
import dev.kindling.gntk.ColorKernel;
import dev.kindling.gntk.ColorLevels;
import dev.kindling.gntk.GntkParameters;
import dev.kindling.gntk.Graph;
import dev.kindling.gntk.TileKernel;
import dev.kindling.linalg.Matrix;
import dev.kindling.linalg.Precision;
import dev.kindling.spark.bench.BenchTable;
import dev.kindling.spark.bench.BenchTable.Line;
import dev.kindling.spark.bench.Contest;
import dev.kindling.spark.bench.Rounds;
import dev.kindling.spark.job.Job;
import dev.kindling.spark.job.JobFailure;
import dev.kindling.spark.job.Memory;
import dev.kindling.spark.job.Plan;
import dev.kindling.spark.job.Run;
import dev.kindling.spark.job.Sessions;
import dev.kindling.spark.job.Table;
import dev.kindling.spark.report.Report;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.hadoop.fs.Path;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The engines of {@code gntk} beside the literal kernel, in turn, on one thread. */
@Command(
    name = "gntk",
    sortOptions = false,
    abbreviateSynopsis = true,
    description =
        "The engines of gntk beside the kernel pair by pair as the paper writes it: medians of rounds in turn, on one thread; case nci1 is the whole job.",
    footer = {
      "",
      "Example: on the built-in molecules",
      "  submit/kindling bench gntk --case bzr",
    })
public final class GntkBench extends Job {
  @Option(
      names = "--case",
      paramLabel = "NAME",
      split = ",",
      description =
          "Cases, with commas between: bzr, mutag, nci1-400, bzr-dense, nci1. Default: bzr, and with --sets all.")
  List<String> cases;

  @Option(
      names = "--sets",
      paramLabel = "DIR",
      description = "The folder with the sets that are not built in: MUTAG, NCI1 and BZR.")
  String sets;

  @Mixin Rounds rounds;

  private static final String ERROR = "max_relative_error";

  /** What takes milliseconds is compiled after some hundred times, and timed by its mean. */
  private static final long WARM_NANOS = 2_000_000_000L;

  private static final long ROUND_NANOS = 200_000_000L;

  /** What is timed; fetching its Gram matrix afterwards is not. */
  private interface Timed {
    Supplier<double[][]> run();
  }

  private static Timed timed(Supplier<double[][]> gram) {
    return () -> {
      double[][] done = gram.get();
      return () -> done;
    };
  }

  @Override
  protected void check() {
    rounds.count();
    chosen();
  }

  private List<BenchCase> chosen() {
    if (cases == null) {
      return BenchCase.CASES.stream().filter(c -> sets != null || c.set() == null).toList();
    }
    List<BenchCase> chosen = new ArrayList<>();
    for (String name : cases) {
      BenchCase found =
          BenchCase.CASES.stream()
              .filter(c -> c.name().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      BadInput.of(
                          "--case %s: no such case; there are %s",
                          name,
                          String.join(
                              ", ", BenchCase.CASES.stream().map(BenchCase::name).toList())));
      if (found.set() != null && sets == null) {
        throw BadInput.of("--case %s: needs --sets, the folder that holds %s", name, found.set());
      }
      chosen.add(found);
    }
    return chosen;
  }

  @Override
  protected String input() {
    return String.join(",", chosen().stream().map(BenchCase::name).toList());
  }

  @Override
  protected List<String> reads() {
    return sets == null ? List.of() : List.of(sets);
  }

  @Override
  protected void run(Run run) {
    List<BenchCase> chosen = chosen();
    StringBuilder fingerprint = new StringBuilder();
    Map<BenchCase, Graph[]> graphs = new LinkedHashMap<>();
    run.stage(
        "read",
        () -> {
          for (BenchCase each : chosen) {
            try (GraphSet set = open(run, each)) {
              fingerprint.append(set.fingerprint());
              graphs.put(each, graphs(set, each));
            }
          }
        });
    run.input(fingerprint.toString());
    run.explain(plan(graphs));
    List<Line> rows = new ArrayList<>();
    for (BenchCase each : chosen) {
      rows.addAll(run.stage(each.name(), () -> measure(run, each, graphs.get(each))));
    }
    BenchTable.write(run, rows);
    run.report(() -> page(rows));
  }

  private GraphSet open(Run run, BenchCase each) {
    if (each.set() == null) {
      return GraphSets.builtin(run.spark(), each.name());
    }
    return GraphSets.read(
        run.spark(),
        folder(each),
        GraphOptions.defaults().attributes(each.nodes().needsAttributes()));
  }

  /** In the folder itself, or one below it. */
  private String folder(BenchCase each) {
    try {
      Path at = new Path(sets);
      var fs = at.getFileSystem(Sessions.hadoop());
      List<Path> places = new ArrayList<>(List.of(at));
      if (fs.exists(at)) {
        Arrays.stream(fs.listStatus(at)).map(s -> s.getPath()).sorted().forEach(places::add);
      }
      for (Path place : places) {
        Path folder = new Path(place, each.set());
        boolean fits =
            fs.exists(folder)
                && (!each.nodes().needsAttributes()
                    || fs.exists(new Path(folder, each.set() + "_node_attributes.txt")));
        if (fits) {
          return folder.toString();
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new BadInput("--sets " + sets + ": cannot be read: " + e.getMessage(), e);
    }
    throw BadInput.of(
        "--sets %s: no folder %s%s in it, for case %s; leave the case out, or fetch the set",
        sets,
        each.set(),
        each.nodes().needsAttributes() ? " with node attributes" : "",
        each.name());
  }

  private static Graph[] graphs(GraphSet set, BenchCase each) {
    NodeLabels labels = each.nodes().settled(set);
    return set.records().collect().stream()
        .sorted(Comparator.comparingLong(GraphRecord::index))
        .limit(each.graphs() == 0 ? Long.MAX_VALUE : each.graphs())
        .map(record -> labels.on(record.graph()))
        .toArray(Graph[]::new);
  }

  private static Plan plan(Map<BenchCase, Graph[]> graphs) {
    Plan plan = new Plan();
    graphs.forEach(
        (each, set) ->
            plan.needs(
                Words.of(
                    "%s: %,d graphs, %,d blocks; the literal kernel on %.0f %% of their pairs; on the driver",
                    each.name(), set.length, each.blocks(), 100 * each.share()),
                24.0 * set.length * set.length,
                Memory.driver(),
                "Leave the case out."));
    return plan;
  }

  private List<Line> measure(Run run, BenchCase each, Graph[] graphs) {
    GntkParameters p = each.parameters();
    Map<String, Timed> systems = new LinkedHashMap<>();
    for (GntkOptions.Engine engine : each.engines()) {
      systems.put(
          engine.name(),
          timed(
              engine == GntkOptions.Engine.colors
                  ? () -> ColorKernel.gram(List.of(graphs), p)
                  : () ->
                      TileKernel.gram(
                          graphs, p, engine == GntkOptions.Engine.dense, Precision.DOUBLE)));
    }
    if (each.nodes().needsAttributes()) {
      systems.put("dense-float", timed(() -> TileKernel.gram(graphs, p, true, Precision.FLOAT)));
    }
    if (systems.isEmpty()) {
      systems.put("job", () -> job(run, each));
    }
    LiteralSample literal = new LiteralSample(graphs, p, each.share());
    Map<String, double[][]> grams = new LinkedHashMap<>();
    Map<String, Double> errors = new LinkedHashMap<>();
    Contest<Double> contest = new Contest<>(rounds.count());
    systems.forEach(
        (name, system) ->
            contest.system(name, warm -> repeated(system, warm, gram -> grams.put(name, gram))));
    Contest.Entrant<Double> pairs =
        warm -> {
          long begin = System.nanoTime();
          literal.forEach((i, j, value) -> compare(grams, errors, i, j, value));
          return (System.nanoTime() - begin) / 1e9;
        };
    if (each.engines().isEmpty()) {
      contest.slowSystem("literal", pairs);
    } else {
      contest.system("literal", pairs);
    }
    contest.hold();
    double slowest = contest.median("literal", s -> s) * literal.scale();
    List<Line> rows = new ArrayList<>();
    rows.add(new Line(each.name(), "literal", slowest, 1, 0, ERROR));
    for (String system : systems.keySet()) {
      double median = contest.median(system, s -> s);
      rows.add(new Line(each.name(), system, median, slowest / median, errors.get(system), ERROR));
    }
    return rows;
  }

  /** Seconds a time, of as many as make a measurable while. */
  private static double repeated(Timed system, boolean warmsUp, Consumer<double[][]> answer) {
    long least = warmsUp ? WARM_NANOS : ROUND_NANOS;
    long spent = 0;
    int times = 0;
    for (; spent < least; times++) {
      long begin = System.nanoTime();
      Supplier<double[][]> gram = system.run();
      spent += System.nanoTime() - begin;
      answer.accept(gram.get());
    }
    return spent / 1e9 / times;
  }

  private static void compare(
      Map<String, double[][]> grams, Map<String, Double> errors, int i, int j, double value) {
    grams.forEach(
        (system, gram) -> {
          double error = Math.abs(gram[i][j] - value) / Math.max(Math.abs(value), 1e-300);
          errors.merge(system, error, Math::max);
        });
  }

  /**
   * Reading, colours, levels, read-out and the Gram matrix as a table; as the job, on all cores.
   */
  private Supplier<double[][]> job(Run run, BenchCase each) {
    GntkParameters p = each.parameters();
    Path folder = new Path(run.work(), "bench-" + System.nanoTime());
    try (GraphSet set = open(run, each);
        GraphBlocks blocks =
            GraphBlocks.of(set, each.nodes().settled(set), run.context().defaultParallelism())) {
      ColorLevels colors = GntkKernel.colors(blocks, p);
      Broadcast<ColorLevels> shared = run.context().broadcast(colors);
      WorkFiles files = new WorkFiles(folder, new SerializableConfiguration(run.hadoop()));
      GntkKernel engine = new GntkKernel(run.context(), p, files);
      engine.levels(blocks, shared);
      GramTable gram =
          new GramTable(
              Table.at(new Path(folder, "gram"), GramTable.SCHEMA, run.hadoop()), blocks.layout());
      engine.readOut(blocks.layout(), shared, gram);
      shared.destroy();
      return () -> {
        double[][] rows = rows(gram.matrix());
        delete(folder);
        return rows;
      };
    }
  }

  private static void delete(Path folder) {
    try {
      folder.getFileSystem(Sessions.hadoop()).delete(folder, true);
    } catch (IOException e) {
      throw new JobFailure(folder + ": " + e.getMessage(), e);
    }
  }

  private static double[][] rows(Matrix matrix) {
    double[][] rows = new double[matrix.rows()][matrix.cols()];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows.length; j++) {
        rows[i][j] = matrix.get(i, j);
      }
    }
    return rows;
  }

  private static Report page(List<Line> rows) {
    return BenchTable.section(
        Report.titled("Bench of gntk")
            .summary(
                "The engines beside the kernel pair by pair as the paper writes it, in turn in one process. Engines and the literal kernel run on one thread; the system job is all of the job but the start of its session, on all cores."),
        "Medians; ratio: the literal kernel's seconds divided by this row's",
        rows);
  }
}
