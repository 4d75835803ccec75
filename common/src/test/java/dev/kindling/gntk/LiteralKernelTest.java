package dev.kindling.gntk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiteralKernelTest {
  @ParameterizedTest
  @CsvSource({
    "0, 1, UNIFORM, true, 0",
    "1, 2, UNIFORM, true, 0",
    "2, 1, DEGREE, false, 0",
    "2, 2, UNIFORM, true, 2"
  })
  void isTheRecursionAsItIsWritten(
      int blocks, int layers, GntkParameters.Scale scale, boolean jumping, int attributes) {
    GntkParameters parameters = new GntkParameters(blocks, layers, scale, jumping, 2);
    LiteralKernel kernel = new LiteralKernel(parameters);
    Random random = new Random(51);
    Graph[] graphs =
        RandomGraphs.of(50, 12, 9, 3).stream()
            .map(
                g ->
                    attributes == 0
                        ? g
                        : g.withAttributes(
                            random.doubles((long) attributes * g.nodes(), -1, 1).toArray()))
            .toArray(Graph[]::new);
    for (Graph g : graphs) {
      for (Graph h : graphs) {
        double written = LiteralGntk.value(g, h, parameters);
        assertThat(kernel.value(g, h, kernel.norms(g), kernel.norms(h)))
            .isCloseTo(written, within(1e-7 * Math.abs(written) + 1e-12));
      }
    }
  }
}
