package dev.kindling.nn;

import dev.kindling.block.FixedTree;
import java.util.List;

/**
 * Passes over rows that one thread holds, for tables whose steps take less time than sending them
 * away. The same pieces and trees as anywhere else, so the same bits.
 */
public final class PassesInMemory implements Passes {
  private final Objective objective;
  private final RowBlock[] train;
  private final RowBlock[] validation;
  private final Network network;
  private final PieceWork work;
  private final LocalWorkers workers;

  /**
   * @param mostRows of a piece
   * @param train rows to learn from, by block. Kept
   * @param validation rows to look at, by block. Kept
   * @param workers null where there are no local steps
   */
  public PassesInMemory(
      Objective objective,
      int mostRows,
      RowBlock[] train,
      RowBlock[] validation,
      LocalWorkers workers) {
    this.objective = objective;
    this.train = train;
    this.validation = validation;
    this.network = Network.of(objective.architecture(), objective.precision(), mostRows);
    this.work = new PieceWork(network, mostRows, block -> train[block]);
    this.workers = workers;
  }

  @Override
  public Pass gradient(double[] weights, List<Piece> batch, long step, List<Piece> again) {
    network.weights(weights);
    long key = PieceWork.dropoutKey(objective.seed(), step);
    FixedTree<GradientSum> tree = new FixedTree<>(batch.size(), GradientSum::plus);
    for (int leaf = 0; leaf < batch.size(); leaf++) {
      work.gradient(leaf, batch.get(leaf), objective.dropout(), key, tree);
    }
    if (again == null) {
      return new Pass(tree.result(), null);
    }
    FixedTree<LossSum> losses = new FixedTree<>(again.size(), LossSum::plus);
    for (int leaf = 0; leaf < again.size(); leaf++) {
      work.loss(leaf, again.get(leaf), losses);
    }
    return new Pass(tree.result(), losses.result());
  }

  @Override
  public LossSum validation(double[] weights) {
    return losses(weights, validation);
  }

  @Override
  public LossSum training(double[] weights) {
    return losses(weights, train);
  }

  private LossSum losses(double[] weights, RowBlock[] blocks) {
    network.weights(weights);
    FixedTree<LossSum> tree = new FixedTree<>(blocks.length, LossSum::plus);
    for (int block = 0; block < blocks.length; block++) {
      tree.add(block, work.loss(blocks[block]));
    }
    return tree.result();
  }

  @Override
  public Round round(LocalRound round) {
    FixedTree<LocalSteps.Sum> tree = new FixedTree<>(workers.count(), LocalSteps.Sum::plus);
    for (int worker = 0; worker < workers.count(); worker++) {
      tree.add(worker, workers.run(objective, round, worker, work));
    }
    return tree.result().round(workers.count(), round.batches().size());
  }
}
