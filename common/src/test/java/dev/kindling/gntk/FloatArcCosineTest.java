package dev.kindling.gntk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FloatArcCosineTest {
  private static void layers(
      int count, float[] sigma, float[] theta, float[] rows, float[] columns) {
    new FloatArcCosine(true).layers(count, sigma, theta, rows, columns);
  }

  @Test
  void arccosAgreesWithTheLibraryOnAGridWithItsEnds() {
    int steps = 1 << 17;
    float[] rho = new float[2 * steps + 1];
    for (int i = 0; i < rho.length; i++) {
      rho[i] = (i - steps) / (float) steps;
    }
    float[] signed = new float[rho.length];
    float[] unsigned = new float[rho.length];
    FloatArcCosine.signedAngles(rho, signed, rho.length);
    FloatArcCosine.angles(rho, unsigned, rho.length);
    for (int i = 0; i < rho.length; i++) {
      double expected = Math.PI - Math.acos(rho[i]);
      // Three ulps of numbers between 2 and 4.
      assertThat((double) signed[i]).as("at %s", rho[i]).isCloseTo(expected, within(7.2e-7));
      if (rho[i] >= 0) {
        assertThat((double) unsigned[i]).as("at %s", rho[i]).isCloseTo(expected, within(7.2e-7));
      }
    }
    assertThat(signed[0]).isZero();
    assertThat(signed[2 * steps]).isEqualTo((float) Math.PI).isEqualTo(unsigned[2 * steps]);
  }

  @ParameterizedTest
  @ValueSource(floats = {1, -1})
  void aCorrelationOfOneSurvivesRounding(float sign) {
    for (int ulps = 0; ulps <= 2; ulps++) {
      float[] sigma = {sign * (1 - ulps * 0x1p-24f)};
      float[] theta = {1};
      layers(1, sigma, theta, new float[] {1}, new float[] {1});
      assertThat(theta[0] - sigma[0]).isEqualTo(sign > 0 ? 1 : 0); // κ₀
    }
  }

  @Test
  void theZerothKernelAscendsWhereCorrelationsAreDrawnToOne() {
    float before = 0;
    for (int ulps = 12; ulps >= 0; ulps--) {
      float[] sigma = {1 - ulps * 0x1p-24f};
      float[] theta = {1};
      layers(1, sigma, theta, new float[] {1}, new float[] {1});
      assertThat(theta[0]).isGreaterThanOrEqualTo(before);
      before = theta[0];
    }
  }

  @Test
  void longColumnsAndManyLayersAreThoseOfOnePairAtATime() {
    Random random = new Random(4);
    int m = 2300; // more than two runs
    float[] rows = new float[m];
    float[] columns = {0.5f, 1, 2};
    float[] sigma = new float[3 * m];
    float[] theta = new float[3 * m];
    for (int i = 0; i < m; i++) {
      rows[i] = 0.5f + random.nextFloat();
    }
    for (int k = 0; k < sigma.length; k++) {
      sigma[k] = (2 * random.nextFloat() - 1) * rows[k % m] * columns[k / m];
      theta[k] = 3 * random.nextFloat();
    }
    float[] sigmas = sigma.clone();
    float[] thetas = theta.clone();
    layers(3, sigmas, thetas, rows, columns);
    for (int k = 0; k < sigma.length; k += 97) {
      float[] s = {sigma[k]};
      float[] t = {theta[k]};
      for (int layer = 0; layer < 3; layer++) {
        layers(1, s, t, new float[] {rows[k % m]}, new float[] {columns[k / m]});
      }
      assertThat(sigmas[k]).isEqualTo(s[0]);
      assertThat(thetas[k]).isEqualTo(t[0]);
    }
  }

  @Test
  void aNodeWithoutFeaturesStaysZero() {
    float[] sigma = {0};
    float[] theta = {0};
    layers(1, sigma, theta, new float[] {0}, new float[] {1});
    assertThat(sigma[0]).isZero();
    assertThat(theta[0]).isZero();
  }
}
