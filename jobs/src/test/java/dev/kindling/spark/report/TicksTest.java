package dev.kindling.spark.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindling.spark.report.Ticks.Tick;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TicksTest {
  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void linearTicksAreRoundEvenAndWithin(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double size = Math.pow(10, random.nextInt(-12, 13));
    double min = random.nextDouble(-1, 1) * size;
    double max = min + random.nextDouble(1e-3, 2) * size;
    List<Tick> ticks = Ticks.linear(min, max, 6);
    double step = Ticks.step(max - min, 6);
    double mantissa = step / Math.pow(10, Math.floor(Math.log10(step) + 1e-9));
    assertThat(List.of(1L, 2L, 5L)).contains(Math.round(mantissa));
    assertThat(mantissa).isCloseTo(Math.rint(mantissa), within(1e-6));
    assertThat(ticks).hasSizeBetween(3, 12);
    for (int i = 0; i < ticks.size(); i++) {
      double value = ticks.get(i).value();
      assertThat(value).isBetween(min - 1e-5 * step, max + 1e-5 * step);
      assertThat(value / step).isCloseTo(Math.rint(value / step), within(1e-6));
      if (i > 0) {
        assertThat(value - ticks.get(i - 1).value()).isCloseTo(step, within(1e-6 * step));
      }
    }
    assertThat(ticks).extracting(Tick::label).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void logTicksAreRoundAndWithin(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double min = Math.pow(10, random.nextDouble(-14, 10));
    double max = min * Math.pow(10, random.nextDouble(0.05, 20));
    List<Tick> ticks = Ticks.log(min, max, 6);
    assertThat(ticks).hasSizeBetween(2, 12);
    assertThat(ticks).extracting(Tick::label).doesNotHaveDuplicates();
    for (Tick tick : ticks) {
      assertThat(tick.value()).isBetween(min * (1 - 1e-6), max * (1 + 1e-6));
    }
  }

  @Test
  void labelsAreWhatAPersonWouldWrite() {
    assertThat(labels(Ticks.linear(0, 1, 5)))
        .containsExactly("0", "0.2", "0.4", "0.6", "0.8", "1.0");
    assertThat(labels(Ticks.linear(-20, 20, 4))).containsExactly("−20", "−10", "0", "10", "20");
    assertThat(labels(Ticks.linear(0, 30_000, 3)))
        .containsExactly("0", "10,000", "20,000", "30,000");
    assertThat(labels(Ticks.linear(0, 3e-7, 3))).containsExactly("0", "10⁻⁷", "2·10⁻⁷", "3·10⁻⁷");
    assertThat(labels(Ticks.log(1e-2, 1e3, 8)))
        .containsExactly("0.01", "0.1", "1", "10", "100", "1000");
    assertThat(labels(Ticks.log(1e-9, 1e3, 6)))
        .containsExactly("10⁻⁸", "10⁻⁶", "10⁻⁴", "10⁻²", "10⁰", "10²");
    assertThat(labels(Ticks.log(1, 20, 6))).containsExactly("1", "2", "5", "10", "20");
  }

  private static List<String> labels(List<Tick> ticks) {
    return ticks.stream().map(Tick::label).toList();
  }

  @Test
  void aRoundScaleBeginsAndEndsWithATick() {
    Scale scale = new Scale.Range(Axis.linear("x")).add(0.13).add(0.87).add(Double.NaN).round(5);
    assertThat(scale.ticks().get(0).value()).isCloseTo(scale.min(), within(1e-12));
    assertThat(scale.ticks().get(scale.ticks().size() - 1).value())
        .isCloseTo(scale.max(), within(1e-12));
    assertThat(scale.min()).isLessThanOrEqualTo(0.13);
    assertThat(scale.max()).isGreaterThanOrEqualTo(0.87);
  }

  @Test
  void aLogScaleSpreadsDecadesEvenly() {
    Scale scale = new Scale.Range(Axis.log("x")).add(1e-3).add(10).add(-5).round(5);
    assertThat(scale.fraction(1e-3)).isCloseTo(0, within(1e-12));
    assertThat(scale.fraction(1e-1)).isCloseTo(0.5, within(1e-12));
    assertThat(scale.fraction(10)).isCloseTo(1, within(1e-12));
  }

  @Test
  void oneValueHasARoomAroundIt() {
    for (double v : new double[] {0, 1, -7e-12, 1e300}) {
      Scale scale = new Scale.Range(Axis.linear("x")).add(v).round(5);
      assertThat(scale.min()).isLessThan(v);
      assertThat(scale.max()).isGreaterThan(v);
      assertThat(scale.ticks()).hasSizeGreaterThanOrEqualTo(2);
    }
    Scale log = new Scale.Range(Axis.log("x")).add(3e-5).tight(5);
    assertThat(log.fraction(3e-5)).isCloseTo(0.5, within(1e-9));
  }

  @Test
  void anAxisCoversWhatItIsToldTo() {
    Scale scale = new Scale.Range(Axis.linear("accuracy").covering(0, 1)).add(0.5).round(5);
    assertThat(scale.min()).isZero();
    assertThat(scale.max()).isEqualTo(1);
  }
}
