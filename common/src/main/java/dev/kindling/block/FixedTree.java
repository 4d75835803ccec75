package dev.kindling.block;

import dev.kindling.Words;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.BinaryOperator;

/**
 * Merges one value a block along a binary tree that is fixed by the number of blocks, whatever the
 * order in which the values arrive.
 *
 * <p>Node i of height h merges nodes 2i and 2i+1 of height h−1, the left one always first; a node
 * without a right sibling rises unchanged. So floating-point sums come out in the same bits for any
 * partitioning and any order of completion. A partial tree can be taken apart with {@link #nodes}
 * and its nodes added to another tree over the same blocks.
 *
 * <p>Holds at most one value for each gap in what has arrived; ⌈log₂ blocks⌉ when the values arrive
 * in order.
 *
 * @param <T> what is merged
 */
public final class FixedTree<T> {
  /**
   * A merged subtree.
   *
   * @param height 0 for a block's own value
   * @param index position among the nodes of that height
   * @param value the merged value
   */
  public record Node<T>(int height, int index, T value) implements Serializable {}

  private final int blocks;
  private final int top;
  private final BinaryOperator<T> merge;
  private final Map<Long, Node<T>> waiting = new HashMap<>();

  /**
   * @param blocks number of values, at least 1
   * @param merge combines a left and a right value; may modify and return the left one
   * @throws IllegalArgumentException if there is no block
   */
  public FixedTree(int blocks, BinaryOperator<T> merge) {
    if (blocks < 1) {
      throw new IllegalArgumentException("a tree needs at least one block, got " + blocks);
    }
    this.blocks = blocks;
    this.top = Integer.SIZE - Integer.numberOfLeadingZeros(blocks - 1);
    this.merge = merge;
  }

  /** Adds the value of one block. */
  public void add(int block, T value) {
    add(new Node<>(0, block, value));
  }

  /**
   * Adds a subtree that another tree over the same blocks has merged.
   *
   * @throws IllegalArgumentException if the node lies outside the tree or is there already
   */
  public void add(Node<T> node) {
    if (node.index() < 0 || ((long) node.index() << node.height()) >= blocks) {
      throw new IllegalArgumentException(
          "node " + node.index() + " of height " + node.height() + " in a tree of " + blocks);
    }
    Node<T> rising = node;
    while (rising.height() < top) {
      int sibling = rising.index() ^ 1;
      boolean siblingIsRight = sibling > rising.index();
      T value;
      if (siblingIsRight && ((long) sibling << rising.height()) >= blocks) {
        value = rising.value();
      } else {
        Node<T> other = waiting.remove(key(rising.height(), sibling));
        if (other == null) {
          break;
        }
        value =
            siblingIsRight
                ? merge.apply(rising.value(), other.value())
                : merge.apply(other.value(), rising.value());
      }
      rising = new Node<>(rising.height() + 1, rising.index() >> 1, value);
    }
    if (waiting.putIfAbsent(key(rising.height(), rising.index()), rising) != null) {
      throw new IllegalArgumentException(
          "node " + rising.index() + " of height " + rising.height() + " was added twice");
    }
  }

  /** The maximal subtrees merged so far, in no particular order. */
  public List<Node<T>> nodes() {
    return new ArrayList<>(waiting.values());
  }

  /**
   * The value at the root.
   *
   * @throws NoSuchElementException if a block is missing
   */
  public T result() {
    Node<T> root = waiting.get(key(top, 0));
    if (root == null) {
      throw new NoSuchElementException(
          Words.of(
              "the tree of %s blocks is in %s pieces; a block is missing", blocks, waiting.size()));
    }
    return root.value();
  }

  private static long key(int height, int index) {
    return ((long) height << 32) | index;
  }
}
