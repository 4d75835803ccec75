package dev.kindling.spark.ade;

import dev.kindling.BadInput;
import picocli.CommandLine.Option;

/** How a stream learns from constraints. What is null was not asked for. */
final class StreamLearnOptions {
  @Option(
      names = "--learner",
      paramLabel = "lego|itml|pola",
      description = "What learns from --constraints, as in ade learn.")
  Learner learner;

  @Option(
      names = "--eta",
      paramLabel = "η",
      description = "lego: the rate; large ones trust the constraint. Default: 1.")
  Double eta;

  @Option(
      names = "--upper",
      paramLabel = "u",
      description = "itml: the squared distance that similar points must not exceed.")
  Double upper;

  @Option(
      names = "--lower",
      paramLabel = "l",
      description = "itml: the squared distance that others must have at least.")
  Double lower;

  @Option(
      names = "--gamma",
      paramLabel = "γ",
      description = "itml: slack; large ones enforce the constraints. Default: 1.")
  Double gamma;

  @Option(
      names = "--scale",
      paramLabel = "s",
      description = "Differences are divided by s before they are learnt from. Default: 1.")
  Double scale;

  /**
   * @param constraints whether there are any
   * @throws BadInput naming the option, its value and what it may be
   */
  void check(boolean constraints) {
    if (constraints && learner == null) {
      throw new BadInput(
          "--constraints: give --learner lego, itml or pola, which learns from them");
    }
    if (!constraints && learner != null) {
      throw new BadInput("--learner " + learner + ": give --constraints URI to learn from");
    }
    if (learner != null && !learner.isOnline()) {
      throw new BadInput(
          "--learner " + learner + ": learns from labels; a stream takes lego, itml or pola");
    }
    OnlineSettings.isFor("--eta", eta, learner, Learner.lego);
    OnlineSettings.isFor("--upper", upper, learner, Learner.itml);
    OnlineSettings.isFor("--lower", lower, learner, Learner.itml);
    OnlineSettings.isFor("--gamma", gamma, learner, Learner.itml);
    OnlineSettings.isFor("--scale", scale, learner, Learner.lego, Learner.itml, Learner.pola);
    OnlineSettings.positive("--eta", eta);
    OnlineSettings.positive("--upper", upper);
    OnlineSettings.positive("--lower", lower);
    OnlineSettings.positive("--gamma", gamma);
    OnlineSettings.positive("--scale", scale);
    if (learner == Learner.itml && (upper == null || lower == null)) {
      throw new BadInput(
          "--learner itml: give --upper and --lower; ade learn prints what it takes from the points");
    }
  }

  /** Null without a learner. */
  OnlineSettings settings() {
    return learner == null
        ? null
        : new OnlineSettings(
            learner,
            eta == null ? OnlineSettings.ETA : eta,
            upper == null ? 0 : upper,
            lower == null ? 0 : lower,
            gamma == null ? OnlineSettings.GAMMA : gamma,
            scale == null ? 1 : scale);
  }
}
