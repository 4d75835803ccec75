package dev.kindling.spark.gntk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindling.BadInput;
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
    assertThat(CostGrid.parse(null)).containsExactly(CostGrid.parse("1e-2:1e4:13"), within(1e-9));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          `` | --cost : '' is no number
          1,,2 | --cost 1,,2: '' is no number
          1,x | --cost 1,x: 'x' is no number
          0 | --cost 0: 0 must be positive and finite
          -1 | --cost -1: -1 must be positive and finite
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
    assertThatThrownBy(() -> CostGrid.parse(text))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining(part);
  }
}
