package dev.kindling.spark.train;

import dev.kindling.BadInput;
import dev.kindling.optim.ScheduleKind;
import dev.kindling.spark.job.Job;
import dev.kindling.spark.job.Memory;
import dev.kindling.spark.job.Plan;
import dev.kindling.spark.job.Run;
import dev.kindling.spark.job.TableSchema;
import dev.kindling.spark.job.TableSchema.Kind;
import dev.kindling.spark.report.Axis;
import dev.kindling.spark.report.LinePlot;
import dev.kindling.spark.report.Report;
import dev.kindling.spark.report.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.ml.classification.MultilayerPerceptronClassificationModel;
import org.apache.spark.ml.classification.MultilayerPerceptronClassifier;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Training beside MLlib's perceptron, and every schedule from several starting rates. */
@Command(
    name = "train",
    sortOptions = false,
    abbreviateSynopsis = true,
    description =
        "Whole fits of train beside MLlib's MultilayerPerceptronClassifier with the same network, in turn; then every schedule, by the time to MLlib's accuracy.",
    footer = {
      "",
      "Example: on the built-in digits",
      "  submit/kindling bench train",
      "Fashion-MNIST, from a folder with its four files:",
      "  submit/kindling bench train --case fashion --sets /usr/share/datasets/fashion-mnist",
    })
public final class TrainBench extends Job {
  private static final double[] RATES = {1e-5, 1e-4, 1e-3, 1e-2};

  private static final TableSchema BENCH =
      TableSchema.empty()
          .with("case", Kind.TEXT)
          .with("system", Kind.TEXT)
          .with("seconds", Kind.DOUBLE)
          .with("ratio", Kind.DOUBLE)
          .with("quality", Kind.DOUBLE)
          .with("quality_name", Kind.TEXT);

  @Option(
      names = "--case",
      paramLabel = "digits|fashion",
      description = "The set. Default: ${DEFAULT-VALUE}.")
  String set = "digits";

  @Option(
      names = "--sets",
      paramLabel = "DIR",
      description = "The folder with train-images-idx3-ubyte.gz and its three companions.")
  String sets;

  @Option(
      names = "--rounds",
      paramLabel = "n",
      description =
          "Whole fits of each system after the first, which is cold. Default: ${DEFAULT-VALUE}.")
  int rounds = 3;

  /** What is measured. */
  enum Part {
    fits,
    schedules,
    overhead,
    starts
  }

  @Option(
      names = "--part",
      paramLabel = "fits|schedules|overhead|starts",
      split = ",",
      description =
          "fits: whole fits beside MLlib's; schedules: the time of each to MLlib's accuracy (with fits); overhead: of a step; starts: the final validation loss of rdbd and constant from four rates, medians of three seeds, after 3,000 steps. Default: all but starts.")
  List<Part> parts = List.of(Part.fits, Part.schedules, Part.overhead);

  @Option(
      names = "--full",
      description = "Every schedule from every rate; without it rdbd and constant alone.")
  boolean full;

  private record Line(
      String name, String system, double seconds, double ratio, double quality, String what) {}

  private record Fit(double seconds, double accuracy) {}

  @Override
  protected void check() {
    if (!List.of("digits", "fashion").contains(set)) {
      throw new BadInput("--case " + set + ": there are digits and fashion");
    }
    if (set.equals("fashion") && sets == null) {
      throw new BadInput("--case fashion: needs --sets, the folder that holds its files");
    }
    if (parts.contains(Part.schedules) && !parts.contains(Part.fits)) {
      throw new BadInput("--part schedules: needs fits, whose accuracy is to be reached");
    }
    if (rounds < 1 || rounds > 1000) {
      throw new BadInput("--rounds " + rounds + ": must be between 1 and 1000");
    }
  }

  @Override
  protected String input() {
    return set;
  }

  @Override
  protected List<String> reads() {
    return sets == null ? List.of() : List.of(sets);
  }

  @Override
  protected void run(Run run) {
    try (BenchData data =
        run.stage(
            "read",
            () ->
                set.equals("digits")
                    ? BenchData.digits(run.spark())
                    : BenchData.fashion(run.spark(), sets))) {
      run.input(data.fingerprint());
      run.explain(
          new Plan()
              .say(
                  String.format(
                      Locale.ROOT, "%,d rows, %d+1 whole fits of each system", data.rows(), rounds))
              .needs(
                  "rows to be scored, on the driver",
                  16.0 * data.test().size() * data.features(),
                  Memory.driver(),
                  "Give the driver more memory."));
      List<Line> lines = new ArrayList<>();
      double wanted = parts.contains(Part.fits) ? whole(run, data, lines) : Double.NaN;
      Map<String, BenchFit> grid = new LinkedHashMap<>();
      if (parts.contains(Part.schedules)) {
        run.stage("schedules", () -> schedules(run, data, grid));
        double first = lines.get(0).seconds;
        grid.forEach(
            (name, fit) ->
                lines.add(
                    new Line(
                        data.name(),
                        name,
                        fit.secondsTo(wanted),
                        first / fit.secondsTo(wanted),
                        fit.peak(Double.POSITIVE_INFINITY),
                        "peak_test_accuracy")));
      }
      if (parts.contains(Part.overhead)) {
        lines.addAll(run.stage("overhead", () -> overhead(run, data)));
      }
      if (parts.contains(Part.starts)) {
        lines.addAll(run.stage("starts", () -> starts(run, data)));
      }
      write(run, lines);
      run.report(finished -> page(lines, grid, wanted, finished));
    }
  }

  /** Whole fits in turn; the accuracy of the first system. */
  private double whole(Run run, BenchData data, List<Line> lines) {
    Map<String, Supplier<Fit>> systems = new LinkedHashMap<>();
    systems.put("mllib-mlp", () -> mllib(data));
    systems.put("train", () -> fit(run, data, options(data, ScheduleKind.RDBD, Double.NaN)));
    systems.put("train-local", () -> fit(run, data, local(data)));
    Map<String, double[]> seconds = new LinkedHashMap<>();
    Map<String, Fit> cold = new LinkedHashMap<>();
    Map<String, Double> accuracy = new LinkedHashMap<>();
    systems.keySet().forEach(name -> seconds.put(name, new double[rounds]));
    run.stage(
        "whole fits",
        () -> {
          for (int round = -1; round < rounds; round++) {
            for (Map.Entry<String, Supplier<Fit>> system : systems.entrySet()) {
              Fit fit = system.getValue().get();
              accuracy.put(system.getKey(), fit.accuracy);
              if (round < 0) {
                cold.put(system.getKey(), fit);
              } else {
                seconds.get(system.getKey())[round] = fit.seconds;
              }
            }
          }
          return null;
        });
    double peer = median(seconds.get("mllib-mlp"));
    for (String name : systems.keySet()) {
      double median = median(seconds.get(name));
      lines.add(
          new Line(data.name(), name, median, peer / median, accuracy.get(name), "test_accuracy"));
    }
    for (String name : systems.keySet()) {
      double once = cold.get(name).seconds;
      lines.add(
          new Line(
              data.name(),
              name + ", cold",
              once,
              cold.get("mllib-mlp").seconds / once,
              cold.get(name).accuracy,
              "test_accuracy"));
    }
    return accuracy.get("mllib-mlp");
  }

  private Void schedules(Run run, BenchData data, Map<String, BenchFit> grid) {
    for (ScheduleKind kind : ScheduleKind.values()) {
      boolean searches =
          kind == ScheduleKind.DOG || kind == ScheduleKind.MECHANIC || kind == ScheduleKind.PRODIGY;
      boolean all = full || kind == ScheduleKind.RDBD || kind == ScheduleKind.CONSTANT;
      double[] rates = searches ? new double[] {Double.NaN} : all ? RATES : new double[] {1e-3};
      for (double rate : rates) {
        grid.put(
            kind + (Double.isNaN(rate) ? "" : String.format(Locale.ROOT, " %.0e", rate)),
            BenchFit.of(run.context(), data, options(data, kind, rate)));
      }
    }
    return null;
  }

  /** The best constant rate first; ratio: its loss by this row's. */
  private static List<Line> starts(Run run, BenchData data) {
    List<Line> lines = new ArrayList<>();
    for (ScheduleKind kind : List.of(ScheduleKind.CONSTANT, ScheduleKind.RDBD)) {
      for (double rate : RATES) {
        double[] losses = new double[3];
        double[] seconds = new double[3];
        for (int seed = 0; seed < losses.length; seed++) {
          FitOptions options = options(data, kind, rate);
          options.seed = 42L + seed;
          options.epochs = 3000.0 * options.batch(data.rows()) / (0.9 * data.rows()) + 1;
          BenchFit fit = BenchFit.of(run.context(), data, options);
          losses[seed] = fit.validationLoss();
          seconds[seed] = fit.seconds();
        }
        lines.add(
            new Line(
                data.name(),
                String.format(Locale.ROOT, "%s %.0e, 3,000 steps", kind, rate),
                median(seconds),
                Double.NaN,
                median(losses),
                "final_validation_loss"));
      }
    }
    Line best =
        lines.stream()
            .filter(line -> line.system.startsWith("constant"))
            .min(Comparator.comparingDouble(Line::quality))
            .orElseThrow();
    lines.remove(best);
    lines.add(0, best);
    lines.replaceAll(
        l -> new Line(l.name, l.system, l.seconds, best.quality / l.quality, l.quality, l.what));
    return lines;
  }

  private List<Line> overhead(Run run, BenchData data) {
    StepOverhead.Figures f =
        StepOverhead.measure(run.context(), data, options(data, ScheduleKind.RDBD, Double.NaN));
    return List.of(
        new Line(data.name(), "empty job", f.empty(), 1, Double.NaN, ""),
        new Line(data.name(), "step", f.step(), f.empty() / f.step(), Double.NaN, ""),
        new Line(
            data.name(),
            "step less its arithmetic",
            f.step() - f.arithmetic(),
            f.empty() / (f.step() - f.arithmetic()),
            Double.NaN,
            ""),
        new Line(
            data.name(),
            "the same, first 1,000 steps",
            f.early(),
            f.empty() / f.early(),
            Double.NaN,
            ""),
        new Line(
            data.name(),
            "the same, last 1,000 of 5,000",
            f.late(),
            f.empty() / f.late(),
            Double.NaN,
            ""),
        new Line(
            data.name(),
            "arithmetic of a step",
            f.arithmetic(),
            f.empty() / f.arithmetic(),
            f.gemm() / f.arithmetic(),
            "share_of_gemm"));
  }

  private static FitOptions options(BenchData data, ScheduleKind kind, double rate) {
    FitOptions options = new FitOptions();
    options.hidden = Arrays.stream(data.hidden()).boxed().toList();
    options.schedule = kind;
    options.rate = Double.isNaN(rate) ? null : (Double) rate;
    return options;
  }

  /** As few epochs as reach the peer's accuracy; two workers, one for each core of the bench. */
  private static FitOptions local(BenchData data) {
    FitOptions options = options(data, ScheduleKind.RDBD, Double.NaN);
    options.localSteps = 26;
    options.workers = 2;
    options.epochs = 8;
    return options;
  }

  private static Fit fit(Run run, BenchData data, FitOptions options) {
    BenchFit fit = BenchFit.of(run.context(), data, options);
    return new Fit(fit.seconds(), fit.accuracy());
  }

  private static Fit mllib(BenchData data) {
    int[] layers = new int[data.hidden().length + 2];
    layers[0] = data.features();
    System.arraycopy(data.hidden(), 0, layers, 1, data.hidden().length);
    layers[layers.length - 1] = data.classes();
    long begin = System.nanoTime();
    MultilayerPerceptronClassificationModel model =
        new MultilayerPerceptronClassifier()
            .setLayers(layers)
            .setMaxIter(100)
            .setSeed(42)
            .fit(data.train());
    double seconds = (System.nanoTime() - begin) / 1e9;
    long right = 0;
    for (Row row : data.test()) {
      right += model.predict(row.<Vector>getAs(0)) == row.getDouble(1) ? 1 : 0;
    }
    return new Fit(seconds, (double) right / data.test().size());
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static Object orNull(double value) {
    return Double.isNaN(value) ? null : (Object) value;
  }

  private static void write(Run run, List<Line> lines) {
    run.table(
        "bench",
        BENCH,
        lines.stream()
            .map(
                l ->
                    new Object[] {
                      l.name,
                      l.system,
                      orNull(l.seconds),
                      orNull(l.ratio),
                      orNull(l.quality),
                      l.what.isEmpty() ? null : l.what
                    })
            .iterator());
    run.say(
        String.format(
            Locale.ROOT,
            "%-8s %-30s %9s %7s  %s",
            "case",
            "system",
            "seconds",
            "ratio",
            "quality"));
    for (Line l : lines) {
      run.say(
          String.format(
              Locale.ROOT,
              "%-8s %-30s %9s %7s  %s",
              l.name,
              l.system,
              Double.isNaN(l.seconds) ? "never" : String.format(Locale.ROOT, "%.4g", l.seconds),
              Double.isNaN(l.ratio) ? "" : String.format(Locale.ROOT, "%.2f", l.ratio),
              Double.isNaN(l.quality)
                  ? ""
                  : String.format(Locale.ROOT, "%.4f %s", l.quality, l.what)));
    }
  }

  private static String page(List<Line> lines, Map<String, BenchFit> grid, double wanted, Run run) {
    Table table =
        Table.of(
            "Seconds, and the first row's by them",
            "case",
            "system",
            "seconds",
            "ratio",
            "quality",
            "of");
    lines.forEach(l -> table.row(l.name, l.system, l.seconds, l.ratio, l.quality, l.what));
    LinePlot plot =
        LinePlot.of(
            "Accuracy on rows to be scored", Axis.linear("seconds"), Axis.linear("accuracy"));
    grid.forEach(
        (name, fit) ->
            plot.series(
                name,
                fit.curve().stream().mapToDouble(p -> p[0]).toArray(),
                fit.curve().stream().mapToDouble(p -> p[1]).toArray()));
    return Report.titled("Bench of train")
        .summary(
            String.format(
                Locale.ROOT,
                "Whole fits beside MLlib's perceptron with the same network (L-BFGS, 100 iterations, its accuracy %.4f), medians in turn in one process; then each schedule once, its time to that accuracy and its peak.",
                wanted))
        .section("Systems", table)
        .section("Schedules", plot)
        .provenance(run.provenance())
        .html();
  }
}
