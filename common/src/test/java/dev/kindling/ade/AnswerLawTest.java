package dev.kindling.ade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindling.linalg.Matrix;
import dev.kindling.sketch.SketchKind;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AnswerLawTest {
  @Test
  void wrongIsTheShareOfAllOutcomes() {
    double[] ratios = {1.3, 0.7, 1, 0.75, 1.1};
    int wrong = 0;
    for (int a = 0; a < 5; a++) {
      for (int b = 0; b < 5; b++) {
        for (int c = 0; c < 5; c++) {
          double[] drawn = {ratios[a], ratios[b], ratios[c]};
          Arrays.sort(drawn);
          wrong += drawn[1] < 0.8 || drawn[1] > 1.2 ? 1 : 0;
        }
      }
    }
    assertThat(new AnswerLaw(ratios, 3).wrong(0.2)).isCloseTo(wrong / 125.0, within(1e-12));
    assertThat(new AnswerLaw(ratios, 3).middle()).isEqualTo(1);
    assertThat(ratios[0]).isEqualTo(1.3); // not sorted in place
  }

  @Test
  void oneSketchIsRightOrWrong() {
    assertThat(new AnswerLaw(new double[] {0.5}, 1).wrong(0.2)).isOne();
    assertThat(new AnswerLaw(new double[] {0.9}, 1).wrong(0.2)).isZero();
    assertThat(new AnswerLaw(new double[] {0.5}, 1).middle()).isEqualTo(0.5);
  }

  /** Of 20,000 answers the share that is wrong is off by 5 deviations with a chance of 6e-7. */
  @Test
  void answersOfAStructureFollowIt() {
    int k = 8;
    Sketches sketches = new Sketches(SketchKind.GAUSSIAN, 7, 6, k, 3);
    double[] query = new double[k];
    query[0] = 1;
    double[] ratios = new double[7];
    for (int j = 0; j < ratios.length; j++) {
      double[] y = sketches.get(j).apply(query);
      ratios[j] = Math.sqrt(Arrays.stream(y).map(x -> x * x).sum());
    }
    double expected = new AnswerLaw(ratios, 3).wrong(0.2);
    assertThat(expected).isBetween(0.01, 0.99);

    AdaptiveDistances structure =
        new AdaptiveDistances(
            sketches,
            new SketchedPoints(sketches, Matrix.zeros(k, 1)),
            new KeyedDraws(new byte[KeyedDraws.KEY], 7, 3));
    int answers = 20_000;
    int wrong = 0;
    for (int t = 0; t < answers; t++) {
      wrong += Math.abs(structure.all(query)[0] - 1) > 0.2 ? 1 : 0;
    }
    double deviation = Math.sqrt(expected * (1 - expected) / answers);
    assertThat((double) wrong / answers).isCloseTo(expected, within(5 * deviation));
  }
}
