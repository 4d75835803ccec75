package dev.kindling.spark.ade;

import dev.kindling.sketch.SketchKind;
import dev.kindling.spark.setting.Setting;
import dev.kindling.spark.setting.SettingGroup;

/** What an audit attacks, and how hard. */
final class AuditSettings {
  static final int MOST_DIMENSIONS = 16_384;

  /** The normal equations of 256 dimensions are a matrix of 32,896². */
  private static final int MOST_GRAM = 256;

  static final Setting<Integer> DIMENSION =
      Setting.whole("--dimension", "dimension", "k")
          .atLeast(2)
          .atMost(MOST_DIMENSIONS)
          .or(256)
          .describedAs("Dimension of the points.");

  static final Setting<Integer> GRAM =
      Setting.whole("--gram-dimension", "gramDimension", "g")
          .atLeast(2)
          .atMost(MOST_GRAM)
          .orElse("48, or {dimension} where that is less")
          .describedAs(
              "Coordinates in which the gram attack's points differ; it solves for g(g+1)/2 unknowns.");

  static final Setting<Long> ANSWERS =
      Setting.wholeLong("--answers", "answers", "N")
          .atLeast(1)
          .atMost(1L << 40)
          .or(16_384L)
          .describedAs("Answers that the answers attack sees.");

  static final Setting<Double> EPSILON =
      Setting.number("--eps", "epsilon", "ε")
          .above(0)
          .below(1)
          .or(0.2)
          .describedAs("An answer is wrong if it is off by more than this share.");

  static final Setting<Double> DELTA =
      Setting.number("--delta", "delta", "δ")
          .above(0)
          .below(1)
          .or(0.001)
          .describedAs("Share of answers that may be wrong.");

  static final Setting<Integer> SKETCHES =
      Setting.whole("--sketches", "sketches", "L")
          .atLeast(1)
          .orElse("the practical setting, at least 2k/ε² rows in all")
          .describedAs("Sketches of the adaptive structure.");

  static final Setting<Integer> ROWS =
      Setting.whole("--rows", "rows", "m")
          .atLeast(1)
          .atMost(MOST_DIMENSIONS)
          .orElse("so many that a tenth of all sketches are off by more than {epsilon}")
          .describedAs("Rows of each sketch, the fixed one too.");

  static final Setting<Integer> DRAWS =
      Setting.whole("--draws", "draws", "r")
          .atLeast(1)
          .atMost(999)
          .checked(r -> r % 2 == 0 ? "must be odd, for a median" : null)
          .orElse("for one query of all points of the gram attack to be right but for {delta}")
          .describedAs("Sketches that a query draws, an odd number.");

  static final Setting<SketchKind> SKETCH =
      Setting.choice("--sketch", "sketch", SketchKind.class)
          .or(SketchKind.GAUSSIAN)
          .describedAs("Family of the sketches.");

  static final SettingGroup ALL =
      SettingGroup.of(DIMENSION, GRAM, ANSWERS, EPSILON, DELTA, SKETCHES, ROWS, DRAWS, SKETCH);

  private AuditSettings() {}
}
