package dev.kindling.spark.gntk;

import dev.kindling.BadInput;
import dev.kindling.data.graph.GraphSet;
import dev.kindling.data.graph.GraphSummary;
import dev.kindling.gntk.ColorLevels;
import dev.kindling.gntk.GntkParameters;
import dev.kindling.gntk.TrainedColors;
import dev.kindling.ridge.RidgeModel;
import dev.kindling.spark.job.Job;
import dev.kindling.spark.job.JobFailure;
import dev.kindling.spark.job.Run;
import dev.kindling.spark.job.Sessions;
import dev.kindling.spark.job.Table;
import dev.kindling.spark.job.TableSchema;
import dev.kindling.spark.job.TableSchema.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Kernel between graphs, and ridge regression or classification with it. */
@Command(
    name = "gntk",
    sortOptions = false,
    abbreviateSynopsis = true,
    description =
        "Graph Neural Tangent Kernel between graphs, and ridge regression or classification with it.",
    footer = {
      "",
      "Example: the activity of 163 molecules, cross-validated",
      "  submit/kindling gntk --data bzr --blocks 3",
    })
public final class GntkJob extends Job {
  private static final TableSchema GRAPHS =
      TableSchema.empty()
          .with("row", Kind.LONG)
          .with("id", Kind.TEXT)
          .with("label", Kind.TEXT)
          .with("nodes", Kind.LONG)
          .with("edges", Kind.LONG);

  @Mixin GraphInput input;
  @Mixin GntkOptions kernel;

  private EarlierKernel earlier;

  @Override
  protected void check() {
    input.check();
    kernel.check();
  }

  @Override
  protected void settle() {
    if (kernel.earlier != null) {
      earlier = EarlierKernel.open(kernel.earlier, Sessions.hadoop());
      kernel.adopt(earlier);
    }
  }

  @Override
  protected String input() {
    return input.shown();
  }

  @Override
  protected List<String> reads() {
    List<String> reads = new ArrayList<>(input.reads());
    if (kernel.foldDir != null) {
      reads.add(kernel.foldDir);
    }
    if (kernel.earlier != null) {
      reads.add(kernel.earlier);
    }
    return reads;
  }

  @Override
  protected void run(Run run) {
    GntkParameters parameters = kernel.parameters();
    try (GraphSet set =
        run.stage("read", () -> input.read(run.spark()), s -> GraphCounts.sentence(s.summary()))) {
      run.input(set.fingerprint());
      if (earlier != null) {
        earlier.requireSame(set);
        run.note("kernel", earlier.provenance());
      }
      GraphSummary summary = set.summary();
      GraphBlocks blocks =
          GraphBlocks.of(set, kernel.nodeLabels.byDegree(set), run.context().defaultParallelism());
      ColorLevels colors =
          run.stage("colours", () -> GntkKernel.colors(blocks, parameters), GntkJob::describe);
      GraphLabels labels =
          kernel.task == GntkOptions.Task.none
              ? null
              : GraphLabels.of(blocks, set.name(), kernel.labels);
      RidgeStage ridge = ridge(labels, set.name(), run);
      run.explain(
          GntkPlanner.plan(
              run.context(),
              summary,
              colors,
              parameters,
              blocks.layout(),
              ridge != null,
              common().exportsCsv(),
              earlier));
      record(run, set, colors);
      Fitted fitted =
          earlier == null
              ? compute(run, blocks, colors, parameters)
              : read(run, blocks, colors, parameters);
      GramTable gram = fitted.gram();
      GntkReport report =
          new GntkReport(set.name(), summary, colors, gram, labels, kernel, earlier);
      if (ridge != null) {
        RidgeModel model = ridge.solve(run, gram, report);
        save(run, model(run, fitted, colors, model, labels, kernel.nodeLabels.byDegree(set)));
      }
      report.heatMap(run);
      if (common().exportsCsv() && earlier == null) {
        run.stage(
            "export gram",
            () -> {
              gram.exportCsv(run.path("csv/gram_matrix.csv"));
              return null;
            });
      }
      run.report(report::html);
      blocks.close();
    }
  }

  private RidgeStage ridge(GraphLabels labels, String set, Run run) {
    if (labels == null) {
      if (kernel.task == GntkOptions.Task.ridge) {
        throw new BadInput(
            set + ": --task ridge needs labels, and no graph has one; give --task none");
      }
      if (earlier != null) {
        throw new BadInput(
            set + ": no graph has a label, so there is nothing to do with --kernel; leave it out");
      }
      return null;
    }
    return RidgeStage.of(labels, set, kernel, run);
  }

  /** What the kernel leaves for a model: the matrix, and the norms and histograms behind it. */
  private record Fitted(GramTable gram, GntkKernel engine, double[][] norms) {}

  private Fitted compute(
      Run run, GraphBlocks blocks, ColorLevels colors, GntkParameters parameters) {
    Table graphs = run.table("graphs", GRAPHS);
    GramTable gram = new GramTable(run.table("gram", GramTable.SCHEMA), blocks.layout());
    GntkKernel engine = new GntkKernel(run.context(), parameters, files(run));
    Broadcast<ColorLevels> shared = run.context().broadcast(colors);
    double[][] norms =
        run.stage(
            "levels",
            () -> {
              blocks.rdd().foreach(b -> graphs.write(b._1(), GntkKernel.rows(b._2())));
              return engine.levels(blocks, shared);
            });
    run.table("norms", NormTable.SCHEMA, NormTable.rows(colors, norms));
    run.stage(
        "read-out",
        () -> {
          engine.readOut(blocks.layout(), shared, gram);
          return null;
        },
        none -> String.format(Locale.ROOT, "%,d tiles", blocks.layout().tiles()));
    shared.destroy();
    return new Fitted(gram, engine, norms);
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
          return null;
        },
        none -> "read from " + earlier.shown());
    shared.destroy();
    return new Fitted(gram, engine, norms);
  }

  private static WorkFiles files(Run run) {
    return new WorkFiles(run.work(), new SerializableConfiguration(run.hadoop()));
  }

  private GraphKernelRidgeModel model(
      Run run,
      Fitted fitted,
      ColorLevels colors,
      RidgeModel ridge,
      GraphLabels labels,
      boolean byDegree) {
    Broadcast<ColorLevels> shared = run.context().broadcast(colors);
    double[][] weights =
        fitted.engine().weights(fitted.gram().layout(), shared, ridge.coefficients());
    shared.destroy();
    return kernel
        .estimator()
        .model(
            TrainedColors.of(
                colors, fitted.norms(), weights, ridge.intercept().values(), kernel.parameters()),
            labels.classes(),
            byDegree,
            ridge.lambda());
  }

  private static void save(Run run, GraphKernelRidgeModel model) {
    try {
      model.write().overwrite().save(run.path("model").toString());
    } catch (IOException e) {
      throw new JobFailure("the model cannot be written: " + e.getMessage(), e);
    }
  }

  private void record(Run run, GraphSet set, ColorLevels colors) {
    GraphCounts.record(run, set);
    long[] counts = new long[colors.blocks() + 1];
    for (int level = 0; level < counts.length; level++) {
      counts[level] = colors.size(level);
    }
    run.metric("colors", counts);
    run.metric("engine", earlier == null ? "colors" : "none, the kernel was read");
  }

  private static String describe(ColorLevels colors) {
    StringBuilder text = new StringBuilder();
    for (int level = 0; level <= colors.blocks(); level++) {
      text.append(level == 0 ? "" : "/").append(colors.size(level));
    }
    return text.toString();
  }
}
