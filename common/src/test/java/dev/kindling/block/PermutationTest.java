package dev.kindling.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PermutationTest {
  @Test
  void everyNumberComesOnce() {
    for (int n = 1; n <= 300; n++) {
      BitSet seen = new BitSet();
      Permutation order = new Permutation(n, RowKeys.key(7, n));
      for (int i = 0; i < n; i++) {
        seen.set((int) order.of(i));
      }
      assertThat(seen.cardinality()).isEqualTo(n);
      assertThat(seen.length()).isEqualTo(n);
    }
  }

  @Test
  void largeOnesStayWithin() {
    for (long n : new long[] {(1L << 31) + 5, (1L << 40) - 1, 1L << 62}) {
      Permutation order = new Permutation(n, 3);
      for (long i = 0; i < 1000; i++) {
        assertThat(order.of(n - 1 - i)).isBetween(0L, n - 1);
      }
    }
    assertThatThrownBy(() -> new Permutation(0, 1)).isInstanceOf(IllegalArgumentException.class);
  }

  /** χ² of where a place goes, and of pairs of places, over fixed keys. */
  @ParameterizedTest
  @ValueSource(ints = {7, 64, 65, 97})
  void everyPlaceAndPairIsAsLikelyAsAnyOther(int n) {
    int keys = 600 * n;
    int[] places = new int[n];
    int[] differences = new int[n];
    for (int key = 0; key < keys; key++) {
      Permutation order = new Permutation(n, RowKeys.key(11, key));
      places[(int) order.of(n / 2)]++;
      differences[Math.floorMod(order.of(1) - order.of(0), n)]++;
    }
    assertThat(differences[0]).isZero();
    // A χ² above its degrees of freedom by 6 standard deviations: a chance below 1e-6 each.
    assertThat(square(places, 0, keys)).isLessThan(n - 1 + 6 * Math.sqrt(2.0 * n) + 12);
    assertThat(square(differences, 1, keys)).isLessThan(n - 2 + 6 * Math.sqrt(2.0 * n) + 12);
  }

  private static double square(int[] counts, int from, int all) {
    double expected = (double) all / (counts.length - from);
    double square = 0;
    for (int i = from; i < counts.length; i++) {
      square += (counts[i] - expected) * (counts[i] - expected) / expected;
    }
    return square;
  }
}
