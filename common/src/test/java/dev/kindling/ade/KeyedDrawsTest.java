package dev.kindling.ade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kindling.sketch.ChiSquare;
import org.junit.jupiter.api.Test;

class KeyedDrawsTest {
  @Test
  void keyAndNumberAloneDecide() {
    byte[] key = new byte[KeyedDraws.KEY];
    KeyedDraws draws = new KeyedDraws(key, 1000, 33);
    assertThat(draws.of(7)).hasSize(33).isEqualTo(new KeyedDraws(key, 1000, 33).of(7));
    assertThat(draws.of(8)).isNotEqualTo(draws.of(7));
    key[3] = 1;
    assertThat(new KeyedDraws(key, 1000, 33).of(7)).isNotEqualTo(draws.of(7));
    assertThat(KeyedDraws.freshKey()).isNotEqualTo(KeyedDraws.freshKey());
    assertThatIllegalArgumentException().isThrownBy(() -> new KeyedDraws(new byte[8], 10, 1));
  }

  /** Pearson's statistic over 7 sketches; even draws fail in one of a million. */
  @Test
  void allSketchesAreDrawnAlike() {
    KeyedDraws draws = new KeyedDraws(new byte[KeyedDraws.KEY], 7, 5);
    int[] seen = new int[7];
    int queries = 10_000;
    for (int q = 0; q < queries; q++) {
      for (int j : draws.of(q)) {
        seen[j]++;
      }
    }
    double statistic = 0;
    for (int count : seen) {
      double expected = queries * 5 / 7.0;
      statistic += (count - expected) * (count - expected) / expected;
    }
    assertThat(ChiSquare.upper(statistic, 6)).isGreaterThan(1e-6);
  }
}
