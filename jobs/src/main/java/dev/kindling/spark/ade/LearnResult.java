package dev.kindling.spark.ade;

import dev.kindling.ade.Metric;
import dev.kindling.spark.job.Run;
import java.util.Locale;

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

  void record(Run run) {
    run.metric("rows", rows);
    run.metric("rank", rank);
    if (online != null) {
      run.metric("constraints", online.constraints());
      if (learner == Learner.lego) {
        run.metric("error_before", online.before().error());
        run.metric("error_after", online.after().error());
      } else {
        run.metric("violated_before", online.before().violated());
        run.metric("violated_after", online.after().violated());
      }
      if (learner == Learner.itml) {
        run.metric("upper", online.judge().upper());
        run.metric("lower", online.judge().lower());
      }
      if (learner == Learner.pola) {
        run.metric("threshold", online.judge().pola().threshold());
      }
    }
    if (accuracy != null) {
      run.metric("accuracy_rows", accuracy.rows());
      run.metric("accuracy_before", accuracy.before());
      run.metric("accuracy_after", accuracy.after());
    }
  }

  void say(Run run) {
    run.say(title());
    if (online != null) {
      run.say("  " + constraintsLine());
      if (learner == Learner.itml) {
        run.say(
            String.format(
                Locale.ROOT,
                "  bounds        similar d² ≤ %.4g, others d² ≥ %.4g",
                online.judge().upper(),
                online.judge().lower()));
      }
      if (learner == Learner.pola) {
        run.say(
            String.format(
                Locale.ROOT,
                "  threshold     similar where d² < %.4g",
                online.judge().pola().threshold()));
      }
    }
    if (accuracy != null) {
      run.say(
          String.format(
              Locale.ROOT,
              "  3-NN accuracy %.2f %%, Euclidean %.2f %% (each of %,d rows by the others)",
              100 * accuracy.after(),
              100 * accuracy.before(),
              accuracy.rows()));
      if (harms()) {
        run.say("  neighbors are worse than before: " + advice());
      }
    }
  }

  String title() {
    return String.format(
        Locale.ROOT,
        "%s: a metric of rank %,d for %,d features, from %,d %s",
        learner,
        rank,
        metric.dimension(),
        rows,
        learner.isOnline() ? "points" : "rows");
  }

  String constraintsLine() {
    String sweeps = online.sweeps() == 1 ? "" : " in " + online.sweeps() + " sweeps";
    return learner == Learner.lego
        ? String.format(
            Locale.ROOT,
            "constraints   %,d%s; error of d² %.4g, before %.4g (root mean square)",
            online.constraints(),
            sweeps,
            online.after().error(),
            online.before().error())
        : String.format(
            Locale.ROOT,
            "constraints   %,d%s; violated %,d, before %,d",
            online.constraints(),
            sweeps,
            online.after().violated(),
            online.before().violated());
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
