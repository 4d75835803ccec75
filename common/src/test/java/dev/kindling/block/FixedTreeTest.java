package dev.kindling.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FixedTreeTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 9, 100, 129})
  void theShapeDependsOnTheNumberOfBlocksOnly(int blocks) {
    String expected = literal(0, Integer.highestOneBit(Math.max(1, blocks - 1)) * 2, blocks);
    Random random = new Random(blocks);
    for (int trial = 0; trial < 20; trial++) {
      FixedTree<String> tree = new FixedTree<>(blocks, (l, r) -> "(" + l + r + ")");
      shuffled(blocks, random).forEach(b -> tree.add(b, b + "."));
      assertThat(tree.result()).isEqualTo(expected);
    }
  }

  /** The tree by its definition: halves of a power of two, missing blocks left out. */
  private static String literal(int from, int width, int blocks) {
    if (width == 1) {
      return from + ".";
    }
    String left = literal(from, width / 2, blocks);
    return from + width / 2 >= blocks
        ? left
        : "(" + left + literal(from + width / 2, width / 2, blocks) + ")";
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 6, 33, 64})
  void partialTreesMergeToTheSame(int blocks) {
    Random random = new Random(blocks);
    FixedTree<Double> whole = new FixedTree<>(blocks, Double::sum);
    double[] values = random.doubles(blocks).toArray();
    IntStream.range(0, blocks).forEach(b -> whole.add(b, values[b]));
    for (int parts = 1; parts < 6; parts++) {
      FixedTree<Double> merged = new FixedTree<>(blocks, Double::sum);
      for (int part = 0; part < parts; part++) {
        FixedTree<Double> partial = new FixedTree<>(blocks, Double::sum);
        for (int b = part; b < blocks; b += parts) {
          partial.add(b, values[b]);
        }
        partial.nodes().forEach(merged::add);
      }
      assertThat(merged.result()).isEqualTo(whole.result());
    }
  }

  @Test
  void aMissingBlockIsReported() {
    FixedTree<Integer> tree = new FixedTree<>(3, Integer::sum);
    tree.add(0, 1);
    tree.add(2, 1);
    assertThatThrownBy(tree::result)
        .isInstanceOf(NoSuchElementException.class)
        .hasMessageContaining("a block is missing");
  }

  @Test
  void aBlockThatComesTwiceIsRefused() {
    FixedTree<Integer> tree = new FixedTree<>(3, Integer::sum);
    tree.add(2, 1);
    assertThatThrownBy(() -> tree.add(2, 1)).hasMessageContaining("was added twice");
    assertThatThrownBy(() -> tree.add(3, 1)).hasMessage("node 3 of height 0 in a tree of 3");
  }

  private static List<Integer> shuffled(int blocks, Random random) {
    List<Integer> order = IntStream.range(0, blocks).boxed().collect(Collectors.toList());
    Collections.shuffle(order, random);
    return order;
  }
}
