package dev.kindling.spark.ade;

import static dev.kindling.spark.ade.LearnSettings.CONSTRAINTS;
import static dev.kindling.spark.ade.LearnSettings.ETA;
import static dev.kindling.spark.ade.LearnSettings.GAMMA;
import static dev.kindling.spark.ade.LearnSettings.LEARNER;
import static dev.kindling.spark.ade.LearnSettings.LOWER;
import static dev.kindling.spark.ade.LearnSettings.SCALE;
import static dev.kindling.spark.ade.LearnSettings.UPPER;

import dev.kindling.BadInput;
import dev.kindling.Words;
import dev.kindling.ade.Itml;
import dev.kindling.ade.Lego;
import dev.kindling.ade.Metric;
import dev.kindling.ade.OnlineMetricLearner;
import dev.kindling.ade.Pola;
import dev.kindling.linalg.Matrix;
import dev.kindling.spark.setting.Settings;
import java.util.Optional;

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
  /**
   * Those that are set.
   *
   * @param otherUpper where there is no bound of similar points
   * @param otherLower where there is no bound of others
   */
  static OnlineSettings of(Settings settings, double otherUpper, double otherLower) {
    requireOrder(settings);
    return new OnlineSettings(
        settings.get(LEARNER),
        settings.get(ETA),
        settings.given(UPPER).orElse(otherUpper),
        settings.given(LOWER).orElse(otherLower),
        settings.get(GAMMA),
        settings.get(SCALE));
  }

  /** What is similar must not be what is not. */
  static void requireOrder(Settings settings) {
    if (settings.isGiven(UPPER)
        && settings.isGiven(LOWER)
        && settings.get(UPPER) >= settings.get(LOWER)) {
      throw settings.bad(UPPER, "must be below %s", LOWER.is(settings.get(LOWER)));
    }
  }

  /**
   * Those of a stream, where there is nothing to take bounds from.
   *
   * @param constraints whether there are any to learn from
   * @return nothing without constraints
   * @throws BadInput naming a setting whose value does not go with the others
   */
  static Optional<OnlineSettings> ofStream(Settings settings, boolean constraints) {
    settings.check(LearnSettings.OF_STREAMS.all());
    Optional<Learner> learner = settings.given(LEARNER);
    if (constraints && learner.isEmpty()) {
      throw BadInput.of(
          "%s: give %s lego, itml or pola, which learns from them",
          CONSTRAINTS.named(), LEARNER.named());
    }
    if (!constraints && learner.isPresent()) {
      throw settings.bad(LEARNER, "give %s URI to learn from", CONSTRAINTS.named());
    }
    if (learner.isPresent() && !learner.get().isOnline()) {
      throw settings.bad(LEARNER, "learns from labels; a stream takes lego, itml or pola");
    }
    if (learner.equals(Optional.of(Learner.itml))
        && !(settings.isGiven(UPPER) && settings.isGiven(LOWER))) {
      throw settings.bad(
          LEARNER,
          "give %s and %s; ade learn prints what it takes from the points",
          UPPER.named(),
          LOWER.named());
    }
    return learner.map(online -> of(settings, 0, 0));
  }

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
    return Words.of(
        "%s --scale %s",
        switch (learner) {
          case lego -> "lego --eta " + eta;
          case itml -> "itml --upper " + upper + " --lower " + lower + " --gamma " + gamma;
          default -> learner.name();
        },
        scale);
  }
}
