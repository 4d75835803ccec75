package dev.kindling.spark.train;

import dev.kindling.Words;
import dev.kindling.nn.Diverged;
import dev.kindling.nn.Training;
import dev.kindling.nn.TrainingStep;
import dev.kindling.optim.ScheduleKind;
import dev.kindling.spark.bench.BenchTable.Line;
import dev.kindling.spark.bench.Contest;
import dev.kindling.spark.job.CommonOptions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;
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
  private record Rule(ScheduleKind kind, Double theta, Double kappa) {
    static Rule of(ScheduleKind kind) {
      return new Rule(kind, null, null);
    }

    FitOptions in(FitOptions options) {
      FitOptions with = theta == null ? options : options.with(TrainSettings.THETA, theta);
      return kappa == null ? with : with.with(TrainSettings.KAPPA, kappa);
    }

    @Override
    public String toString() {
      return kind + (theta == null ? "" : " θ " + theta) + (kappa == null ? "" : " κ " + kappa);
    }
  }

  /** The default beside constant rates, of which the best is the first line and the measure. */
  List<Line> ofTheDefault() {
    return lines(List.of(Rule.of(ScheduleKind.CONSTANT), Rule.of(ScheduleKind.RDBD)));
  }

  /** The same for other averages and adjustments. */
  List<Line> ofOthers() {
    List<Rule> rules = new ArrayList<>(List.of(Rule.of(ScheduleKind.CONSTANT)));
    for (double theta : new double[] {0.7, 0.97, 0.99, 0.997}) {
      rules.add(new Rule(ScheduleKind.RDBD, theta, 0.02));
    }
    for (double kappa : new double[] {0.005, 0.01, 0.05}) {
      rules.add(new Rule(ScheduleKind.RDBD, 0.99, kappa));
    }
    return lines(rules);
  }

  /**
   * Two lines each: the validation loss of the weights that a run leaves, which are its best, and
   * of those after its last step.
   */
  private List<Line> lines(List<Rule> rules) {
    Contest<Ends> contest = new Contest<Ends>(SEEDS).withoutWarmUp();
    for (Rule rule : rules) {
      for (double rate : RATES) {
        Iterator<Long> seeds = LongStream.range(42, 42 + SEEDS).iterator();
        contest.system(
            Words.of("%s, from %.0e", rule, rate), cold -> ends(rule, rate, seeds.next()));
      }
    }
    contest.hold();
    List<Line> lines =
        compared(contest.lines(data.name(), Ends::seconds, Ends::left, "validation_loss"));
    lines.addAll(
        compared(
            contest.lines(data.name(), Ends::seconds, Ends::last, "validation_loss_at_the_end")));
    return lines;
  }

  /** The best constant rate first, and its loss by each. */
  private static List<Line> compared(List<Line> lines) {
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

  /** What a run ended with: the loss of the weights that it leaves, and of its last ones. */
  private record Ends(double seconds, double left, double last) {}

  private Ends ends(Rule rule, double rate, long seed) {
    FitOptions seeded = data.options(rule.kind, rate).with(CommonOptions.SEED, seed);
    double epochs = (double) STEPS * seeded.batch(data.rows()) / (0.9 * data.rows()) + 1;
    FitOptions options = rule.in(seeded).with(TrainSettings.EPOCHS, (int) Math.ceil(epochs));
    long begin = System.nanoTime();
    List<Double> losses = losses(options);
    return new Ends(
        (System.nanoTime() - begin) / 1e9,
        losses.stream().mapToDouble(l -> l).min().orElseThrow(),
        losses.get(losses.size() - 1));
  }

  /** Of the validation rows, after each epoch; infinite where training diverged. */
  private List<Double> losses(FitOptions options) {
    List<Double> losses = new ArrayList<>();
    try (PerceptronFit fit = new PerceptronFit(context, data.trainingRows(), options)) {
      fit.pack()
          .training(null, Long.MAX_VALUE)
          .run(
              new Training.Watcher() {
                @Override
                public void stepped(TrainingStep step) {
                  if (step.validation() != null) {
                    losses.add(step.validation().meanLoss());
                  }
                }
              });
    } catch (Diverged e) {
      losses.add(Double.POSITIVE_INFINITY);
    }
    return losses;
  }
}
