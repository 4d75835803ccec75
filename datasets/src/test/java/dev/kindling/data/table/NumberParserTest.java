package dev.kindling.data.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumberParserTest {
  private static final long SEED = 11;
  private final NumberParser parser = new NumberParser();

  @Test
  void everyDoubleIsReadAsJavaReadsIt() {
    Random random = new Random(SEED);
    for (int i = 0; i < 20_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        assertSame(Double.toString(value));
        assertSame(new BigDecimal(value).toPlainString());
      }
    }
  }

  @Test
  void shortDecimalsAreRoundedOnce() {
    Random random = new Random(SEED);
    for (int i = 0; i < 20_000; i++) {
      long digits = random.nextLong() >> random.nextInt(60);
      assertSame(BigDecimal.valueOf(digits, random.nextInt(40)).toPlainString());
      assertSame(digits + "e" + (random.nextInt(700) - 350));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "+1",
        "1.",
        ".5",
        "-.5e1",
        "1E+3",
        "1e-3",
        "007",
        " 2 ",
        "1e400",
        "0e999999999999",
        "9007199254740993",
        "123456789012345678901234567890"
      })
  void usualFormsAreNumbers(String text) {
    assertSame(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nan", "NaN", "NAN", "inf", "-inf", "+Infinity", "INF"})
  void nanAndInfinityAreNumbersInAnyCase(String text) {
    assertThat(parser.parse(text)).isTrue();
    assertThat(Double.isFinite(parser.value())).isFalse();
    assertThat(parser.value() < 0).isEqualTo(text.startsWith("-"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "-", ".", "e5", "1e", "1e+", "1d", "1f", "0x1p3", "1 2", "1,5", "--1", "1.2.3",
        "na", "infin", "nano", "é", "1e5x"
      })
  void everythingElseIsNone(String text) {
    assertThat(parser.parse(text)).isFalse();
  }

  private void assertSame(String text) {
    assertThat(parser.parse(text)).as("seed %d: %s", SEED, text).isTrue();
    assertThat(parser.value()).as("seed %d: %s", SEED, text).isEqualTo(Double.parseDouble(text));
  }
}
