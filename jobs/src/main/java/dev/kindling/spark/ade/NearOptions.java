package dev.kindling.spark.ade;

import static dev.kindling.spark.ade.SearchSettings.K;
import static dev.kindling.spark.ade.SearchSettings.RADIUS;

import dev.kindling.spark.setting.Settings;
import java.util.Optional;

/**
 * How many neighbors, and how far away.
 *
 * @param k at most so many
 * @param radius none beyond it
 */
record NearOptions(Optional<Integer> k, Optional<Double> radius) {
  /** Where neither is given. */
  static final int USUAL = 10;

  /**
   * @throws dev.kindling.BadInput naming the setting, its value and what it may be
   */
  static NearOptions of(Settings settings) {
    settings.check(SearchSettings.NEAR.all());
    return new NearOptions(settings.find(K), settings.find(RADIUS));
  }

  /** How many, where a radius does not decide it. */
  int neighbors() {
    return k.orElse(USUAL);
  }

  /** For sentences. */
  String words() {
    String most = k.isPresent() || radius.isEmpty() ? "the nearest " + neighbors() : "all";
    return radius.map(r -> most + " within " + r).orElse(most);
  }

  /**
   * @param self whether queries are the points themselves
   */
  TileScan.Question question(boolean self) {
    int most = k.orElse(radius.isPresent() ? Integer.MAX_VALUE : USUAL);
    return new TileScan.Question(most, radius.orElse(Double.POSITIVE_INFINITY), self);
  }
}
