package dev.kindling.spark.train;

import dev.kindling.block.FixedTree;
import dev.kindling.nn.LocalRound;
import dev.kindling.nn.LocalSteps;
import dev.kindling.nn.LocalWorkers;
import dev.kindling.nn.Network;
import dev.kindling.nn.Objective;
import dev.kindling.nn.PieceWork;
import dev.kindling.spark.job.BlasContract;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction2;

/** Local steps of the workers whose rows lie in a partition. */
final class RoundTask
    extends AbstractFunction2<TaskContext, Iterator<PackedPart>, List<StepTask.Node>>
    implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Objective objective;
  private final int mostRows;
  private final LocalWorkers workers;
  private final BlasContract blas;
  private final Broadcast<LocalRound> round;

  RoundTask(
      Objective objective,
      int mostRows,
      LocalWorkers workers,
      BlasContract blas,
      Broadcast<LocalRound> round) {
    this.objective = objective;
    this.mostRows = mostRows;
    this.workers = workers;
    this.blas = blas;
    this.round = round;
  }

  @Override
  public List<StepTask.Node> apply(TaskContext context, Iterator<PackedPart> parts) {
    blas.enter();
    PackedPart part = parts.next();
    LocalRound shared = round.value();
    Network network = Networks.of(objective.architecture(), objective.precision(), mostRows);
    PieceWork work = new PieceWork(network, mostRows, part::train);
    FixedTree<LocalSteps.Sum> tree = new FixedTree<>(workers.count(), LocalSteps.Sum::plus);
    int end = workers.of(part.first() + part.train().length);
    for (int worker = workers.of(part.first()); worker < end; worker++) {
      tree.add(worker, workers.run(objective, shared, worker, work));
    }
    List<StepTask.Node> nodes = new ArrayList<>();
    for (FixedTree.Node<LocalSteps.Sum> node : tree.nodes()) {
      nodes.add(new StepTask.Node(node.height(), node.index(), node.value().bytes(), null));
    }
    return nodes;
  }
}
