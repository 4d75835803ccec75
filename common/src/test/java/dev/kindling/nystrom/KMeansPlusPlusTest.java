package dev.kindling.nystrom;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class KMeansPlusPlusTest {
  private static final int KEYS = 9;

  /** Counts over keys that may be negative, as hashes are. */
  private static SparseVector of(int... counts) {
    long[] keys = LongStream.range(0, counts.length).map(k -> (k - 4) << 59).toArray();
    return SparseVector.of(keys, Arrays.stream(counts).asDoubleStream().toArray());
  }

  private static int[] random(Random random) {
    return random.ints(KEYS, 0, 4).toArray();
  }

  @Test
  void distancesAreThoseOfTheDenseVectors() {
    Random random = new Random(41);
    List<int[]> dense = new ArrayList<>();
    List<SparseVector> centres = new ArrayList<>();
    for (int c = 0; c < 6; c++) {
      dense.add(random(random));
      centres.add(of(dense.get(c)));
    }
    KMeansPlusPlus.Distances distances = new KMeansPlusPlus(centres).new Distances();
    for (int trial = 0; trial < 20; trial++) {
      int[] point = random(random);
      double[] found = distances.to(of(point));
      for (int c = 0; c < dense.size(); c++) {
        double expected = 0;
        for (int k = 0; k < KEYS; k++) {
          double difference = point[k] - dense.get(c)[k];
          expected += difference * difference;
        }
        assertThat(found[c]).isEqualTo(expected);
      }
    }
  }

  @Test
  void entriesOfOneKeyAddUp() {
    SparseVector vector = SparseVector.of(new long[] {7, -2, 7}, new double[] {1, 2, 3});
    assertThat(vector.keys()).containsExactly(-2, 7);
    assertThat(vector.values()).containsExactly(2, 4);
    assertThat(vector.squaredNorm()).isEqualTo(20);
  }

  @Test
  void equalCandidatesAreChosenOnce() {
    List<SparseVector> candidates = List.of(of(1, 0), of(0, 2), of(1, 0), of(0, 2), of(3, 3));
    double[] weights = {1, 1, 1, 1, 1};
    for (long seed = 0; seed < 50; seed++) {
      int[] chosen = KMeansPlusPlus.choose(candidates, weights, 5, seed, square -> square);
      assertThat(chosen).hasSize(3).contains(4);
    }
  }

  /**
   * With two far groups the second centre is in the other one but with probability 4·2/(4·2 +
   * 4·10⁴) &lt; 3e-4 each; over 200 seeds more than two misses have probability below 1e-4.
   */
  @Test
  void theSecondCentreIsFarFromTheFirst() {
    List<SparseVector> candidates = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      candidates.add(of(i < 4 ? 0 : 100, i % 2, i / 2 % 2));
    }
    double[] weights = new double[8];
    Arrays.fill(weights, 1);
    int misses = 0;
    for (long seed = 0; seed < 200; seed++) {
      int[] chosen = KMeansPlusPlus.choose(candidates, weights, 2, seed, square -> square);
      misses += chosen[0] / 4 == chosen[1] / 4 ? 1 : 0;
    }
    assertThat(misses).isLessThanOrEqualTo(2);
  }
}
