package dev.kindling.spark.gntk;

import dev.kindling.BadInput;
import dev.kindling.Words;
import dev.kindling.data.graph.GraphRecord;
import dev.kindling.data.graph.GraphSet;
import dev.kindling.spark.job.BlockMerge;
import dev.kindling.spark.job.Memory;
import dev.kindling.spark.job.Plan;
import dev.kindling.spark.job.PredictInput;
import dev.kindling.spark.job.Prediction;
import dev.kindling.spark.job.Run;
import dev.kindling.spark.job.Table;
import dev.kindling.spark.job.TableSchema;
import dev.kindling.spark.job.TableSchema.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/**
 * Scores new graphs by the model of a {@code gntk} run; the fitted set's kernel is not computed
 * again.
 */
public final class GraphPrediction implements Prediction {
  @Override
  public boolean takes(String kind) {
    return kind.startsWith(GraphKernelModel.class.getPackageName() + ".GraphKernel");
  }

  @Override
  public void run(Run run, String model, PredictInput given) {
    GraphInput input = GraphInput.of(given);
    input.check();
    given.requireNoTable();
    GraphKernelModel<?> loaded =
        run.stage(
            "load",
            () -> Prediction.read(() -> GraphKernelModelFiles.any(model, run.spark())),
            m -> Words.of("%s %.3g", m.parameterName(), m.parameter()));
    try (GraphSet set =
        run.stage(
            "read",
            () -> input.read(run.spark(), loaded.features().needsAttributes()),
            s -> GraphCounts.sentence(s.summary()))) {
      run.input(set.fingerprint());
      int width = loaded.trained().attributes();
      if (set.summary().mostAttributes() != width) {
        throw BadInput.of(
            "%s: its nodes have %s attributes, those of the fitted graphs %s; give graphs of the same kind",
            set.name(), set.summary().mostAttributes(), width);
      }
      run.explain(plan(run, loaded, set));
      try (GraphBlocks blocks =
          GraphBlocks.of(set, loaded.features(), run.context().defaultParallelism())) {
        PredictionTally tally = run.stage("predict", () -> predict(run, loaded, blocks));
        GraphCounts.record(run, set);
        run.outcome(tally.outcome(set.summary()));
        run.report(() -> tally.page(set.name()));
      }
    }
  }

  private static Plan plan(Run run, GraphKernelModel<?> model, GraphSet set) {
    long widest = 0;
    for (int level = 0; level <= model.trained().parameters().blocks(); level++) {
      widest = Math.max(widest, model.trained().set(level).size());
    }
    int nodes = Math.min(GraphKernelModel.BATCH * set.summary().largest(), 1 << 20);
    return new Plan()
        .say(
            Words.of(
                "%,d new graphs against %,d fitted colours at the widest level",
                set.summary().graphs(), widest))
        .needs(
            "a batch of " + GraphKernelModel.BATCH + " graphs, a task",
            32.0 * nodes * (widest + nodes),
            Memory.task(run.context()),
            "Give more memory with --conf spark.driver.memory=… (local) or spark.executor.memory=…");
  }

  private static PredictionTally predict(Run run, GraphKernelModel<?> model, GraphBlocks blocks) {
    Kind kind = model.classes().isEmpty() ? Kind.DOUBLE : Kind.TEXT;
    TableSchema schema =
        TableSchema.empty().with("id", Kind.TEXT).with("label", Kind.TEXT).with("prediction", kind);
    Table table = run.table("predictions", schema);
    Broadcast<GraphKernelModel<?>> shared = run.context().broadcast(model);
    int stride = PredictionTally.stride(blocks.layout().graphs());
    var tallies =
        blocks
            .rdd()
            .mapToPair(
                block ->
                    new Tuple2<>(
                        block._1(),
                        predict(block._1(), block._2(), shared.value(), table, stride)));
    PredictionTally tally =
        BlockMerge.merge(tallies, blocks.layout().blocks(), PredictionTally::plus);
    shared.destroy();
    return tally;
  }

  private static PredictionTally predict(
      int block, GraphRecord[] records, GraphKernelModel<?> model, Table table, int stride) {
    List<Object[]> rows = new ArrayList<>(records.length);
    PredictionTally tally = PredictionTally.of(model.classes());
    for (int from = 0; from < records.length; from += GraphKernelModel.BATCH) {
      GraphRecord[] batch =
          Arrays.copyOfRange(
              records, from, Math.min(records.length, from + GraphKernelModel.BATCH));
      double[][] values = model.trained().predict(GraphBlocks.graphs(batch));
      for (int g = 0; g < batch.length; g++) {
        Object prediction = model.prediction(values[g]);
        tally.add(batch[g].label(), prediction, batch[g].index() % stride == 0);
        rows.add(new Object[] {batch[g].id(), batch[g].label(), prediction});
      }
    }
    table.write(block, rows.iterator());
    return tally;
  }
}
