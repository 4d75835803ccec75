package dev.kindling.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FoldsTest {
  @Test
  void everyRowIsTestedOnceAndSizesDifferByOneAtMost() {
    for (int rows = 2; rows < 60; rows += 7) {
      for (int folds = 2; folds <= Math.min(rows, 10); folds++) {
        Folds drawn = Folds.random(rows, folds, null, 42);
        int[] all = Arrays.stream(drawn.test()).flatMapToInt(Arrays::stream).sorted().toArray();
        assertThat(all).isEqualTo(IntStream.range(0, rows).toArray());
        int least = Arrays.stream(drawn.test()).mapToInt(f -> f.length).min().orElseThrow();
        int most = Arrays.stream(drawn.test()).mapToInt(f -> f.length).max().orElseThrow();
        assertThat(most - least).isLessThanOrEqualTo(1);
      }
    }
  }

  @Test
  void eachClassIsSpreadEvenly() {
    int[] classes = new Random(4).ints(97, 0, 3).toArray();
    Folds drawn = Folds.random(97, 5, classes, 42);
    for (int c = 0; c < 3; c++) {
      int wanted = c;
      int[] counts =
          Arrays.stream(drawn.test())
              .mapToInt(f -> (int) Arrays.stream(f).filter(r -> classes[r] == wanted).count())
              .toArray();
      assertThat(
              Arrays.stream(counts).max().orElseThrow() - Arrays.stream(counts).min().orElseThrow())
          .isLessThanOrEqualTo(1);
    }
  }

  @Test
  void aSeedDrawsTheSameFoldsAndAnotherDrawsOthers() {
    assertThat(Folds.random(50, 5, null, 1).test())
        .isDeepEqualTo(Folds.random(50, 5, null, 1).test());
    assertThat(
            Arrays.deepEquals(
                Folds.random(50, 5, null, 1).test(), Folds.random(50, 5, null, 2).test()))
        .isFalse();
  }

  @Test
  void tooFewOrTooManyFoldsAreRefused() {
    assertThatThrownBy(() -> Folds.random(5, 6, null, 1))
        .hasMessageStartingWith("6 folds of 5 rows");
    assertThatThrownBy(() -> Folds.random(5, 1, null, 1))
        .hasMessageStartingWith("1 folds of 5 rows");
  }

  @Test
  void rowsThatNoFoldTestsAreMarked() {
    Folds given = new Folds(new int[][] {{0, 3}, {2}});
    assertThat(given.ofRows(5)).containsExactly(0, -1, 1, 0, -1);
  }
}
