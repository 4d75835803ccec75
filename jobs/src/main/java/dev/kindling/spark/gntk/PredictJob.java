package dev.kindling.spark.gntk;

import dev.kindling.BadInput;
import dev.kindling.data.graph.GraphRecord;
import dev.kindling.data.graph.GraphSet;
import dev.kindling.spark.job.BlockMerge;
import dev.kindling.spark.job.Job;
import dev.kindling.spark.job.Memory;
import dev.kindling.spark.job.Plan;
import dev.kindling.spark.job.Run;
import dev.kindling.spark.job.Table;
import dev.kindling.spark.job.TableSchema;
import dev.kindling.spark.job.TableSchema.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.fs.Path;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import scala.Tuple2;

/**
 * Scores new graphs by the model of a {@code gntk} run; the fitted set's kernel is not computed
 * again.
 */
@Command(
    name = "predict",
    sortOptions = false,
    abbreviateSynopsis = true,
    description = "Scores new rows by the model of an earlier run.",
    footer = {
      "",
      "Example: fit on the built-in molecules, then score them",
      "  submit/kindling gntk --data bzr --blocks 3 --output bzr-run --overwrite && submit/kindling predict --model bzr-run/model --data bzr",
    })
public final class PredictJob extends Job {
  @Option(
      names = "--model",
      paramLabel = "DIR",
      required = true,
      description = "The model folder of a run directory.")
  String model;

  @Mixin GraphInput input;

  @Override
  protected void check() {
    input.check();
  }

  @Override
  protected String input() {
    return input.shown();
  }

  @Override
  protected void run(Run run) {
    GraphKernelRidgeModel loaded =
        run.stage(
            "load",
            () -> load(run),
            m -> "penalty " + String.format(Locale.ROOT, "%.3g", m.lambda()));
    try (GraphSet set =
        run.stage(
            "read",
            () -> input.read(run.spark()),
            s -> String.format(Locale.ROOT, "%,d graphs", s.summary().graphs()))) {
      run.input(set.fingerprint());
      run.explain(plan(run, loaded, set));
      try (GraphBlocks blocks =
          GraphBlocks.of(set, loaded.byDegree(), run.context().defaultParallelism())) {
        Tally tally = run.stage("predict", () -> predict(run, loaded, blocks));
        run.metric("graphs", set.summary().graphs());
        report(run, loaded, tally);
      }
    }
  }

  private GraphKernelRidgeModel load(Run run) {
    try {
      Path metadata = new Path(model, "metadata");
      if (!metadata.getFileSystem(run.hadoop()).exists(metadata)) {
        throw new BadInput(
            "--model "
                + model
                + ": no model; give the folder model of a run directory that has one");
      }
    } catch (java.io.IOException e) {
      throw new BadInput("--model " + model + ": cannot be read: " + e.getMessage(), e);
    }
    return GraphKernelRidgeModel.load(model);
  }

  private static Plan plan(Run run, GraphKernelRidgeModel model, GraphSet set) {
    long widest = 0;
    for (int level = 0; level <= model.trained().parameters().blocks(); level++) {
      widest = Math.max(widest, model.trained().set(level).size());
    }
    int nodes = Math.min(GraphKernelRidgeModel.BATCH * set.summary().largest(), 1 << 20);
    return new Plan()
        .say(
            String.format(
                Locale.ROOT,
                "%,d new graphs against %,d fitted colours at the widest level",
                set.summary().graphs(),
                widest))
        .needs(
            "a batch of " + GraphKernelRidgeModel.BATCH + " graphs, a task",
            32.0 * nodes * (widest + nodes),
            Memory.task(run.context()),
            "Give more memory with --conf spark.driver.memory=… (local) or spark.executor.memory=…");
  }

  /**
   * What the labelled ones among some graphs add up to: their number, and right classes or squared
   * errors.
   */
  record Tally(long labelled, double sum) implements java.io.Serializable {
    Tally plus(Tally other) {
      return new Tally(labelled + other.labelled, sum + other.sum);
    }
  }

  private static Tally predict(Run run, GraphKernelRidgeModel model, GraphBlocks blocks) {
    boolean classify = !model.classes().isEmpty();
    Kind kind = classify ? Kind.TEXT : Kind.DOUBLE;
    TableSchema schema =
        TableSchema.empty().with("id", Kind.TEXT).with("label", Kind.TEXT).with("prediction", kind);
    Table table = run.table("predictions", schema);
    Broadcast<GraphKernelRidgeModel> shared = run.context().broadcast(model);
    var tallies =
        blocks
            .rdd()
            .mapToPair(
                block ->
                    new Tuple2<>(
                        block._1(), predict(block._1(), block._2(), shared.value(), table)))
            .persist(StorageLevel.MEMORY_ONLY());
    Tally tally = BlockMerge.merge(tallies, blocks.layout().blocks(), Tally::plus);
    tallies.unpersist(false);
    shared.destroy();
    return tally;
  }

  private static Tally predict(
      int block, GraphRecord[] records, GraphKernelRidgeModel model, Table table) {
    List<Object[]> rows = new ArrayList<>(records.length);
    long labelled = 0;
    double sum = 0;
    for (int from = 0; from < records.length; from += GraphKernelRidgeModel.BATCH) {
      GraphRecord[] batch =
          Arrays.copyOfRange(
              records, from, Math.min(records.length, from + GraphKernelRidgeModel.BATCH));
      double[][] values = model.trained().predict(GraphBlocks.graphs(batch));
      for (int g = 0; g < batch.length; g++) {
        Object prediction = model.prediction(values[g]);
        String label = batch[g].label();
        if (label != null) {
          labelled++;
          sum += loss(label, prediction);
        }
        rows.add(new Object[] {batch[g].id(), label, prediction});
      }
    }
    table.write(block, rows.iterator());
    return new Tally(labelled, sum);
  }

  /** 1 for the right class; the squared error of a number; NaN where the label is no number. */
  private static double loss(String label, Object prediction) {
    if (prediction instanceof String) {
      return prediction.equals(label) ? 1 : 0;
    }
    if (!GraphLabels.isNumber(label)) {
      return Double.NaN;
    }
    double error = Double.parseDouble(label) - (Double) prediction;
    return error * error;
  }

  private static void report(Run run, GraphKernelRidgeModel model, Tally tally) {
    if (tally.labelled() == 0 || Double.isNaN(tally.sum())) {
      return;
    }
    boolean classify = !model.classes().isEmpty();
    double mean = tally.sum() / tally.labelled();
    String name = classify ? "accuracy" : "rmse";
    double value = classify ? mean : Math.sqrt(mean);
    run.metric(name, value);
    run.say(
        String.format(
            Locale.ROOT,
            classify
                ? "accuracy %.1f %% of %,d labelled graphs"
                : "RMSE %.4g of %,d labelled graphs",
            classify ? 100 * value : value,
            tally.labelled()));
  }
}
