package dev.kindling.spark.train;

import dev.kindling.optim.ScheduleKind;
import dev.kindling.spark.job.BenchTable;
import dev.kindling.spark.job.BenchTable.Line;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Where training ends after three thousand steps from each of some starting rates: medians of three
 * seeds.
 */
final class BenchStarts {
  static final double[] RATES = {1e-5, 1e-4, 1e-3, 1e-2};
  private static final int STEPS = 3000;
  private static final int SEEDS = 3;

  private final JavaSparkContext context;
  private final BenchData data;

  BenchStarts(JavaSparkContext context, BenchData data) {
    this.context = context;
    this.data = data;
  }

  /**
   * How the rate is decided.
   *
   * @param theta null for the default
   * @param kappa null for the default
   */
  private record Setting(ScheduleKind kind, Double theta, Double kappa) {
    static Setting of(ScheduleKind kind) {
      return new Setting(kind, null, null);
    }

    @Override
    public String toString() {
      return kind + (theta == null ? "" : " θ " + theta) + (kappa == null ? "" : " κ " + kappa);
    }
  }

  /** The default beside constant rates, of which the best is the first line and the measure. */
  List<Line> ofTheDefault() {
    return lines(List.of(Setting.of(ScheduleKind.CONSTANT), Setting.of(ScheduleKind.RDBD)));
  }

  /** The same for other averages and adjustments. */
  List<Line> ofOthers() {
    List<Setting> settings = new ArrayList<>(List.of(Setting.of(ScheduleKind.CONSTANT)));
    for (double theta : new double[] {0.7, 0.9, 0.97, 0.99, 0.997}) {
      settings.add(new Setting(ScheduleKind.RDBD, theta, 0.02));
    }
    for (double kappa : new double[] {0.005, 0.01, 0.05, 0.1}) {
      settings.add(new Setting(ScheduleKind.RDBD, 0.99, kappa));
    }
    return lines(settings);
  }

  private List<Line> lines(List<Setting> settings) {
    List<Line> lines = new ArrayList<>();
    for (Setting setting : settings) {
      for (double rate : RATES) {
        lines.add(line(setting, rate));
      }
    }
    Line best =
        lines.subList(0, RATES.length).stream()
            .min(Comparator.comparingDouble(Line::quality))
            .orElseThrow();
    lines.remove(best);
    lines.add(0, best);
    lines.replaceAll(
        l ->
            new Line(
                l.name(),
                l.system(),
                l.seconds(),
                best.quality() / l.quality(),
                l.quality(),
                l.qualityName()));
    return lines;
  }

  /** A loss that is not finite counts as infinite: it is worse than any. */
  private Line line(Setting setting, double rate) {
    double[] losses = new double[SEEDS];
    double[] seconds = new double[SEEDS];
    for (int seed = 0; seed < SEEDS; seed++) {
      FitOptions options = data.options(setting.kind, rate);
      options.theta = setting.theta;
      options.kappa = setting.kappa;
      options.seed = 42L + seed;
      options.epochs = (double) STEPS * options.batch(data.rows()) / (0.9 * data.rows()) + 1;
      BenchFit fit = BenchFit.of(context, data, options);
      losses[seed] =
          Double.isFinite(fit.validationLoss()) ? fit.validationLoss() : Double.POSITIVE_INFINITY;
      seconds[seed] = fit.seconds();
    }
    return new Line(
        data.name(),
        String.format(Locale.ROOT, "%s, from %.0e", setting, rate),
        BenchTable.median(seconds),
        Double.NaN,
        BenchTable.median(losses),
        "final_validation_loss");
  }
}
