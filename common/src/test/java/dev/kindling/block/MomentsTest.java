package dev.kindling.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MomentsTest {
  private static final long SEED = 61;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 50, 999, 1000})
  void mergedBlocksAreTheTwoPassesOfTheDefinition(int block) {
    double[] column = new Random(SEED).doubles(1000, -3, 5).map(x -> 1e6 + x).toArray();
    double mean = Arrays.stream(column).sum() / column.length;
    double squares = Arrays.stream(column).map(x -> (x - mean) * (x - mean)).sum();

    Moments whole = new Moments(2);
    for (int from = 0; from < column.length; from += block) {
      Moments part = new Moments(2);
      for (int i = from; i < Math.min(column.length, from + block); i++) {
        part.add(new double[] {-1, column[i], -2 * column[i]}, 1);
      }
      whole.merge(part);
    }
    assertThat(whole.count()).isEqualTo(1000);
    assertThat(whole.mean(0)).as("seed %d", SEED).isCloseTo(mean, within(1e-9 * mean));
    double deviation = Math.sqrt(squares / 999);
    assertThat(whole.standardDeviation(0)).as("seed %d", SEED).isCloseTo(deviation, within(1e-9));
    assertThat(whole.standardDeviation(1)).isCloseTo(2 * deviation, within(1e-9));
    assertThat(whole.min(0)).isEqualTo(Arrays.stream(column).min().getAsDouble());
    assertThat(whole.max(1)).isEqualTo(-2 * whole.min(0));
  }

  @Test
  void aConstantColumnDoesNotVaryAndOneRowHasNoDeviation() {
    Moments moments = new Moments(1);
    moments.add(new double[] {0.1}, 0);
    assertThat(moments.standardDeviation(0)).isNaN();
    for (int i = 0; i < 99; i++) {
      moments.add(new double[] {0.1}, 0);
    }
    assertThat(moments.merge(new Moments(1)).standardDeviation(0)).isZero();
    assertThat(moments.mean(0)).isEqualTo(0.1);
  }
}
