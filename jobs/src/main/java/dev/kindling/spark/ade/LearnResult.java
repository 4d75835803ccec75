package dev.kindling.spark.ade;

import dev.kindling.Words;
import dev.kindling.ade.Metric;
import dev.kindling.spark.job.Outcome;

/**
 * What learning came to.
 *
 * @param metric for points as they are
 * @param rank of A
 * @param rows that were learnt from, or points that constraints name
 * @param online how constraints stood, or null
 * @param accuracy of three neighbours, or null
 */
record LearnResult(
    Learner learner, Metric metric, int rank, long rows, Online online, Accuracy accuracy) {
  /** Not judged yet. Takes a singular value decomposition of U, for its rank. */
  static LearnResult of(Learner learner, Metric metric, long rows, Online online) {
    return new LearnResult(learner, metric, metric.rank(), rows, online, null);
  }

  LearnResult judged(Accuracy by) {
    return new LearnResult(learner, metric, rank, rows, online, by);
  }

  /**
   * Of an online learner.
   *
   * @param constraints in one sweep
   * @param judge with the learner's last threshold
   */
  record Online(
      int constraints,
      int sweeps,
      OnlineFit.Standing before,
      OnlineFit.Standing after,
      Judge judge,
      LearnHistory history) {}

  /**
   * Of the three nearest others of some rows.
   *
   * @param rows how many
   * @param before by the Euclidean metric
   */
  record Accuracy(int rows, double before, double after) {}

  Outcome outcome() {
    Outcome outcome = Outcome.of(title()).record("rows", rows).record("rank", rank);
    if (online != null) {
      constraints(outcome);
    }
    if (accuracy != null) {
      outcome
          .percent(
              "accuracy_after",
              accuracy.after(),
              Words.of("each of %,d rows by its three nearest others", accuracy.rows()))
          .percent("accuracy_before", accuracy.before(), "under the Euclidean distance")
          .record("accuracy_rows", accuracy.rows());
      if (harms()) {
        outcome.line("neighbors are worse than before: " + advice());
      }
    }
    return outcome;
  }

  private void constraints(Outcome outcome) {
    outcome.count(
        "constraints",
        online.constraints(),
        online.sweeps() == 1 ? "" : "in " + online.sweeps() + " sweeps");
    if (learner == Learner.lego) {
      outcome
          .figure("error_after", online.after().error(), "%.4g", "root mean square, of d²")
          .figure("error_before", online.before().error(), "%.4g");
    } else {
      outcome
          .count("violated_after", online.after().violated())
          .count("violated_before", online.before().violated());
    }
    if (learner == Learner.itml) {
      outcome
          .figure("upper", online.judge().upper(), "%.4g", "similar points: d² at most")
          .figure("lower", online.judge().lower(), "%.4g", "others: d² at least");
    }
    if (learner == Learner.pola) {
      outcome.figure(
          "threshold", online.judge().pola().threshold(), "%.4g", "similar where d² is below");
    }
  }

  String title() {
    return Words.of(
        "%s: a metric of rank %,d for %,d features, from %,d %s",
        learner, rank, metric.dimension(), rows, learner.isOnline() ? "points" : "rows");
  }

  boolean harms() {
    return accuracy != null && accuracy.after() < accuracy.before();
  }

  String advice() {
    return switch (learner) {
      case rca -> "whitening by an inverse covariance can hurt them; try --learner nca or lmnn";
      case nca, lmnn -> "try more --iterations, or more rows";
      default -> "try other or more constraints, or --learner nca or lmnn";
    };
  }
}
