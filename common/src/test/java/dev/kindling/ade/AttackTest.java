package dev.kindling.ade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.linalg.Matrix;
import dev.kindling.sketch.SketchKind;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Both attacks bring a fixed sketch down, and the adaptive structure stands. */
class AttackTest {
  private static final byte[] KEY = new byte[KeyedDraws.KEY];

  private static AdaptiveDistances structure(Matrix points, AdaptivePlan plan) {
    Sketches sketches =
        new Sketches(SketchKind.GAUSSIAN, plan.sketches(), plan.rows(), points.rows(), 99);
    return new AdaptiveDistances(
        sketches,
        new SketchedPoints(sketches, points),
        new KeyedDraws(KEY, plan.sketches(), plan.draws()));
  }

  private static Matrix gaussian(int k, int n, long seed) {
    Random random = new Random(seed);
    Matrix points = Matrix.zeros(k, n);
    for (int i = 0; i < k * n; i++) {
      points.values()[i] = random.nextGaussian();
    }
    return points;
  }

  /** What a direction's length of 1 is answered with, from the first point. */
  private static double answer(AdaptiveDistances structure, Matrix points, double[] direction) {
    double[] query = GramAttack.column(points, 0);
    for (int i = 0; i < query.length; i++) {
      query[i] += direction[i];
    }
    return structure.all(query)[0];
  }

  @Test
  void oneAnswerOfAFixedSketchGivesItAway() {
    int k = 16;
    Matrix points = gaussian(k, GramAttack.points(k) + 40, 5);

    AdaptiveDistances fixed = structure(points, new AdaptivePlan(1, 12, 1, false));
    double[] crafted = GramAttack.directions(points, fixed.all(new double[k]))[0];
    assertThat(answer(fixed, points, crafted)).isLessThan(0.01);

    double epsilon = 0.5;
    AdaptivePlan plan = AdaptivePlan.practical(k, epsilon, 1e-3, points.cols());
    AdaptiveDistances adaptive = structure(points, plan);
    double[] same = GramAttack.directions(points, adaptive.all(new double[k]))[0];
    assertThat(answer(adaptive, points, same)).isBetween(1 - epsilon, 1 + epsilon);
  }

  @Test
  void scalarAnswersLeadAFixedSketchAstray() {
    int k = 128;
    int answers = 8192;
    double[] fixed = astray(new AdaptivePlan(1, 60, 1, false), k, answers);
    assertThat(fixed[0]).isLessThan(0.7);
    assertThat(fixed[1]).isGreaterThan(1.5);
    double[] adaptive = astray(new AdaptivePlan(64, 60, 5, false), k, answers);
    assertThat(adaptive[0]).isGreaterThan(0.8);
    assertThat(adaptive[1]).isLessThan(1.2);
  }

  /** The least and greatest answer for the crafted directions of length 1. */
  private static double[] astray(AdaptivePlan plan, int k, int answers) {
    Matrix origin = Matrix.zeros(k, 1);
    AdaptiveDistances structure = structure(origin, plan);
    AnswerAttack attack = new AnswerAttack(k);
    Random random = new Random(8);
    for (int t = 0; t < answers; t++) {
      double[] v = new double[k];
      double squares = 0;
      for (int i = 0; i < k; i++) {
        v[i] = random.nextGaussian();
        squares += v[i] * v[i];
      }
      for (int i = 0; i < k; i++) {
        v[i] /= Math.sqrt(squares);
      }
      attack.answered(v, structure.all(v)[0]);
    }
    assertThat(attack.answers()).isEqualTo(answers);
    double[][] crafted = attack.directions();
    return new double[] {
      answer(structure, origin, crafted[0]), answer(structure, origin, crafted[1])
    };
  }
}
