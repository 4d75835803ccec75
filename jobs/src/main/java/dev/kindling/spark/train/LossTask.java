package dev.kindling.spark.train;

import dev.kindling.block.FixedTree;
import dev.kindling.nn.LossSum;
import dev.kindling.nn.Network;
import dev.kindling.nn.Objective;
import dev.kindling.nn.PieceWork;
import dev.kindling.nn.RowBlock;
import dev.kindling.spark.job.BlasContract;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction2;

/** Sums of losses over a partition's validation rows, or over those it learns from. */
final class LossTask
    extends AbstractFunction2<TaskContext, Iterator<PackedPart>, List<StepTask.Node>>
    implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Objective objective;
  private final int mostRows;
  private final int blocks;
  private final boolean validation;
  private final BlasContract blas;
  private final Broadcast<byte[]> weights;

  LossTask(
      Objective objective,
      int mostRows,
      int blocks,
      boolean validation,
      BlasContract blas,
      Broadcast<byte[]> weights) {
    this.objective = objective;
    this.mostRows = mostRows;
    this.blocks = blocks;
    this.validation = validation;
    this.blas = blas;
    this.weights = weights;
  }

  @Override
  public List<StepTask.Node> apply(TaskContext context, Iterator<PackedPart> parts) {
    blas.enter();
    PackedPart part = parts.next();
    Network network = Networks.of(objective.architecture(), objective.precision(), mostRows);
    network.weights(weights.value());
    PieceWork work = new PieceWork(network, mostRows, part::train);
    FixedTree<LossSum> tree = new FixedTree<>(blocks, LossSum::plus);
    RowBlock[] rows = validation ? part.validation() : part.train();
    for (int b = 0; b < rows.length; b++) {
      tree.add(part.first() + b, work.loss(rows[b]));
    }
    List<StepTask.Node> nodes = new ArrayList<>();
    for (FixedTree.Node<LossSum> node : tree.nodes()) {
      nodes.add(new StepTask.Node(node.height(), node.index(), null, node.value()));
    }
    return nodes;
  }
}
