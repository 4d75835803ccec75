package dev.kindling.spark.ade;

import dev.kindling.BadInput;
import dev.kindling.ade.Lmnn;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** How a metric is learnt. What is null was not asked for. */
final class LearnOptions {
  static final int NCA_ITERATIONS = 100;
  static final long CHECKPOINT = 1000;

  @Option(
      names = "--learner",
      paramLabel = "lego|itml|pola|rca|nca|lmnn",
      required = true,
      description =
          "lego, itml and pola learn online, from constraints on pairs; rca, nca and lmnn from labels.")
  Learner learner;

  @Option(
      names = "--constraints",
      paramLabel = "FILE",
      description =
          "lego, itml, pola: a table of i, j, target, used in its order: two ids, and a squared distance (lego), or 1 for similar and -1 for not.")
  String constraints;

  @Option(
      names = "--pairs",
      paramLabel = "n",
      description =
          "itml, pola without --constraints: draw so many pairs from the labels, every other one of one class. Default: 40·C·(C−1) for C classes, at most 100,000.")
  Integer pairs;

  @Option(
      names = "--sweeps",
      paramLabel = "n",
      description = "lego, itml, pola: times through the constraints. Default: 1.")
  Integer sweeps;

  @Option(
      names = "--eta",
      paramLabel = "η",
      description = "lego: the rate; large ones trust the constraint. Default: 1.")
  Double eta;

  @Option(
      names = "--initial",
      paramLabel = "identity|zero|FILE",
      description =
          "lego, itml, pola: where to start; FILE is a factor U, k×d. Default: identity; zero for pola.")
  String initial;

  @Option(
      names = "--upper",
      paramLabel = "u",
      description =
          "itml: the squared distance that similar points must not exceed. Default: the 5th percentile of the points' squared distances under --initial.")
  Double upper;

  @Option(
      names = "--lower",
      paramLabel = "l",
      description =
          "itml: the squared distance that others must have at least. Default: the 95th percentile.")
  Double lower;

  @Option(
      names = "--gamma",
      paramLabel = "γ",
      description = "itml: slack; large ones enforce the constraints. Default: 1.")
  Double gamma;

  @Option(
      names = "--scale",
      paramLabel = "s",
      description =
          "lego, itml, pola: differences are divided by s before they are learnt from. Default: 1.")
  Double scale;

  @Option(
      names = "--shrink",
      paramLabel = "f",
      description =
          "rca: the share of the within-class covariance that becomes a multiple of the identity, 0 to 1. Default: 0.")
  Double shrink;

  @Option(
      names = "--rank",
      paramLabel = "k",
      description = "nca: rows of the factor U, 1 to d. Default: d.")
  Integer rank;

  @Option(
      names = "--iterations",
      paramLabel = "n",
      description =
          "nca: steps of L-BFGS at most, default 100; lmnn: rounds of ten steps at most, default 50.")
  Integer iterations;

  @Option(
      names = "--neighbors",
      paramLabel = "k",
      description = "lmnn: target neighbours of each point. Default: 3.")
  Integer neighbors;

  @Option(
      names = "--push",
      paramLabel = "μ",
      description = "lmnn: weight of the push against the pull, between 0 and 1. Default: 0.5.")
  Double push;

  @Option(
      names = "--sample",
      paramLabel = "n",
      description = "nca, lmnn: learn from so many rows, drawn at random. Default: all.")
  Integer sample;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "n",
      description =
          "lego, itml, pola: constraints between two checkpoints, from which --resume goes on. Default: 1,000.")
  Long checkpointEvery;

  /**
   * @throws BadInput naming the option, its value and what it may be
   */
  void check() {
    Set<Learner> online = Set.of(Learner.lego, Learner.itml, Learner.pola);
    Set<Learner> pairwise = Set.of(Learner.itml, Learner.pola);
    isFor("--constraints", constraints, online);
    isFor("--pairs", pairs, pairwise);
    isFor("--sweeps", sweeps, online);
    isFor("--eta", eta, Set.of(Learner.lego));
    isFor("--initial", initial, online);
    isFor("--upper", upper, Set.of(Learner.itml));
    isFor("--lower", lower, Set.of(Learner.itml));
    isFor("--gamma", gamma, Set.of(Learner.itml));
    isFor("--scale", scale, online);
    isFor("--shrink", shrink, Set.of(Learner.rca));
    isFor("--rank", rank, Set.of(Learner.nca));
    isFor("--iterations", iterations, Set.of(Learner.nca, Learner.lmnn));
    isFor("--neighbors", neighbors, Set.of(Learner.lmnn));
    isFor("--push", push, Set.of(Learner.lmnn));
    isFor("--sample", sample, Set.of(Learner.nca, Learner.lmnn));
    isFor("--checkpoint-every", checkpointEvery, online);
    atLeast("--pairs", pairs, 1);
    atLeast("--sweeps", sweeps, 1);
    atLeast("--rank", rank, 1);
    atLeast("--iterations", iterations, 1);
    atLeast("--neighbors", neighbors, 1);
    atLeast("--sample", sample, 2);
    atLeast("--checkpoint-every", checkpointEvery, 1);
    OnlineSettings.positive("--eta", eta);
    OnlineSettings.positive("--upper", upper);
    OnlineSettings.positive("--lower", lower);
    OnlineSettings.positive("--gamma", gamma);
    OnlineSettings.positive("--scale", scale);
    if (shrink != null && !(shrink >= 0 && shrink <= 1)) {
      throw new BadInput("--shrink " + shrink + ": must be from 0 to 1");
    }
    if (push != null && !(push > 0 && push < 1)) {
      throw new BadInput("--push " + push + ": must be above 0 and below 1");
    }
    if (constraints != null && pairs != null) {
      throw new BadInput("--pairs " + pairs + ": pairs are drawn where there are no --constraints");
    }
    if (learner == Learner.lego && constraints == null) {
      throw new BadInput(
          "--learner lego: give --constraints FILE; its targets are squared distances, which no label tells");
    }
    if ("zero".equals(initial) && learner != Learner.pola) {
      throw new BadInput(
          "--initial zero: is for --learner pola; " + learner + " never leaves a distance of zero");
    }
  }

  private void isFor(String option, Object value, Set<Learner> whose) {
    OnlineSettings.isFor(option, value, learner, whose.toArray(Learner[]::new));
  }

  private static void atLeast(String option, Number value, long least) {
    if (value != null && value.longValue() < least) {
      throw new BadInput(option + " " + value + ": must be at least " + least);
    }
  }

  /** Whether constraints are drawn from labels. */
  boolean drawsPairs() {
    return learner.isOnline() && constraints == null;
  }

  boolean needsLabels() {
    return !learner.isOnline() || drawsPairs();
  }

  /** The file of --initial, or null. */
  String initialFile() {
    return initial == null || List.of("identity", "zero").contains(initial) ? null : initial;
  }

  boolean startsAtZero() {
    return "zero".equals(initial) || (initial == null && learner == Learner.pola);
  }

  int timesThrough() {
    return sweeps == null ? 1 : sweeps;
  }

  /** With the bounds of itml, where they are not given. */
  OnlineSettings online(double otherUpper, double otherLower) {
    return new OnlineSettings(
        learner,
        eta == null ? OnlineSettings.ETA : eta,
        upper == null ? otherUpper : upper,
        lower == null ? otherLower : lower,
        gamma == null ? OnlineSettings.GAMMA : gamma,
        divisor());
  }

  double divisor() {
    return scale == null ? 1 : scale;
  }

  long stepsToCheckpoint() {
    return checkpointEvery == null ? CHECKPOINT : checkpointEvery;
  }

  int ncaIterations() {
    return iterations == null ? NCA_ITERATIONS : iterations;
  }

  int ncaRank(int features) {
    return rank == null ? features : rank;
  }

  Lmnn.Settings lmnn() {
    Lmnn.Settings d = Lmnn.Settings.DEFAULT;
    return new Lmnn.Settings(
        neighbors == null ? d.neighbours() : neighbors,
        push == null ? d.push() : push,
        iterations == null ? d.refreshments() : iterations);
  }
}
