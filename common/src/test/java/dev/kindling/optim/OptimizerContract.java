package dev.kindling.optim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What holds for every {@link Optimizer}. */
abstract class OptimizerContract extends StatefulContract<Optimizer> {
  @Override
  double[] advance(Optimizer subject, double[] w, double[] g) {
    double[] u = new double[g.length];
    subject.direction(g, u);
    return u;
  }

  @Test
  void whatUHeldBeforeDoesNotMatter() {
    double[] g = {1, -2, 0, 4, 1e-9, 6, 7};
    double[] u = new double[SIZE];
    Arrays.fill(u, Double.NaN);
    create(SIZE).direction(g, u);
    assertThat(u).isEqualTo(advance(create(SIZE), null, g)).doesNotContain(Double.NaN);
  }

  @Test
  void momentsAreTheStateItself() {
    double[] g = {1, -2, 3, -4, 5, -6, 7};
    Optimizer moved = create(SIZE);
    advance(moved, null, g);
    Optimizer other = moved.copy();
    advance(moved, null, g);
    advance(other, null, new double[SIZE]);
    for (int k = 0; k < moved.moments().length; k++) {
      assertThat(moved.moments()[k]).hasSize(SIZE).isNotEqualTo(other.moments()[k]);
      System.arraycopy(moved.moments()[k], 0, other.moments()[k], 0, SIZE);
    }
    assertThat(advance(other, null, g)).isEqualTo(advance(moved, null, g));
  }

  @Test
  void aWeightWithoutGradientHasNoDirection() {
    double[] u = advance(create(SIZE), null, new double[SIZE]);
    assertThat(u).isEqualTo(new double[SIZE]);
  }
}
