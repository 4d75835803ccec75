package dev.kindling.spark.train;

import dev.kindling.BadInput;
import dev.kindling.Words;
import dev.kindling.optim.ScheduleKind;
import dev.kindling.spark.bench.BenchTable;
import dev.kindling.spark.bench.BenchTable.Line;
import dev.kindling.spark.bench.Contest;
import dev.kindling.spark.bench.Rounds;
import dev.kindling.spark.job.Job;
import dev.kindling.spark.job.Memory;
import dev.kindling.spark.job.Plan;
import dev.kindling.spark.job.Run;
import dev.kindling.spark.report.Axis;
import dev.kindling.spark.report.LinePlot;
import dev.kindling.spark.report.Report;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.classification.MultilayerPerceptronClassificationModel;
import org.apache.spark.ml.classification.MultilayerPerceptronClassifier;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
  private static final int FEW = 6000;
  private static final String PEER = "mllib-mlp";
  private static final int[] BATCHES = {128, 256, 512, 1024, 2048, 4096};
  private static final List<String> CASES = List.of("digits", "fashion", "fashion-6000", "cora");

  @Option(
      names = "--case",
      paramLabel = "NAME",
      description =
          "The set: digits; with --sets fashion, fashion-6000 (its first 6,000 rows) or cora. Default: ${DEFAULT-VALUE}.")
  String set = "digits";

  @Option(
      names = "--sets",
      paramLabel = "DIR",
      description =
          "The folder with train-images-idx3-ubyte.gz and its three companions, or with cora's nodes.svm.")
  String sets;

  @Mixin Rounds rounds;

  /** What is measured. */
  enum Part {
    fits,
    schedules,
    overhead,
    batches,
    starts,
    averages
  }

  @Option(
      names = "--part",
      paramLabel = "fits|schedules|overhead|batches|starts|averages",
      split = ",",
      description =
          "fits: whole fits beside MLlib's; schedules: the time of each to MLlib's accuracy (with fits); overhead: of a step; batches: the default fit with batches of other sizes; starts: the validation loss of rdbd and constant from four rates after 3,000 steps, medians of three seeds; averages: the same for other θ and κ. Default: the first three.")
  List<Part> parts = List.of(Part.fits, Part.schedules, Part.overhead);

  @Option(
      names = "--full",
      description = "Every schedule from every rate; without it rdbd and constant alone.")
  boolean full;

  private record Fit(double seconds, double accuracy) {}

  @Override
  protected void check() {
    if (!CASES.contains(set)) {
      throw new BadInput("--case " + set + ": no such case; there are " + String.join(", ", CASES));
    }
    if (!set.equals("digits") && sets == null) {
      throw new BadInput("--case " + set + ": needs --sets, the folder that holds its files");
    }
    if (parts.contains(Part.schedules) && !parts.contains(Part.fits)) {
      throw new BadInput("--part schedules: needs fits, whose accuracy is to be reached");
    }
    rounds.count();
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
                switch (set) {
                  case "digits" -> BenchData.digits(run.spark());
                  case "cora" -> BenchData.cora(run.spark(), sets);
                  case "fashion" -> BenchData.fashion(run.spark(), sets, Integer.MAX_VALUE);
                  default -> BenchData.fashion(run.spark(), sets, FEW);
                })) {
      run.input(data.fingerprint());
      run.explain(
          new Plan()
              .say(
                  Words.of("%,d rows, %d+1 whole fits of each system", data.rows(), rounds.count()))
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
        double first = lines.get(0).seconds();
        double within = lines.get(1).seconds();
        grid.forEach(
            (name, fit) ->
                lines.add(
                    new Line(
                        data.name(),
                        name,
                        fit.secondsTo(wanted),
                        first / fit.secondsTo(wanted),
                        fit.peak(within),
                        "peak_test_accuracy")));
      }
      if (parts.contains(Part.overhead)) {
        lines.addAll(run.stage("overhead", () -> overhead(run, data)));
      }
      if (parts.contains(Part.batches)) {
        lines.addAll(run.stage("batches", () -> batches(run, data)));
      }
      if (parts.contains(Part.starts)) {
        lines.addAll(
            run.stage("starts", () -> new BenchStarts(run.context(), data).ofTheDefault()));
      }
      if (parts.contains(Part.averages)) {
        lines.addAll(run.stage("averages", () -> new BenchStarts(run.context(), data).ofOthers()));
      }
      BenchTable.write(run, lines);
      run.report(() -> page(lines, grid, wanted));
    }
  }

  /** Whole fits in turn; the accuracy of the first system. */
  private double whole(Run run, BenchData data, List<Line> lines) {
    Contest<Fit> contest =
        new Contest<Fit>(rounds.count())
            .system(PEER, cold -> mllib(data))
            .system("train", cold -> fit(run, data, data.options(ScheduleKind.RDBD, null)))
            .system("train-local", cold -> fit(run, data, local(data)));
    run.stage("whole fits", contest::hold);
    lines.addAll(contest.lines(data.name(), Fit::seconds, Fit::accuracy, "test_accuracy"));
    for (Line line : List.copyOf(lines)) {
      Fit cold = contest.cold(line.system());
      lines.add(
          new Line(
              data.name(),
              line.system() + ", cold",
              cold.seconds,
              contest.cold(PEER).seconds / cold.seconds,
              cold.accuracy,
              "test_accuracy"));
    }
    return contest.last(PEER).accuracy;
  }

  private Void schedules(Run run, BenchData data, Map<String, BenchFit> grid) {
    for (ScheduleKind kind : ScheduleKind.values()) {
      boolean searches =
          kind == ScheduleKind.DOG || kind == ScheduleKind.MECHANIC || kind == ScheduleKind.PRODIGY;
      boolean all = full || kind == ScheduleKind.RDBD || kind == ScheduleKind.CONSTANT;
      if (searches) {
        grid.put(kind.toString(), BenchFit.of(run.context(), data, data.options(kind, null)));
        continue;
      }
      for (double rate : all ? BenchStarts.RATES : new double[] {1e-3}) {
        grid.put(
            Words.of("%s %.0e", kind, rate),
            BenchFit.of(run.context(), data, data.options(kind, rate)));
      }
    }
    return null;
  }

  private static List<Line> batches(Run run, BenchData data) {
    List<Line> lines = new ArrayList<>();
    for (int batch : BATCHES) {
      FitOptions options = data.options(ScheduleKind.RDBD, null).with(TrainSettings.BATCH, batch);
      BenchFit fit = BenchFit.of(run.context(), data, options);
      double first = lines.isEmpty() ? fit.seconds() : lines.get(0).seconds();
      lines.add(
          new Line(
              data.name(),
              "batches of " + batch,
              fit.seconds(),
              first / fit.seconds(),
              fit.accuracy(),
              "test_accuracy"));
    }
    return lines;
  }

  private List<Line> overhead(Run run, BenchData data) {
    StepOverhead.Figures f =
        StepOverhead.measure(run.context(), data, data.options(ScheduleKind.RDBD, null));
    return List.of(
        new Line(data.name(), "empty job", f.empty(), 1, Double.NaN, null),
        new Line(data.name(), "step", f.step(), f.empty() / f.step(), Double.NaN, null),
        new Line(
            data.name(),
            "step less its arithmetic",
            f.step() - f.arithmetic(),
            f.empty() / (f.step() - f.arithmetic()),
            Double.NaN,
            null),
        new Line(
            data.name(),
            "the same, first 1,000 steps",
            f.early(),
            f.empty() / f.early(),
            Double.NaN,
            null),
        new Line(
            data.name(),
            "the same, last 1,000 of 5,000",
            f.late(),
            f.empty() / f.late(),
            Double.NaN,
            null),
        new Line(
            data.name(),
            "arithmetic of a step",
            f.arithmetic(),
            f.empty() / f.arithmetic(),
            f.gemm() / f.arithmetic(),
            "share_of_gemm"));
  }

  /** As few epochs as reach the peer's accuracy; two workers, one for each core of the bench. */
  private static FitOptions local(BenchData data) {
    return data.options(ScheduleKind.RDBD, null)
        .with(TrainSettings.LOCAL_STEPS, 26)
        .with(TrainSettings.LOCAL_WORKERS, 2)
        .with(TrainSettings.EPOCHS, 8);
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

  private static Report page(List<Line> lines, Map<String, BenchFit> grid, double wanted) {
    LinePlot plot =
        LinePlot.of(
            "Accuracy on rows to be scored", Axis.linear("seconds"), Axis.linear("accuracy"));
    grid.forEach(
        (name, fit) ->
            plot.series(
                name,
                fit.curve().stream().mapToDouble(p -> p[0]).toArray(),
                fit.curve().stream().mapToDouble(p -> p[1]).toArray()));
    Report report =
        BenchTable.section(
            Report.titled("Bench of train")
                .summary("Systems in turn in one process; each part says what it compares."),
            "Seconds, and the first row's divided by them",
            lines);
    if (!grid.isEmpty()) {
      report.section(
          "Schedules",
          Words.of(
              "Each schedule once: seconds to the accuracy %.4f of MLlib's perceptron (same network, L-BFGS, 100 iterations), and the peak within the time of a default fit.",
              wanted),
          plot);
    }
    return report;
  }
}
