package dev.kindling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DidYouMeanTest {
  private static final long SEED = 7;

  @Test
  void aSwapALostAndAnAddedLetterAreFound() {
    List<String> known = List.of("gntk", "train", "softmax-fit", "kernel-solve");
    assertThat(DidYouMean.of("trian", known)).contains("train");
    assertThat(DidYouMean.of("softmaxfit", known)).contains("softmax-fit");
    assertThat(DidYouMean.of("kernel-solved", known)).contains("kernel-solve");
    assertThat(DidYouMean.of("GNTK", known)).contains("gntk");
  }

  @Test
  void nothingIsGuessedWhenNothingIsNear() {
    assertThat(DidYouMean.of("bench", List.of("gntk", "coin"))).isEmpty();
    assertThat(DidYouMean.of("x", List.of())).isEmpty();
    assertThat(DidYouMean.of("x", List.of("y"))).isEmpty();
  }

  @Test
  void equallyNearNamesAreTakenInAlphabeticalOrder() {
    assertThat(DidYouMean.of("c1x", List.of("c1z", "c1y"))).contains("c1y");
  }

  @Test
  void distanceIsSymmetricAndZeroOnlyForEqualNames() {
    Random random = new Random(SEED);
    for (int trial = 0; trial < 200; trial++) {
      String a = word(random);
      String b = word(random);
      assertThat(DidYouMean.distance(a, b))
          .as("seed %d: %s, %s", SEED, a, b)
          .isEqualTo(DidYouMean.distance(b, a))
          .isLessThanOrEqualTo(Math.max(a.length(), b.length()))
          .isGreaterThanOrEqualTo(Math.abs(a.length() - b.length()));
      assertThat(DidYouMean.distance(a, b) == 0).isEqualTo(a.equals(b));
    }
  }

  private static String word(Random random) {
    StringBuilder word = new StringBuilder();
    for (int length = random.nextInt(6); length > 0; length--) {
      word.append((char) ('a' + random.nextInt(3)));
    }
    return word.toString();
  }
}
