package dev.kindling.gntk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ArcCosineTest {
  private static double arccos(double x) {
    double[] angle = new double[1];
    ArcCosine.signedAngles(new double[] {x}, angle, 1);
    if (x >= 0) {
      double[] unsigned = new double[1];
      ArcCosine.angles(new double[] {x}, unsigned, 1);
      assertThat(unsigned).isEqualTo(angle);
    }
    return Math.PI - angle[0];
  }

  private static void layer(double[] sigma, double[] theta, double[] rows, double[] columns) {
    new ArcCosine(true).layers(1, sigma, theta, rows, 0, rows.length, columns, 0, columns.length);
  }

  @Test
  void arccosAgreesWithTheLibrary() {
    Random random = new Random(3);
    for (int i = 0; i < 200_000; i++) {
      double x = 2 * random.nextDouble() - 1;
      assertThat(arccos(x)).as("arccos(%s)", x).isCloseTo(Math.acos(x), within(1.4e-15));
    }
  }

  @Test
  void anglesAreExactAtTheEnds() {
    assertThat(arccos(1)).isZero();
    assertThat(arccos(-1)).isEqualTo(Math.PI);
  }

  @Test
  void longColumnsAndManyLayersAreThoseOfOnePairAtATime() {
    Random random = new Random(4);
    int m = 1300; // more than two runs
    double[] rows = random.doubles(m, 0.5, 2).toArray();
    double[] columns = random.doubles(3, 0.5, 2).toArray();
    double[] sigma = new double[3 * m];
    double[] theta = random.doubles(3 * m, 0, 3).toArray();
    for (int k = 0; k < sigma.length; k++) {
      sigma[k] = (2 * random.nextDouble() - 1) * rows[k % m] * columns[k / m];
    }
    double[] sigmas = sigma.clone();
    double[] thetas = theta.clone();
    new ArcCosine(true).layers(3, sigmas, thetas, rows, 0, m, columns, 0, 3);
    for (int k = 0; k < sigma.length; k += 97) {
      double[] s = {sigma[k]};
      double[] t = {theta[k]};
      for (int layer = 0; layer < 3; layer++) {
        layer(s, t, new double[] {rows[k % m]}, new double[] {columns[k / m]});
      }
      assertThat(sigmas[k]).isEqualTo(s[0]);
      assertThat(thetas[k]).isEqualTo(t[0]);
    }
  }

  @Test
  void aLayerKeepsTheDiagonal() {
    double[] sigma = {2.25};
    double[] theta = {3};
    layer(sigma, theta, new double[] {1.5}, new double[] {1.5});
    assertThat(sigma[0]).isEqualTo(2.25);
    assertThat(theta[0]).isEqualTo(5.25);
  }

  @Test
  void aNodeWithoutFeaturesStaysZero() {
    double[] sigma = {0};
    double[] theta = {0};
    layer(sigma, theta, new double[] {0}, new double[] {1});
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
      layer(sigma, theta, ones, new double[] {1});
      double kappa0 = theta[1] - sigma[1];
      assertThat((sigma[2] - sigma[0]) / (2 * h)).isCloseTo(kappa0, within(1e-7));
    }
  }
}
