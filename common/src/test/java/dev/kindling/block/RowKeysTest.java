package dev.kindling.block;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RowKeysTest {
  @Test
  void drawsAscendingRowsWithoutReplacement() {
    double[] weights = {1, 0, 2, 1, 5, 1};
    for (long seed = 0; seed < 100; seed++) {
      int[] rows = RowKeys.draw(weights, 4, seed);
      assertThat(rows).hasSize(4).isSorted().doesNotHaveDuplicates().doesNotContain(1);
    }
    assertThat(RowKeys.draw(weights, 9, 1)).containsExactly(0, 1, 2, 3, 4, 5);
  }

  /**
   * The first draw is a row with a chance proportional to its weight. 4,000 seeds: a count is off
   * by five standard deviations, at most 158, with probability below 1e-6 each.
   */
  @Test
  void rowsComeInProportionToTheirWeights() {
    double[] weights = {1, 2, 3, 4};
    int[] counts = new int[4];
    for (long seed = 0; seed < 4000; seed++) {
      counts[RowKeys.draw(weights, 1, seed)[0]]++;
    }
    assertThat(Arrays.stream(counts).sum()).isEqualTo(4000);
    for (int row = 0; row < 4; row++) {
      assertThat(counts[row]).isBetween(400 * (row + 1) - 158, 400 * (row + 1) + 158);
    }
  }
}
