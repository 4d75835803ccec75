package dev.kindling.spark.ade;

import dev.kindling.BadInput;
import dev.kindling.ade.AdaptivePlan;
import dev.kindling.ade.KeyedDraws;
import dev.kindling.sketch.SketchKind;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What to look for, and how. */
final class SearchOptions {
  @Mixin NearOptions near = new NearOptions();

  @Option(
      names = "--mode",
      paramLabel = "exact|sketch|adaptive|auto",
      description =
          "exact: the true neighbours. sketch: candidates by one random map, then their exact distances. adaptive: by many maps, fresh ones for each query, for queries that depend on answers. auto: exact, or sketch where it reads a third at most. Default: ${DEFAULT-VALUE}.")
  SearchMode mode = SearchMode.exact;

  @Option(
      names = "--eps",
      paramLabel = "ε",
      description = "Relative error of the estimates of sketches. Default: ${DEFAULT-VALUE}.")
  double epsilon = 0.2;

  @Option(
      names = "--delta",
      paramLabel = "δ",
      description =
          "Chance that one of a query's estimates is off by more. Default: ${DEFAULT-VALUE}.")
  double delta = 1e-3;

  @Option(
      names = "--sketch",
      paramLabel = "gaussian|srht|osnap",
      description = "sketch, adaptive: family of the random maps. Default: gaussian.")
  SketchKind sketch;

  @Option(
      names = "--candidates",
      paramLabel = "c",
      description =
          "sketch, adaptive: of a query, whose exact distances are taken. Default: 5k, or 50 where that is more.")
  Integer candidates;

  @Option(
      names = "--proved",
      description =
          "adaptive: as many maps as a proof takes, for up to 16 features or so. Default: a practical number, 2k/ε² rows in all.")
  boolean proved;

  @Option(
      names = "--key-file",
      paramLabel = "URI",
      description =
          "adaptive: 32 bytes or more that nobody else knows, so that the same run gives the same bytes. Default: a fresh key that nobody knows.")
  String keyFile;

  @Option(
      names = "--distances",
      description =
          "Also write the table distances: the estimates of sketch or adaptive for every query and point.")
  boolean distances;

  /**
   * Checks the options.
   *
   * @throws BadInput naming the option, its value and what it may be
   */
  void check() {
    near.check();
    share("--eps", epsilon);
    share("--delta", delta);
    if (candidates != null && candidates < near.neighbours()) {
      throw new BadInput("--candidates " + candidates + ": must be at least --k");
    }
    if (mode != SearchMode.adaptive && (proved || keyFile != null)) {
      throw new BadInput(
          (proved ? "--proved" : "--key-file") + ": is for --mode adaptive, not " + mode);
    }
    if (mode == SearchMode.exact && (candidates != null || sketch != null)) {
      throw new BadInput(
          (candidates != null ? "--candidates" : "--sketch")
              + ": an exact search has none; give --mode sketch or adaptive");
    }
    if (mode == SearchMode.exact && distances) {
      throw new BadInput(
          "--distances: estimates are of --mode sketch or adaptive; for all exact distances give --k the number of points");
    }
  }

  /**
   * How sketches are made where the mode has any.
   *
   * @param rows of the metric
   * @param points how many
   * @param seed of the run
   * @param key of adaptive draws; not asked for otherwise
   * @return null for an exact search
   */
  Sketching sketching(int rows, long points, long seed, Supplier<byte[]> key) {
    int most = candidates != null ? candidates : Sketching.candidates(near.neighbours());
    SketchKind kind = sketch == null ? SketchKind.GAUSSIAN : sketch;
    if (mode == SearchMode.adaptive) {
      byte[] secret = key.get();
      return new Sketching(
          kind, adaptive(rows, points), epsilon, delta, most, KeyedDraws.seed(secret), secret);
    }
    Sketching fixed = new Sketching(kind, fixed(points), epsilon, delta, most, seed, null);
    boolean pays =
        mode == SearchMode.sketch || (mode == SearchMode.auto && fixed.pays(rows, points));
    return pays ? fixed : null;
  }

  private AdaptivePlan fixed(long points) {
    try {
      return Sketching.fixed(epsilon, delta, points);
    } catch (IllegalArgumentException e) {
      throw new BadInput("--eps, --delta: " + e.getMessage() + "; give a larger ε", e);
    }
  }

  private AdaptivePlan adaptive(int rows, long points) {
    try {
      return proved
          ? AdaptivePlan.proved(rows, epsilon, delta, points)
          : AdaptivePlan.practical(rows, epsilon, delta, points);
    } catch (IllegalArgumentException e) {
      throw new BadInput("--mode adaptive: " + e.getMessage() + "; give a larger --eps", e);
    }
  }

  private static void share(String option, double value) {
    if (!(value > 0 && value < 1)) {
      throw new BadInput(option + " " + value + ": must be above 0 and below 1");
    }
  }
}
