package dev.kindling.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindling.linalg.Matrix;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RocTest {
  /** Against all pairs; few distinct scores make ties. */
  @ParameterizedTest
  @ValueSource(ints = {2, 5, 1000})
  void theAreaIsTheChanceThatAPositiveScoresHigher(int distinct) {
    Random random = new Random(107);
    double[] scores = new double[80];
    boolean[] positive = new boolean[80];
    for (int i = 0; i < 80; i++) {
      positive[i] = random.nextInt(3) == 0;
      scores[i] = random.nextInt(distinct) + (positive[i] ? distinct / 4 : 0);
    }
    double wins = 0;
    int pairs = 0;
    for (int i = 0; i < 80; i++) {
      for (int j = 0; j < 80; j++) {
        if (positive[i] && !positive[j]) {
          wins += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
          pairs++;
        }
      }
    }
    Roc roc = Roc.of(scores, positive).orElseThrow();
    assertThat(roc.auc()).isCloseTo(wins / pairs, within(1e-12));
    int last = roc.thresholds().length - 1;
    assertThat(roc.falsePositiveRate()).isSorted().startsWith(0);
    assertThat(roc.truePositiveRate()).isSorted().startsWith(0);
    assertThat(roc.falsePositiveRate()[last]).isEqualTo(1);
    assertThat(roc.truePositiveRate()[last]).isEqualTo(1);
    for (int k = 1; k <= last; k++) {
      assertThat(roc.thresholds()[k]).isLessThan(roc.thresholds()[k - 1]);
    }
  }

  @Test
  void oneSideAloneHasNone() {
    assertThat(Roc.of(new double[] {1, 2}, new boolean[] {true, true})).isEmpty();
    assertThat(Roc.of(new double[] {1, 2}, new boolean[2])).isEmpty();
    assertThat(Roc.of(new double[0], new boolean[0])).isEmpty();
  }

  @Test
  void confusionCountsTheRowsThatItIsGiven() {
    Matrix targets = Matrix.ofRows(new double[][] {{1, 0}, {1, 0}, {0, 1}, {0, 1}});
    Matrix predictions = Matrix.ofRows(new double[][] {{2, 1}, {1, 2}, {-2, -1}, {Double.NaN, 0}});
    assertThat(Confusion.of(targets, predictions, new int[] {0, 1, 2}).counts())
        .isDeepEqualTo(new long[][] {{1, 1}, {0, 1}});
  }
}
