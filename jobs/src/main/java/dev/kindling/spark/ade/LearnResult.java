package dev.kindling.spark.ade;

import dev.kindling.Words;
import dev.kindling.ade.Metric;
import dev.kindling.spark.job.Outcome;
import java.util.Set;

/**
 * What learning came to.
 *
 * @param metric for points as they are
 * @param rank of A
 * @param rows that were learned from, or points that constraints name
 * @param online how constraints stood, or null
 * @param named ids of the points that a file of constraints names
 * @param accuracy of neighbors, or null
 */
record LearnResult(
    Learner learner,
    Metric metric,
    int rank,
    long rows,
    Online online,
    Set<Object> named,
    LearnAccuracy accuracy) {
  /** Not judged yet. Takes a singular value decomposition of U, for its rank. */
  static LearnResult of(
      Learner learner, Metric metric, long rows, Online online, Set<Object> named) {
    return new LearnResult(learner, metric, metric.rank(), rows, online, named, null);
  }

  /**
   * @param by null where no rows were left to judge it
   */
  LearnResult judged(LearnAccuracy by) {
    return new LearnResult(learner, metric, rank, rows, online, named, by);
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

  Outcome outcome() {
    Outcome outcome = Outcome.of(title()).record("rows", rows).record("rank", rank);
    if (online != null) {
      constraints(outcome);
    }
    if (accuracy != null) {
      accuracy.state(outcome);
      if (accuracy.harms()) {
        outcome.line("neighbors are worse than under the Euclidean distance: " + advice());
      }
    } else if (!named.isEmpty()) {
      outcome.line(
          "neighbors were not judged: no row with a label is left that no constraint names");
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

  String advice() {
    return switch (learner) {
      case rca -> "whitening by an inverse covariance can hurt them; try --learner lmnn";
      case nca, lmnn -> "try more rows or --iterations, or features in like units";
      default -> "try other or more constraints, or --learner lmnn";
    };
  }
}
