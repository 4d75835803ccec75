package dev.kindling.nn;

import dev.kindling.block.FixedTree;
import dev.kindling.block.Permutation;
import dev.kindling.block.RowKeys;
import java.util.function.IntFunction;

/** Computes on pieces of batches, one by one. */
public final class PieceWork {
  private final Network network;
  private final int mostRows;
  private final IntFunction<RowBlock> blocks;

  /**
   * @param network takes {@code mostRows} rows
   * @param blocks the rows of a block
   */
  public PieceWork(Network network, int mostRows, IntFunction<RowBlock> blocks) {
    this.network = network;
    this.mostRows = mostRows;
    this.blocks = blocks;
  }

  Network network() {
    return network;
  }

  /** Adds the gradient of a piece to the tree of its batch. */
  public void gradient(
      int leaf, Piece piece, double dropout, long key, FixedTree<GradientSum> tree) {
    fill(piece);
    LossSum loss = network.gradient(dropout == 0 ? null : new Dropout(dropout, key, piece.first()));
    tree.add(leaf, network.sum(loss));
  }

  /** Adds the losses of a piece to the tree of its batch. */
  public void loss(int leaf, Piece piece, FixedTree<LossSum> tree) {
    fill(piece);
    tree.add(leaf, network.loss());
  }

  /** Sums of losses over a whole block. */
  public LossSum loss(RowBlock block) {
    LossSum sum = LossSum.NONE;
    for (int from = 0; from < block.rows(); from += mostRows) {
      network.clear();
      for (int row = from; row < Math.min(block.rows(), from + mostRows); row++) {
        network.add(block, row);
      }
      sum = sum.plus(network.loss());
    }
    return sum;
  }

  private void fill(Piece piece) {
    RowBlock block = blocks.apply(piece.block());
    Permutation order = new Permutation(block.rows(), piece.key());
    network.clear();
    for (int i = piece.from(); i < piece.to(); i++) {
      network.add(block, (int) order.of(i));
    }
  }

  /** Key of the dropout of a step. */
  public static long dropoutKey(long seed, long step) {
    return RowKeys.key(seed ^ 0x4452_4F50L, step);
  }
}
