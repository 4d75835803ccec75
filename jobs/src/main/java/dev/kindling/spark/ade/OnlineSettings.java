package dev.kindling.spark.ade;

import dev.kindling.BadInput;
import dev.kindling.ade.Itml;
import dev.kindling.ade.Lego;
import dev.kindling.ade.Metric;
import dev.kindling.ade.OnlineMetricLearner;
import dev.kindling.ade.Pola;
import dev.kindling.linalg.Matrix;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * An online learner with its parameters; those of the others do not count.
 *
 * @param eta lego's rate
 * @param upper itml's bound of similar points
 * @param lower itml's bound of others
 * @param gamma itml's slack
 * @param scale what differences are divided by
 */
record OnlineSettings(
    Learner learner, double eta, double upper, double lower, double gamma, double scale) {
  static final double ETA = 1;
  static final double GAMMA = 1;

  /**
   * A new one.
   *
   * @param constraints how many there may be
   */
  OnlineMetricLearner make(int constraints) {
    return switch (learner) {
      case lego -> new Lego(eta);
      case itml -> new Itml(upper, lower, gamma, constraints);
      case pola -> new Pola();
      default -> throw new IllegalStateException(learner + " is not online");
    };
  }

  /** What judges the constraints of a learner of {@link #make}. */
  Judge judge(OnlineMetricLearner made) {
    return new Judge(learner, upper, lower, made instanceof Pola pola ? pola : null);
  }

  /** U of a metric as the learner needs it: POLA's has as many rows as columns. */
  Matrix factor(Metric metric) {
    Matrix u = metric.factor();
    int d = u.cols();
    if (learner != Learner.pola || u.rows() >= d) {
      return u;
    }
    Matrix square = Matrix.zeros(d, d);
    for (int j = 0; j < d; j++) {
      System.arraycopy(u.values(), j * u.rows(), square.values(), j * d, u.rows());
    }
    return square;
  }

  /** What tells a learner from others. */
  String words() {
    return switch (learner) {
          case lego -> "lego --eta " + eta;
          case itml -> "itml --upper " + upper + " --lower " + lower + " --gamma " + gamma;
          default -> learner.name();
        }
        + " --scale "
        + scale;
  }

  /**
   * @throws BadInput if an option is given that another learner has
   */
  static void isFor(String option, Object value, Learner given, Learner... whose) {
    if (value != null && !Arrays.asList(whose).contains(given)) {
      throw new BadInput(
          option
              + (" " + value + ": is for --learner ")
              + Arrays.stream(whose).sorted().map(Learner::name).collect(Collectors.joining(", ")));
    }
  }

  /**
   * @throws BadInput if it is given and not positive and finite
   */
  static void positive(String option, Double value) {
    if (value != null && !(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new BadInput(option + " " + value + ": must be positive and finite");
    }
  }
}
