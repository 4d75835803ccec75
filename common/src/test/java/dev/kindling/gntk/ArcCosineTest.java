package dev.kindling.gntk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ArcCosineTest {
  @Test
  void acosAgreesWithTheLibrary() {
    Random random = new Random(3);
    for (int i = 0; i < 200_000; i++) {
      double x = 2 * random.nextDouble() - 1;
      assertThat(ArcCosine.acos(x)).as("acos(%s)", x).isCloseTo(Math.acos(x), within(1.4e-15));
    }
  }

  @Test
  void acosKeepsItsRelativeAccuracyNearOne() {
    for (int exponent = 1; exponent < 50; exponent++) {
      double x = 1 - Math.scalb(1.0, -exponent);
      assertThat(ArcCosine.acos(x) / Math.acos(x)).as("acos(%s)", x).isCloseTo(1, within(1e-15));
    }
  }

  @Test
  void acosIsExactAtTheEnds() {
    assertThat(ArcCosine.acos(1)).isZero();
    assertThat(ArcCosine.acos(-1)).isEqualTo(Math.PI);
  }

  @Test
  void aLayerKeepsTheDiagonal() {
    double[] sigma = {2.25};
    double[] theta = {3};
    ArcCosine.layer(sigma, theta, new double[] {1.5}, 0, 1, new double[] {1.5}, 0, 1);
    assertThat(sigma[0]).isEqualTo(2.25);
    assertThat(theta[0]).isEqualTo(5.25);
  }

  @Test
  void aNodeWithoutFeaturesStaysZero() {
    double[] sigma = {0};
    double[] theta = {0};
    ArcCosine.layer(sigma, theta, new double[] {0}, 0, 1, new double[] {1}, 0, 1);
    assertThat(sigma[0]).isZero();
    assertThat(theta[0]).isZero();
  }

  @Test
  void theDerivativeOfTheFirstKernelIsTheZeroth() {
    // κ₁' = κ₀ (Cho and Saul 2009): θ = 1 at unit norms gives κ₀ + κ₁, σ gives κ₁.
    double h = 1e-5;
    for (double rho = -0.99; rho < 0.99; rho += 0.03) {
      double[] sigma = {rho - h, rho, rho + h};
      double[] theta = {1, 1, 1};
      double[] ones = {1, 1, 1};
      ArcCosine.layer(sigma, theta, ones, 0, 3, ones, 0, 1);
      double kappa0 = theta[1] - sigma[1];
      assertThat((sigma[2] - sigma[0]) / (2 * h)).isCloseTo(kappa0, within(1e-7));
    }
  }
}
