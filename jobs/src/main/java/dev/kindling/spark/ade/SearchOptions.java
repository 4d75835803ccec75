package dev.kindling.spark.ade;

import static dev.kindling.spark.ade.SearchSettings.CANDIDATES;
import static dev.kindling.spark.ade.SearchSettings.DELTA;
import static dev.kindling.spark.ade.SearchSettings.DISTANCES;
import static dev.kindling.spark.ade.SearchSettings.EPSILON;
import static dev.kindling.spark.ade.SearchSettings.K;
import static dev.kindling.spark.ade.SearchSettings.KEY_FILE;
import static dev.kindling.spark.ade.SearchSettings.MODE;
import static dev.kindling.spark.ade.SearchSettings.PROVED;
import static dev.kindling.spark.ade.SearchSettings.SEARCH;
import static dev.kindling.spark.ade.SearchSettings.SKETCH;

import dev.kindling.BadInput;
import dev.kindling.ade.AdaptivePlan;
import dev.kindling.ade.KeyedDraws;
import dev.kindling.sketch.SketchKind;
import dev.kindling.spark.setting.Settings;
import java.util.Optional;
import java.util.function.Supplier;

/** What the settings of a search come to. Immutable. */
final class SearchOptions {
  private final Settings settings;
  private final NearOptions near;

  private SearchOptions(Settings settings) {
    this.settings = settings;
    this.near = NearOptions.of(settings);
  }

  /**
   * @throws BadInput naming a setting whose value does not go with the others
   */
  static SearchOptions of(Settings settings) {
    settings.check(SEARCH.all());
    SearchOptions options = new SearchOptions(settings);
    options.check();
    return options;
  }

  private void check() {
    if (settings.given(CANDIDATES).orElse(Integer.MAX_VALUE) < near.neighbors()) {
      throw settings.bad(CANDIDATES, "must be at least %s", K.named());
    }
    if (mode() == SearchMode.exact && distances()) {
      throw settings.bad(
          DISTANCES,
          "estimates are of %s or adaptive; for all exact distances give %s the number of points",
          MODE.is(SearchMode.sketch),
          K.named());
    }
  }

  NearOptions near() {
    return near;
  }

  private SearchMode mode() {
    return settings.get(MODE);
  }

  /** Whether an exact search is all that may be asked for. */
  boolean mayBeExact() {
    return mode() == SearchMode.exact || mode() == SearchMode.auto;
  }

  double epsilon() {
    return settings.get(EPSILON);
  }

  double delta() {
    return settings.get(DELTA);
  }

  /** Of the draws of an adaptive search. */
  Optional<String> keyFile() {
    return settings.given(KEY_FILE);
  }

  /** Whether to write every estimate. */
  boolean distances() {
    return settings.get(DISTANCES);
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
    int most = settings.given(CANDIDATES).orElse(Sketching.candidates(near.neighbors()));
    SketchKind kind = settings.get(SKETCH);
    if (mode() == SearchMode.adaptive) {
      AdaptivePlan plan = fitting(adaptive(rows, points), rows);
      byte[] secret = key.get();
      return new Sketching(kind, plan, epsilon(), delta(), most, KeyedDraws.seed(secret), secret);
    }
    Sketching fixed = new Sketching(kind, fixed(points), epsilon(), delta(), most, seed, null);
    boolean pays =
        mode() == SearchMode.sketch || (mode() == SearchMode.auto && fixed.pays(rows, points));
    if (pays) {
      fitting(fixed.plan(), rows);
    }
    return pays ? fixed : null;
  }

  private AdaptivePlan fitting(AdaptivePlan plan, int rows) {
    int most = settings.get(SKETCH).mostRows(rows);
    if (plan.rows() > most) {
      throw settings.bad(
          SKETCH,
          "has at most %,d rows for a metric of %,d, and %s and %s ask for %,d; give %s, or a larger %s",
          most,
          rows,
          EPSILON.is(epsilon()),
          DELTA.is(delta()),
          plan.rows(),
          SKETCH.is(SketchKind.GAUSSIAN),
          EPSILON.named());
    }
    return plan;
  }

  private AdaptivePlan fixed(long points) {
    try {
      return Sketching.fixed(epsilon(), delta(), points);
    } catch (IllegalArgumentException e) {
      throw BadInput.of(
          e, "%s, %s: %s; give a larger ε", EPSILON.named(), DELTA.named(), e.getMessage());
    }
  }

  private AdaptivePlan adaptive(int rows, long points) {
    try {
      return settings.get(PROVED)
          ? AdaptivePlan.proved(rows, epsilon(), delta(), points)
          : AdaptivePlan.practical(rows, epsilon(), delta(), points);
    } catch (IllegalArgumentException e) {
      throw BadInput.of(
          e,
          "%s: %s; give a larger %s",
          MODE.is(SearchMode.adaptive),
          e.getMessage(),
          EPSILON.named());
    }
  }
}
