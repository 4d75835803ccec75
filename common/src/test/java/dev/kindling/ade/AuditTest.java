package dev.kindling.ade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kindling.ade.Audit.Reached;
import dev.kindling.sketch.SketchKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What both attacks reach. Bounds leave more than five standard deviations of what other seeds give
 * (30 were looked at), so that a sound change of the random numbers fails less than once in 10⁵.
 */
class AuditTest {
  private static final int K = 64;
  private static final double EPSILON = 0.3;

  private static Audit fixed(SketchKind kind, long seed) {
    return new Audit(kind, new AdaptivePlan(1, 16, 1, false), K, EPSILON, seed);
  }

  private static Audit adaptive(SketchKind kind, long seed) {
    return new Audit(kind, new AdaptivePlan(200, 40, 15, false), K, EPSILON, seed);
  }

  private static Reached last(Audit audit, int answers) {
    List<Reached> looks = audit.answers(answers, t -> {});
    return looks.get(looks.size() - 1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aFixedSketchFallsToBoth(long seed) {
    Reached gram = fixed(SketchKind.GAUSSIAN, seed).gram(24);
    assertThat(gram.low()).isLessThan(0.001); // 24 dimensions in 16 rows
    assertThat(gram.high()).isGreaterThan(1.5);
    assertThat(gram.wrong()).isOne();
    assertThat(gram.answers()).isEqualTo(Audit.known(24));

    Reached answers = last(fixed(SketchKind.GAUSSIAN, seed), 4096);
    assertThat(answers.low()).isLessThan(0.6);
    assertThat(answers.high()).isGreaterThan(1.6);
    assertThat(answers.wrong()).isOne();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theAdaptiveStructureStands(long seed) {
    for (Reached reached :
        List.of(
            adaptive(SketchKind.GAUSSIAN, seed).gram(24),
            last(adaptive(SketchKind.GAUSSIAN, seed), 4096))) {
      assertThat(reached.wrong()).isLessThan(1e-3);
      assertThat(reached.low()).isGreaterThan(0.85);
      assertThat(reached.high()).isLessThan(1.15);
    }
  }

  @ParameterizedTest
  @EnumSource(SketchKind.class)
  void soItIsInEveryFamily(SketchKind kind) {
    assertThat(last(fixed(kind, 4), 4096).wrong()).isOne();
    assertThat(last(adaptive(kind, 4), 4096).wrong()).isLessThan(1e-3);
  }

  @Test
  void aFewSketchesDoNotStand() {
    Audit few = new Audit(SketchKind.GAUSSIAN, new AdaptivePlan(3, 16, 3, false), K, EPSILON, 5);
    assertThat(last(few, 4096).wrong()).isGreaterThan(0.2);
  }

  @Test
  void anAuditIsItsSeeds() {
    assertThat(adaptive(SketchKind.GAUSSIAN, 6).gram(8))
        .isEqualTo(adaptive(SketchKind.GAUSSIAN, 6).gram(8))
        .isNotEqualTo(adaptive(SketchKind.GAUSSIAN, 7).gram(8));
    assertThat(fixed(SketchKind.GAUSSIAN, 6).answers(300, t -> {}))
        .isEqualTo(fixed(SketchKind.GAUSSIAN, 6).answers(300, t -> {}))
        .isNotEqualTo(fixed(SketchKind.GAUSSIAN, 7).answers(300, t -> {}));
  }

  @Test
  void looksAreAtPowersOfTwoAndAtTheEnd() {
    List<Long> told = new ArrayList<>();
    List<Reached> looks = fixed(SketchKind.GAUSSIAN, 8).answers(600, told::add);
    assertThat(looks.stream().map(Reached::answers))
        .containsExactly(16L, 32L, 64L, 128L, 256L, 512L, 600L);
    assertThat(told).containsExactly(256L, 512L);
    // A shorter attack is the beginning of a longer one.
    assertThat(fixed(SketchKind.GAUSSIAN, 8).answers(128, t -> {})).isEqualTo(looks.subList(0, 4));
    assertThat(fixed(SketchKind.GAUSSIAN, 8).answers(5, t -> {})).hasSize(1);
  }

  @Test
  void anEvenNumberOfDrawsHasNoMedian() {
    AdaptivePlan even = new AdaptivePlan(4, 8, 2, false);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Audit(SketchKind.GAUSSIAN, even, K, EPSILON, 1))
        .withMessageContaining("2 draws");
  }
}
