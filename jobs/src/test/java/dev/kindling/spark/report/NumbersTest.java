package dev.kindling.spark.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|0",
        "1|1",
        "-0.5|−0.5",
        "0.87321|0.8732",
        "12.4|12.4",
        "1234.56|1235",
        "123456.7|123,500",
        "0.00123456|0.001235",
        "1.5e-7|1.5·10⁻⁷",
        "1e-7|10⁻⁷",
        "-2.5e12|−2.5·10¹²",
        "NaN|NaN",
        "-Infinity|−∞",
        "0.99999|1"
      })
  void fourDigitsAreEnough(double value, String text) {
    assertThat(Numbers.format(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"0.005|0.01", "-0.001|0", "12|12", "3.456|3.46", "-7.5|-7.5"})
  void coordinatesHaveTwoDecimals(double value, String text) {
    assertThat(Markup.number(value)).isEqualTo(text);
  }
}
