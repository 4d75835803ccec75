package dev.kindling.spark.train;

import dev.kindling.block.FixedTree;
import dev.kindling.linalg.Blas;
import dev.kindling.nn.GradientSum;
import dev.kindling.nn.LocalRound;
import dev.kindling.nn.LocalSteps;
import dev.kindling.nn.LocalWorkers;
import dev.kindling.nn.LossSum;
import dev.kindling.nn.Objective;
import dev.kindling.nn.Pass;
import dev.kindling.nn.Passes;
import dev.kindling.nn.Piece;
import dev.kindling.nn.PieceWork;
import dev.kindling.nn.Round;
import dev.kindling.nn.WeightBytes;
import dev.kindling.spark.job.BlasContract;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import scala.Function2;
import scala.collection.Iterator;

/** Passes over packed rows: one Spark job each, on the partitions that a batch touches. */
final class SparkPasses implements Passes {
  private final JavaSparkContext context;
  private final PackedRows rows;
  private final Objective objective;
  private final int mostRows;
  private final LocalWorkers workers;
  private long slowestNanos;
  private final BlasContract blas = new BlasContract(Blas.choice());

  /**
   * @param mostRows of a piece
   * @param workers null where there are no local steps
   */
  SparkPasses(
      JavaSparkContext context,
      PackedRows rows,
      Objective objective,
      int mostRows,
      LocalWorkers workers) {
    this.context = context;
    this.rows = rows;
    this.objective = objective;
    this.mostRows = mostRows;
    this.workers = workers;
  }

  @Override
  public Pass gradient(double[] weights, List<Piece> batch, long step, List<Piece> again) {
    List<Piece> other = again == null ? List.of() : again;
    Broadcast<byte[]> shared =
        context.broadcast(WeightBytes.encode(weights, objective.precision()));
    StepTask task =
        new StepTask(
            objective,
            mostRows,
            blas,
            shared,
            batch,
            other,
            PieceWork.dropoutKey(objective.seed(), step));
    int[] touched =
        Stream.concat(batch.stream(), other.stream())
            .mapToInt(piece -> rows.part(piece.block()))
            .distinct()
            .sorted()
            .toArray();
    FixedTree<GradientSum> gradients = new FixedTree<>(batch.size(), GradientSum::plus);
    FixedTree<LossSum> losses = new FixedTree<>(Math.max(1, other.size()), LossSum::plus);
    slowestNanos = 0;
    for (Object result : run(task, touched, StepTask.Result.class)) {
      StepTask.Result part = (StepTask.Result) result;
      slowestNanos = Math.max(slowestNanos, part.nanos());
      part.gradients().forEach(n -> gradients.add(node(n, gradient(n))));
      part.losses().forEach(n -> losses.add(node(n, n.loss())));
    }
    shared.destroy();
    return new Pass(gradients.result(), again == null ? null : losses.result());
  }

  /** Nanoseconds of the slowest task of the last step. */
  long slowestNanos() {
    return slowestNanos;
  }

  private GradientSum gradient(StepTask.Node node) {
    return GradientSum.of(
        node.gradient(), objective.architecture().weights(), objective.precision());
  }

  private static <T> FixedTree.Node<T> node(StepTask.Node node, T value) {
    return new FixedTree.Node<>(node.height(), node.index(), value);
  }

  @Override
  public LossSum validation(double[] weights) {
    return rows.validationRows() == 0 ? LossSum.NONE : losses(weights, true);
  }

  @Override
  public LossSum training(double[] weights) {
    return losses(weights, false);
  }

  private LossSum losses(double[] weights, boolean validation) {
    Broadcast<byte[]> shared =
        context.broadcast(WeightBytes.encode(weights, objective.precision()));
    int blocks = rows.trainRows().length;
    FixedTree<LossSum> tree = new FixedTree<>(blocks, LossSum::plus);
    for (Object result :
        run(
            new LossTask(objective, mostRows, blocks, validation, blas, shared),
            all(),
            List.class)) {
      for (Object node : (List<?>) result) {
        tree.add(node((StepTask.Node) node, ((StepTask.Node) node).loss()));
      }
    }
    shared.destroy();
    return tree.result();
  }

  @Override
  public Round round(LocalRound round) {
    Broadcast<LocalRound> shared = context.broadcast(round);
    FixedTree<LocalSteps.Sum> tree = new FixedTree<>(workers.count(), LocalSteps.Sum::plus);
    for (Object result :
        run(new RoundTask(objective, mostRows, workers, blas, shared), all(), List.class)) {
      for (Object each : (List<?>) result) {
        StepTask.Node node = (StepTask.Node) each;
        tree.add(node(node, LocalSteps.Sum.of(node.gradient(), round.weights().length)));
      }
    }
    shared.destroy();
    return tree.result().round(workers.count(), round.batches().size());
  }

  private int[] all() {
    return IntStream.range(0, rows.parts().getNumPartitions()).toArray();
  }

  private Object[] run(
      Function2<TaskContext, Iterator<PackedPart>, ?> task, int[] parts, Class<?> type) {
    return rows.run(task, parts, type);
  }
}
