package dev.kindling.spark.train;

import dev.kindling.BadInput;
import dev.kindling.Words;
import dev.kindling.nn.Architecture;
import dev.kindling.nn.Batches;
import dev.kindling.nn.Initialization;
import dev.kindling.nn.LocalWorkers;
import dev.kindling.nn.LossSum;
import dev.kindling.nn.Objective;
import dev.kindling.nn.Passes;
import dev.kindling.nn.Perceptron;
import dev.kindling.nn.Shards;
import dev.kindling.nn.Training;
import dev.kindling.nn.TrainingSettings;
import dev.kindling.optim.Groups;
import dev.kindling.spark.job.CommonOptions;
import dev.kindling.spark.job.Memory;
import dev.kindling.spark.job.Plan;
import java.util.Arrays;
import org.apache.spark.api.java.JavaSparkContext;

/** A fit from rows to a model, in its parts: plan, {@link #pack}, {@link #training}, model. */
final class PerceptronFit implements AutoCloseable {
  /** Arrays of the size of the weights that a schedule and the training hold. */
  private static final int VECTORS = 16;

  /** Rows up to so many bytes take steps on the driver, unless told otherwise. */
  private static final double DRIVER_BYTES = 32e6;

  private final JavaSparkContext context;
  private final TrainingRows rows;
  private final FitOptions options;
  private final Architecture architecture;
  private final Objective objective;
  private final Shards shards;
  private PackedRows packed;
  private Passes passes;
  private Training training;

  PerceptronFit(JavaSparkContext context, TrainingRows rows, FitOptions options) {
    this.context = context;
    this.rows = rows;
    this.options = options;
    this.architecture = options.architecture(rows.features(), rows.classes());
    this.objective = options.objective(architecture);
    this.shards = options.shards(rows.rows(), rows.features());
  }

  /**
   * A fit under another schedule to the same packed rows.
   *
   * @param other differ in nothing that packing needs
   */
  PerceptronFit beside(FitOptions other) {
    PerceptronFit fit = new PerceptronFit(context, rows, other);
    fit.packed = packed;
    return fit;
  }

  Architecture architecture() {
    return architecture;
  }

  /** Rows of a batch. */
  int batch() {
    return options.batch(rows.rows());
  }

  /**
   * What the fit will take.
   *
   * @param peers trainings beside it, one after the other
   */
  Plan plan(int peers) {
    double rowBytes = (double) rows.features() * options.precision().bytes() + 16;
    double weights = architecture.weights();
    int parts = parts();
    long steps = options.steps(Math.max(1, Math.round(rows.rows() * (1 - options.validation()))));
    Plan plan =
        new Plan()
            .say(
                Words.of(
                    "%,d rows of %,d features, %s: %,d weights in layers %s",
                    rows.rows(),
                    rows.features(),
                    rows.classes() == 0 ? "a number to predict" : rows.classes() + " classes",
                    architecture.weights(),
                    Arrays.toString(architecture.sizes())))
            .say(
                Words.of(
                    "%,d steps of %,d rows%s, %s by %s; %.3g multiplications and additions",
                    steps,
                    batch(),
                    options.localSteps() > 1
                        ? Words.of(
                            " on %d workers that take %,d by themselves",
                            options.workers(), options.localSteps())
                        : "",
                    options.optimizer(),
                    options.schedule(),
                    6.0 * weights * steps * batch()))
            .say(
                onDriver()
                    ? "steps on the driver, where the rows fit and a Spark job would take longer than a step"
                    : Words.of(
                        "one Spark job %s; %s there and back in each",
                        options.localSteps() > 1 ? "a round" : "a step",
                        Plan.bytes(weights * options.precision().bytes())));
    if (peers > 0) {
      plan.say(Words.of("as many steps again for each of %d peers", peers));
    }
    plan.needs(
        Words.of("packed rows of one of %,d partitions, a task", parts),
        2 * rowBytes * rows.rows() / parts,
        Memory.task(context),
        options.localSteps() > 1
            ? "Give more --local-workers, or more memory with --conf spark.executor.memory=…"
            : "Give more memory with --conf spark.driver.memory=… (local) or spark.executor.memory=…");
    plan.needs(
        Words.of(
            "weights and the optimizer's state%s, on the driver",
            onDriver() ? ", and the packed rows" : ""),
        8.0 * VECTORS * (peers > 0 ? 2 : 1) * weights
            + (onDriver() ? 2 * rowBytes * rows.rows() : 0),
        Memory.driver(),
        "Give the driver more memory, or fewer --hidden units.");
    return plan;
  }

  private boolean onDriver() {
    double bytes = (double) rows.rows() * rows.features() * options.precision().bytes();
    return switch (options.stepsOn()) {
      case driver -> true;
      case executors -> false;
      case auto -> bytes <= DRIVER_BYTES;
    };
  }

  private int parts() {
    double bytes = (double) rows.rows() * rows.features() * options.precision().bytes();
    int most = (int) Math.max(context.defaultParallelism(), Math.min(1 << 20, bytes / (64 << 20)));
    return new PartOfBlock(shards, options.localSteps() > 1, most).numPartitions();
  }

  /**
   * Reads the rows and packs them.
   *
   * @throws BadInput if a row cannot be used, or none is left to learn from or to look at
   */
  PerceptronFit pack() {
    packed =
        PackedRows.of(
            context,
            rows,
            shards,
            new TrainingRows.Packing(
                options.precision(),
                options.validation(),
                options.standardize(),
                options.seed(),
                options.localSteps() > 1,
                parts()));
    long train = Arrays.stream(packed.trainRows()).asLongStream().sum();
    if (train == 0) {
      throw BadInput.of(
          "%s: no row is left to learn from; rows of weight 0 do not count", rows.source());
    }
    if (options.validation() > 0 && packed.validationRows() == 0) {
      throw BadInput.of(
          "%s: none of %,d rows fell to %s; give a larger share, another %s, or %s",
          rows.source(),
          train,
          TrainSettings.VALIDATION.is(options.validation()),
          CommonOptions.SEED.named(),
          TrainSettings.VALIDATION.is(0));
    }
    return this;
  }

  long trainRows() {
    return Arrays.stream(packed.trainRows()).asLongStream().sum();
  }

  long validationRows() {
    return packed.validationRows();
  }

  /** Standard deviation of the target. */
  double targetUnit() {
    return packed.scaling().targetUnit();
  }

  /**
   * A training, not begun.
   *
   * @param warm a model whose weights to begin with, or null
   * @throws BadInput if the model has another shape
   */
  Training training(Perceptron warm, long checkpointEvery) {
    Batches batches = new Batches(shards, packed.trainRows(), batch(), options.seed());
    Groups groups = options.group().of(architecture);
    int mostRows = batches.mostRows();
    LocalWorkers workers =
        options.localSteps() == 1
            ? null
            : new LocalWorkers(
                options.workers(),
                shards.blocksPerShard(),
                options.optimizer(),
                options.decay(),
                groups);
    passes =
        onDriver()
            ? packed.onDriver(objective, mostRows, workers)
            : new SparkPasses(context, packed, objective, mostRows, workers);
    long steps = options.steps(batches.rows());
    long epoch = Math.max(1, Math.round((double) batches.rows() / batch()));
    training =
        new Training(
            objective,
            new TrainingSettings(
                steps,
                epoch,
                options.earlyStop(),
                options.plateau(),
                checkpointEvery,
                options.localSteps()),
            batches,
            options.schedule(groups, steps),
            passes,
            start(warm));
    return training;
  }

  /** Batches in all. */
  long steps() {
    return options.steps(trainRows());
  }

  private double[] start(Perceptron warm) {
    if (warm == null) {
      return Initialization.weights(architecture, options.seed());
    }
    if (!warm.architecture().equals(architecture)) {
      throw BadInput.of(
          "%s: its layers are %s (%s), those asked for %s (%s)",
          TrainSettings.INITIAL_MODEL.named(),
          Arrays.toString(warm.architecture().sizes()),
          warm.architecture().activation(),
          Arrays.toString(architecture.sizes()),
          architecture.activation());
    }
    return packed.scaling().scaled(architecture, warm.weights());
  }

  /** Of the packed rows. */
  PackedRows packed() {
    return packed;
  }

  int shards() {
    return shards.shards();
  }

  /** Seconds that the slowest task of the last step took; steps are on executors. */
  double arithmeticSeconds() {
    return ((SparkPasses) passes).slowestNanos() / 1e9;
  }

  /** Sums of losses of the best weights over the rows that were learnt from. */
  LossSum trainLoss() {
    return passes.training(training.best());
  }

  /** Sums of losses of the best weights over the validation rows. */
  LossSum validationLoss() {
    return passes.validation(training.best());
  }

  /** The weights as they are after the last step, for rows as they are. */
  Perceptron current() {
    return new Perceptron(
        architecture, packed.scaling().unscaled(architecture, training.weights()));
  }

  /** The best weights, for rows as they are. */
  Perceptron model() {
    return new Perceptron(architecture, packed.scaling().unscaled(architecture, training.best()));
  }

  @Override
  public void close() {
    if (packed != null) {
      packed.close();
    }
  }
}
