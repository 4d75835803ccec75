package dev.kindling.spark.gntk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CostGridTest {
  @Test
  void aListIsSortedDescendingWithoutRepetitions() {
    assertThat(CostGrid.parse("1,100,1e1,1")).containsExactly(100, 10, 1);
  }

  @Test
  void aRangeIsLogarithmicWithBothEnds() {
    assertThat(CostGrid.parse("1e-2:1e4:7"))
        .containsExactly(new double[] {1e4, 1e3, 100, 10, 1, 0.1, 0.01}, within(1e-9));
    assertThat(CostGrid.parse("1e-2:1e4:120")).hasSize(120);
  }

  @Test
  void theDefaultIsTheRangeOfTheLiteratureInHalfDecades() {
    assertThat(dev.kindling.svm.SvmSelection.costs())
        .containsExactly(CostGrid.parse("1e-2:1e4:13"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          `` | '' is not a number
          1,,2 | '' is not a number
          1,x | 'x' is not a number
          0 | 0 must be positive and finite
          -1 | -1 must be positive and finite
          NaN | must be positive and finite
          1,Infinity | Infinity must be positive and finite
          1:10 | a range is from:to:count
          1:10:2:3 | a range is from:to:count
          1:10:x | a range is from:to:count
          1:10:99999999999 | a range is from:to:count
          1:10:1 | a range ascends in 2 to 1000 steps
          1:10:1001 | a range ascends in 2 to 1000 steps
          10:1:3 | a range ascends
          0:1:3 | 0 must be positive and finite
          """)
  void nonsenseIsNamed(String text, String part) {
    assertThat(CostGrid.wrong(text)).contains(part);
    assertThatThrownBy(() -> CostGrid.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(part);
  }
}
