package dev.kindling.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindling.linalg.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NetworkTest {
  /** A network, rows, and how they are used. */
  record Case(Architecture architecture, double[] w, RowBlock block, Dropout dropout) {
    @Override
    public String toString() {
      return architecture
          + (block.weight() == null ? "" : " weighted")
          + (dropout == null ? "" : " dropout");
    }
  }

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(77);
    int[][] shapes = {{4, 3}, {5, 1}, {3, 6, 2}, {4, 5, 1}, {6, 4, 3, 5}};
    for (int[] sizes : shapes) {
      for (Activation activation : Activation.values()) {
        for (int kind = 0; kind < 4; kind++) {
          Loss loss = sizes[sizes.length - 1] == 1 ? Loss.SQUARED : Loss.CROSS_ENTROPY;
          Architecture a = new Architecture(sizes, activation, loss);
          cases.add(
              new Case(
                  a,
                  random.doubles(a.weights(), -1, 1).toArray(),
                  rows(random, a, 7, kind % 2 == 1),
                  kind >= 2 ? new Dropout(0.4, random.nextLong(), 3) : null));
        }
      }
    }
    return cases.stream();
  }

  static RowBlock rows(SplittableRandom random, Architecture a, int n, boolean weighted) {
    double[] y = new double[n];
    for (int i = 0; i < n; i++) {
      y[i] = a.loss() == Loss.SQUARED ? random.nextDouble(-2, 2) : random.nextInt(a.outputs());
    }
    return new RowBlock(
        a.features(),
        n,
        random.doubles((long) n * a.features(), -2, 2).toArray(),
        y,
        weighted ? random.doubles(n, 0, 3).toArray() : null);
  }

  static Network filled(Case c, Precision precision) {
    Network network = Network.of(c.architecture, precision, 9);
    network.weights(c.w);
    network.clear();
    RowBlock block = precision == Precision.FLOAT ? floats(c.block) : c.block;
    for (int i = 0; i < block.rows(); i++) {
      network.add(block, i);
    }
    return network;
  }

  private static RowBlock floats(RowBlock block) {
    double[] x = (double[]) block.x();
    float[] f = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      f[i] = (float) x[i];
    }
    return new RowBlock(block.features(), block.rows(), f, block.y(), block.weight());
  }

  static double[] gradient(Network network, Dropout dropout, int weights) {
    double[] g = new double[weights];
    network.sum(network.gradient(dropout)).scaled(1, g);
    return g;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void lossIsThatOfTheFormulas(Case c) {
    Network network = filled(c, Precision.DOUBLE);
    LossSum expected = LiteralNetwork.loss(c.architecture, c.w, c.block, null);
    assertSame(network.loss(), expected);
    LossSum dropped = LiteralNetwork.loss(c.architecture, c.w, c.block, c.dropout);
    assertSame(network.gradient(c.dropout), dropped);
  }

  private static void assertSame(LossSum actual, LossSum expected) {
    assertThat(actual.loss()).isCloseTo(expected.loss(), within(1e-12 * (1 + expected.loss())));
    assertThat(actual.weight()).isCloseTo(expected.weight(), within(1e-12));
    assertThat(actual.right()).isCloseTo(expected.right(), within(1e-12));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gradientIsThatOfCentralDifferences(Case c) {
    double[] g = gradient(filled(c, Precision.DOUBLE), c.dropout, c.w.length);
    for (int i = 0; i < c.w.length; i++) {
      double[] w = c.w.clone();
      double h = 1e-5;
      w[i] += h;
      double up = LiteralNetwork.loss(c.architecture, w, c.block, c.dropout).loss();
      w[i] -= 2 * h;
      double down = LiteralNetwork.loss(c.architecture, w, c.block, c.dropout).loss();
      assertThat(g[i]).as("weight %d", i).isCloseTo((up - down) / (2 * h), within(2e-7));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void floatsAgreeWithDoubles(Case c) {
    double[] g = gradient(filled(c, Precision.DOUBLE), c.dropout, c.w.length);
    double[] f = gradient(filled(c, Precision.FLOAT), c.dropout, c.w.length);
    for (int i = 0; i < g.length; i++) {
      assertThat(f[i]).isCloseTo(g[i], within(2e-5 * (1 + Math.abs(g[i]))));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aBatchMayBeCutAnywhereAndMerged(Case c) {
    double[] whole = gradient(filled(c, Precision.DOUBLE), c.dropout, c.w.length);
    Network network = Network.of(c.architecture, Precision.DOUBLE, 9);
    network.weights(WeightBytes.encode(c.w, Precision.DOUBLE));
    GradientSum sum = null;
    for (int[] part : new int[][] {{0, 3}, {3, 4}, {4, 7}}) {
      network.clear();
      for (int i = part[0]; i < part[1]; i++) {
        network.add(c.block, i);
      }
      Dropout dropout =
          c.dropout == null
              ? null
              : new Dropout(c.dropout.rate(), c.dropout.key(), c.dropout.firstRow() + part[0]);
      GradientSum own = network.sum(network.gradient(dropout));
      GradientSum sent = GradientSum.of(own.bytes(), c.w.length, Precision.DOUBLE);
      sum = sum == null ? sent : sum.plus(sent);
    }
    double[] merged = new double[c.w.length];
    sum.scaled(1, merged);
    for (int i = 0; i < merged.length; i++) {
      assertThat(merged[i]).isCloseTo(whole[i], within(1e-12 * (1 + Math.abs(whole[i]))));
    }
    assertThat(sum.loss().weight())
        .isCloseTo(filled(c, Precision.DOUBLE).loss().weight(), within(1e-12));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void oneRowAtATimeIsTheSame(Case c) {
    Network network = filled(c, Precision.DOUBLE);
    network.loss();
    int k = c.architecture.outputs();
    double[] outputs = new double[k * c.block.rows()];
    network.outputs(outputs);
    Perceptron perceptron = new Perceptron(c.architecture, c.w);
    for (int i = 0; i < c.block.rows(); i++) {
      double[] x = new double[c.architecture.features()];
      System.arraycopy((double[]) c.block.x(), i * x.length, x, 0, x.length);
      double[] own = perceptron.outputs(x);
      for (int j = 0; j < k; j++) {
        assertThat(own[j]).isCloseTo(outputs[i * k + j], within(1e-12));
      }
    }
  }

  @Test
  void extremeOutputsStayFinite() {
    for (Activation activation : Activation.values()) {
      Architecture a = new Architecture(new int[] {1, 2, 3}, activation, Loss.CROSS_ENTROPY);
      double[] w = new double[a.weights()];
      java.util.Arrays.fill(w, 1e4);
      RowBlock block = new RowBlock(1, 2, new double[] {-1e4, 1e4}, new double[] {0, 2}, null);
      Network network = filled(new Case(a, w, block, null), Precision.DOUBLE);
      assertThat(network.gradient(null).loss()).isFinite();
      assertThat(
              java.util.Arrays.stream(gradient(network, null, w.length)).allMatch(Double::isFinite))
          .isTrue();
    }
  }

  @Test
  void whatDoesNotFitIsRefused() {
    Architecture a = new Architecture(new int[] {1, 2}, Activation.RELU, Loss.CROSS_ENTROPY);
    Network network = Network.of(a, Precision.FLOAT, 1);
    RowBlock block = new RowBlock(1, 1, new float[] {1}, new double[] {0}, null);
    network.clear();
    network.add(block, 0);
    assertThatThrownBy(() -> network.add(block, 0)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> network.weights(new double[3]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> GradientSum.of(new byte[30], 4, Precision.FLOAT))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Architecture(new int[] {3}, Activation.RELU, Loss.SQUARED))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Architecture(new int[] {3, 2}, Activation.RELU, Loss.SQUARED))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Perceptron(a, new double[] {1, 2, 3, Double.NaN}))
        .hasMessageContaining("NaN");
  }
}
