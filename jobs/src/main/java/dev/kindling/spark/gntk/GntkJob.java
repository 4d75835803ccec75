package dev.kindling.spark.gntk;

import dev.kindling.BadInput;
import dev.kindling.Words;
import dev.kindling.data.graph.GraphSet;
import dev.kindling.data.graph.GraphSummary;
import dev.kindling.gntk.ColorLevels;
import dev.kindling.gntk.GntkParameters;
import dev.kindling.gntk.TrainedColors;
import dev.kindling.kernel.KernelFunction;
import dev.kindling.kernel.Normalization;
import dev.kindling.spark.job.Job;
import dev.kindling.spark.job.JobFailure;
import dev.kindling.spark.job.Plan;
import dev.kindling.spark.job.Run;
import dev.kindling.spark.job.Sessions;
import dev.kindling.spark.job.Table;
import dev.kindling.spark.job.TableSchema;
import dev.kindling.spark.job.TableSchema.Kind;
import dev.kindling.spark.setting.SettingOptions;
import dev.kindling.validation.Folds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Kernel between graphs, and ridge or a support vector machine with it. */
@Command(
    name = "gntk",
    sortOptions = false,
    abbreviateSynopsis = true,
    subcommands = VerifyCommand.class,
    description =
        "Graph Neural Tangent Kernel between graphs; ridge or an SVM with it, for classes or numbers.",
    footer = {
      "",
      "Example: the activity of 163 molecules, cross-validated",
      "  submit/kindling gntk --data bzr --blocks 1,2,3",
      "The same by an SVM, its folds and costs given:",
      "  submit/kindling gntk --data bzr --blocks 3 --task svm --folds 5 --cost 1,10,100",
    })
public final class GntkJob extends Job {
  static final TableSchema GRAPHS =
      TableSchema.empty()
          .with("row", Kind.LONG)
          .with("id", Kind.TEXT)
          .with("label", Kind.TEXT)
          .with("nodes", Kind.LONG)
          .with("edges", Kind.LONG);

  @Mixin GraphInput input;
  @Mixin SettingOptions kernelSettings = GraphKernelSettings.OF_KERNEL.options();
  @Mixin SettingOptions svmSettings = GraphKernelSettings.OF_SVM.options();
  @Mixin SettingOptions landmarkSettings = GraphKernelSettings.OF_LANDMARKS.options();

  private GntkOptions kernel;
  private SvmOptions svm;
  private LandmarkOptions landmarks;

  private EarlierKernel earlier;

  @Override
  protected void check() {
    input.check();
    kernel = GntkOptions.of(kernelSettings.values());
    svm = SvmOptions.of(svmSettings.values().with(GraphKernelSettings.TASK, kernel.task()));
    landmarks = LandmarkOptions.of(landmarkSettings.values());
    landmarks.check(kernel);
  }

  @Override
  protected void settle() {
    if (kernel.kernel().isPresent()) {
      earlier = EarlierKernel.open(kernel.kernel().get(), Sessions.hadoop());
      kernel = GntkOptions.of(kernelSettings, earlier);
    }
  }

  @Override
  protected String input() {
    return input.shown();
  }

  @Override
  protected List<String> reads() {
    List<String> reads = new ArrayList<>(input.reads());
    kernel.foldDir().ifPresent(reads::add);
    kernel.kernel().ifPresent(reads::add);
    return reads;
  }

  @Override
  protected void run(Run run) {
    GntkParameters parameters = kernel.parameters();
    try (GraphSet set =
        run.stage(
            "read",
            () -> input.read(run.spark(), kernel.nodeLabels().needsAttributes()),
            s -> GraphCounts.sentence(s.summary()))) {
      run.input(set.fingerprint());
      if (earlier != null) {
        earlier.requireSame(set);
        run.note("kernel", earlier.provenance());
      }
      GraphCounts.record(run, set);
      GraphSummary summary = set.summary();
      GraphBlocks blocks =
          GraphBlocks.of(set, kernel.nodeLabels().settled(set), run.context().defaultParallelism());
      if (landmarks.given()) {
        byLandmarks(run, set, blocks);
        return;
      }
      ColorLevels colors =
          run.stage("colors", () -> GntkKernel.colors(blocks, parameters), GntkJob::describe);
      GraphLabels labels = labels(blocks, set.name());
      Folds folds = labels == null ? null : FoldPlan.of(labels, set.name(), kernel, run);
      LearningStage learning = labels == null ? null : learning(labels, folds);
      EngineChoice engine =
          earlier != null
              ? null
              : EngineChoice.of(
                  kernel.engine(),
                  kernel.precision(),
                  blocks,
                  summary,
                  colors,
                  kernel.kernels(),
                  kernel.nodeLabels().needsAttributes());
      Plan plan =
          GntkPlanner.plan(
              run.context(),
              summary,
              colors,
              kernel.kernels(),
              blocks.layout(),
              common().exportsCsv(),
              engine,
              earlier);
      if (learning != null) {
        learning.plan(plan, run.context(), kernel.kernels().size());
      }
      run.explain(plan);
      record(run, colors, engine);
      Fitted fitted =
          earlier != null
              ? read(run, blocks, colors, parameters)
              : kernel.kernels().isSeveral()
                  ? choose(run, blocks, colors, learning, folds)
                  : compute(run, blocks, colors, parameters, engine.engine());
      GramTable gram = fitted.gram();
      GntkReport report =
          new GntkReport(set.name(), summary, labels, kernel)
              .whole(colors.upTo(fitted.parameters().blocks()), gram, earlier);
      if (learning != null) {
        Learned learned =
            fitted.learned() == null ? learning.learn(run, List.of(gram)).get(0) : fitted.learned();
        learned.publish(run, labels, folds, kernel, report);
        save(
            run,
            model(run, fitted, colors, learned.model(), labels, kernel.nodeLabels().byDegree(set)));
      }
      neighbors(run, gram, blocks);
      report.heatMap(run);
      if (common().exportsCsv() && earlier == null) {
        run.stage("export gram", () -> gram.exportCsv(run.path("csv/gram_matrix.csv")));
      }
      run.report(report::page);
      blocks.close();
    }
  }

  private void byLandmarks(Run run, GraphSet set, GraphBlocks blocks) {
    GraphLabels labels = labels(blocks, set.name());
    Folds folds = labels == null ? null : FoldPlan.of(labels, set.name(), kernel, run);
    GntkReport report = new GntkReport(set.name(), set.summary(), labels, kernel);
    LandmarkRun.Fitted fitted =
        new LandmarkRun(run, kernel, landmarks, set, blocks, labels, folds).go(report);
    if (fitted != null) {
      save(
          run,
          described(new GraphKernelRidge())
              .model(
                  fitted.trained(),
                  labels.classes(),
                  kernel.nodeLabels().byDegree(set),
                  fitted.lambda()));
    }
    run.report(report::page);
    blocks.close();
  }

  private void neighbors(Run run, GramTable gram, GraphBlocks blocks) {
    if (kernel.neighbors().isEmpty()) {
      return;
    }
    Table table = run.table("neighbors", Neighbors.SCHEMA);
    run.stage(
        "neighbors",
        () -> {
          Broadcast<double[]> lengths = run.context().broadcast(gram.lengths(run.context()));
          new Neighbors(run.context(), blocks, kernel.neighbors().get())
              .write(Neighbors.of(gram, lengths), table);
          lengths.destroy();
        });
  }

  /** Null where nothing is learnt. */
  private GraphLabels labels(GraphBlocks blocks, String set) {
    if (kernel.task() == GntkOptions.Task.none) {
      return null;
    }
    GraphLabels labels = GraphLabels.of(blocks, set, kernel.labels());
    if (labels == null && kernel.task() != GntkOptions.Task.auto) {
      throw BadInput.of(
          "%s: --task %s needs labels, and no graph has one; give --task none", set, kernel.task());
    }
    if (labels == null && kernel.kernels().isSeveral()) {
      throw kernel.badBlocks(
          "no graph of %s has a label that could choose one; give one number", set);
    }
    if (labels == null && earlier != null && kernel.neighbors().isEmpty()) {
      throw BadInput.of(
          "%s: no graph has a label, so there is nothing to do with --kernel; leave it out", set);
    }
    return labels;
  }

  private LearningStage learning(GraphLabels labels, Folds folds) {
    if (kernel.task() != GntkOptions.Task.svm) {
      return new RidgeStage(labels, folds, kernel);
    }
    svm.check(labels);
    return new SvmStage(labels, folds, kernel, svm);
  }

  /**
   * What the kernel leaves for a model: the matrix, and the norms and histograms behind it.
   *
   * @param parameters of the kernel, which may have fewer BLOCKs than there are levels
   * @param learned null where nothing is yet
   */
  private record Fitted(
      GntkParameters parameters,
      GramTable gram,
      GntkKernel engine,
      double[][] norms,
      Learned learned) {}

  private Fitted compute(
      Run run,
      GraphBlocks blocks,
      ColorLevels colors,
      GntkParameters parameters,
      GntkOptions.Engine engine) {
    Table graphs = run.table("graphs", GRAPHS);
    GramTable gram = new GramTable(run.table("gram", GramTable.SCHEMA), blocks.layout());
    GntkKernel byColors = new GntkKernel(run.context(), parameters, files(run));
    Broadcast<ColorLevels> shared = run.context().broadcast(colors);
    double[][] norms =
        engine == GntkOptions.Engine.colors
            ? byColors(run, blocks, byColors, shared, gram, graphs)
            : byTiles(
                run, blocks, byColors, shared, gram, graphs, engine == GntkOptions.Engine.dense);
    run.table("norms", NormTable.SCHEMA, NormTable.rows(colors, norms));
    shared.destroy();
    return new Fitted(parameters, gram, byColors, norms, null);
  }

  /** Learns from the kernels of several numbers of BLOCKs, and writes the chosen one down. */
  private Fitted choose(
      Run run, GraphBlocks blocks, ColorLevels colors, LearningStage learning, Folds folds) {
    KernelFamily kernels = kernel.kernels();
    Table graphs = run.table("graphs", GRAPHS);
    GntkKernel engine = new GntkKernel(run.context(), kernels, files(run));
    Broadcast<ColorLevels> shared = run.context().broadcast(colors);
    double[][] norms = levels(run, blocks, engine, shared, graphs);
    List<GramTable> grams =
        run.stage(
            "read-out",
            () -> engine.readOuts(run.work(), blocks.layout(), shared, run.hadoop()),
            all -> Words.of("%,d kernels of ", all.size()) + tiles(blocks));
    ByBlocks learned = ByBlocks.of(kernels, learning.learn(run, grams), folds);
    GntkParameters chosen = kernels.largest().withBlocks(learned.chosen());
    GramTable gram = new GramTable(run.table("gram", GramTable.SCHEMA), blocks.layout());
    run.stage(
        "gram",
        () -> {
          remove(run, "tables/gram"); // an interrupted run on another BLAS may have chosen another
          engine.readOut(chosen, blocks.layout(), shared, gram);
        },
        () -> Words.of("%d block%s", chosen.blocks(), chosen.blocks() == 1 ? "" : "s"));
    ColorLevels its = colors.upTo(chosen.blocks());
    run.table("norms", NormTable.SCHEMA, NormTable.rows(its, norms));
    shared.destroy();
    return new Fitted(chosen, gram, engine, norms, learned);
  }

  private static void remove(Run run, String folder) {
    Path path = run.path(folder);
    try {
      path.getFileSystem(run.hadoop()).delete(path, true);
    } catch (IOException e) {
      throw new JobFailure(path + ": " + e.getMessage(), e);
    }
  }

  private static double[][] levels(
      Run run, GraphBlocks blocks, GntkKernel engine, Broadcast<ColorLevels> colors, Table graphs) {
    return run.stage(
        "levels",
        () -> {
          blocks.rdd().foreach(b -> graphs.write(b._1(), GntkKernel.rows(b._2())));
          return engine.levels(blocks, colors);
        });
  }

  private static double[][] byColors(
      Run run,
      GraphBlocks blocks,
      GntkKernel engine,
      Broadcast<ColorLevels> colors,
      GramTable gram,
      Table graphs) {
    double[][] norms = levels(run, blocks, engine, colors, graphs);
    run.stage("read-out", () -> engine.readOut(blocks.layout(), colors, gram), () -> tiles(blocks));
    return norms;
  }

  private double[][] byTiles(
      Run run,
      GraphBlocks blocks,
      GntkKernel byColors,
      Broadcast<ColorLevels> colors,
      GramTable gram,
      Table graphs,
      boolean byNodes) {
    TileEngine engine =
        new TileEngine(run.context(), kernel.parameters(), kernel.precision(), files(run), byNodes);
    long[][] sizes =
        run.stage(
            "sides",
            () -> {
              blocks.rdd().foreach(b -> graphs.write(b._1(), GntkKernel.rows(b._2())));
              byColors.histograms(blocks, colors);
              return engine.sides(blocks);
            });
    run.stage("tiles", () -> engine.gram(blocks.layout(), sizes, gram), () -> tiles(blocks));
    return run.stage("norms", () -> engine.norms(blocks.layout(), colors));
  }

  private static String tiles(GraphBlocks blocks) {
    return Words.of("%,d tiles", blocks.layout().tiles());
  }

  /** The matrix and the norms from the earlier run; only the histograms are made again. */
  private Fitted read(Run run, GraphBlocks blocks, ColorLevels colors, GntkParameters parameters) {
    GramTable gram = earlier.gram(blocks.layout(), run.hadoop());
    double[][] norms = earlier.norms(colors, run.hadoop());
    Table graphs = run.table("graphs", GRAPHS);
    GntkKernel engine = new GntkKernel(run.context(), parameters, files(run));
    Broadcast<ColorLevels> shared = run.context().broadcast(colors);
    run.stage(
        "kernel",
        () -> {
          blocks.rdd().foreach(b -> graphs.write(b._1(), GntkKernel.rows(b._2())));
          engine.histograms(blocks, shared);
        },
        () -> "read from " + earlier.shown());
    shared.destroy();
    return new Fitted(parameters, gram, engine, norms, null);
  }

  /** Not before the plan: under --plan there is no folder. */
  static WorkFiles files(Run run) {
    return new WorkFiles(run.work(), new SerializableConfiguration(run.hadoop()));
  }

  private GraphKernelModel<?> model(
      Run run,
      Fitted fitted,
      ColorLevels colors,
      KernelFunction learned,
      GraphLabels labels,
      boolean byDegree) {
    Broadcast<ColorLevels> shared = run.context().broadcast(colors);
    double[][] weights =
        fitted.engine().weights(fitted.gram().layout(), shared, learned.coefficients());
    shared.destroy();
    TrainedColors trained =
        TrainedColors.of(
            colors.upTo(fitted.parameters().blocks()),
            fitted.norms(),
            weights,
            learned.intercept().values(),
            kernel.normalization() == Normalization.COSINE,
            fitted.parameters());
    return (kernel.task() == GntkOptions.Task.svm
            ? described(new GraphKernelSvm())
            : described(new GraphKernelRidge()))
        .model(trained, labels.classes(), byDegree, learned.parameter());
  }

  /** An Estimator with this job's settings. */
  private <E extends GraphKernelEstimator<E, ?>> E described(E estimator) {
    estimator.adopt(kernelSettings.values());
    estimator.adopt(svmSettings.values());
    estimator.adopt(landmarkSettings.values());
    estimator.adopt(common().settings());
    return estimator;
  }

  private static void save(Run run, GraphKernelModel<?> model) {
    try {
      model.write().overwrite().save(run.path("model").toString());
    } catch (IOException e) {
      throw new JobFailure("the model cannot be written: " + e.getMessage(), e);
    }
  }

  private void record(Run run, ColorLevels colors, EngineChoice engine) {
    long[] counts = new long[colors.blocks() + 1];
    for (int level = 0; level < counts.length; level++) {
      counts[level] = colors.size(level);
    }
    run.metric("colors", counts);
    run.metric("engine", earlier == null ? engine.engine().name() : "none, the kernel was read");
  }

  private static String describe(ColorLevels colors) {
    StringBuilder text = new StringBuilder();
    for (int level = 0; level <= colors.blocks(); level++) {
      text.append(level == 0 ? "" : "/").append(colors.size(level));
    }
    return text.toString();
  }
}
