package dev.kindling.spark.train;

import dev.kindling.BadInput;
import dev.kindling.linalg.Precision;
import dev.kindling.nn.Activation;
import dev.kindling.nn.Architecture;
import dev.kindling.nn.Loss;
import dev.kindling.nn.Objective;
import dev.kindling.nn.Shards;
import dev.kindling.optim.DbdSettings;
import dev.kindling.optim.Groups;
import dev.kindling.optim.OptimizerKind;
import dev.kindling.optim.Schedule;
import dev.kindling.optim.ScheduleKind;
import dev.kindling.optim.ScheduleSettings;
import dev.kindling.optim.Signal;
import java.util.List;
import picocli.CommandLine.Option;

/**
 * How a perceptron is trained: the options of the command line, which the Estimators set field by
 * field. What is not set has the default of both.
 */
final class FitOptions implements Cloneable {
  /** Where batches are gone through. */
  enum StepsOn {
    auto,
    driver,
    executors
  }

  /** Rows of a batch where there are enough of them; see the page for how it was chosen. */
  private static final int BATCH = 1024;

  private static final int LEAST_BATCH = 32;

  @Option(
      names = "--hidden",
      paramLabel = "n,n…",
      split = ",",
      description =
          "Units of each hidden layer; 0: none, a linear model. Default: ${DEFAULT-VALUE}.")
  List<Integer> hidden = List.of(64);

  @Option(
      names = "--activation",
      paramLabel = "relu|tanh|gelu",
      description = "Of hidden units. Default: ${DEFAULT-VALUE}.")
  Activation activation = Activation.RELU;

  @Option(
      names = "--optimizer",
      paramLabel = "sgd|momentum|nesterov|adagrad|adam|adamw",
      description =
          "What turns a gradient into a direction. Default: adam; dog, schedule-free and prodigy have their own.")
  OptimizerKind optimizer;

  @Option(
      names = "--schedule",
      paramLabel = "constant|cosine|dbd|rdbd|hd|dog|schedule-free|mechanic|prodigy",
      description = "What decides the learning rate. Default: ${DEFAULT-VALUE}.")
  ScheduleKind schedule = ScheduleKind.RDBD;

  @Option(
      names = "--lr",
      paramLabel = "η",
      description =
          "The learning rate to start from. Default: the optimizer's own, 0.001 for adam.")
  Double rate;

  @Option(
      names = "--kappa",
      paramLabel = "κ",
      description =
          "dbd, rdbd: adjustment of log η at cosine 1; hd: the rate of the rate. Default: 0.02.")
  Double kappa;

  @Option(
      names = "--theta",
      paramLabel = "θ",
      description =
          "dbd, rdbd: share that the average of directions keeps at a step. Default: 0.99.")
  Double theta;

  @Option(
      names = "--beta",
      paramLabel = "β",
      description =
          "Signal raw: what the product of gradient and direction is multiplied by. Default: 0.001.")
  Double beta;

  @Option(
      names = "--lr-min",
      paramLabel = "η",
      description = "dbd, rdbd: the least learning rate. Default: 1e-8.")
  Double least;

  @Option(
      names = "--lr-max",
      paramLabel = "η",
      description = "dbd, rdbd: the greatest learning rate. Default: 10; 1 for adam and adamw.")
  Double most;

  @Option(
      names = "--delayed",
      description = "dbd, rdbd: a gradient decides on the rate of the step after its own only.")
  boolean delayed;

  @Option(
      names = "--warm-up",
      paramLabel = "n",
      description = "cosine: steps until the rate is reached. Default: a twentieth of all.")
  Long warmUp;

  @Option(
      names = "--phi",
      paramLabel = "φ",
      description =
          "Share of the rate that a regret of the loss, or a disagreement of jacobs, takes. Default: 0.1.")
  Double phi;

  @Option(
      names = "--signal",
      paramLabel = "cosine|sign|raw|jacobs",
      description = "dbd, rdbd: what an adjustment is made from. Default: cosine.")
  Signal signal;

  @Option(
      names = "--group",
      paramLabel = "model|layer|coordinate",
      description = "dbd, rdbd: which weights share a rate. Default: ${DEFAULT-VALUE}.")
  GroupBy group = GroupBy.model;

  @Option(
      names = "--loss-regret",
      description =
          "dbd, rdbd: take a step back if it raised the loss of its own batch; half as many forward passes again.")
  boolean lossRegret;

  @Option(
      names = "--batch",
      paramLabel = "n",
      description =
          "Rows of a batch. Default: 1024; for fewer than 32,768 rows a 32nd of them, 32 at least.")
  Integer batch;

  @Option(
      names = "--epochs",
      paramLabel = "n",
      description = "Passes over the rows. Default: ${DEFAULT-VALUE}.")
  double epochs = 10;

  @Option(
      names = "--local-steps",
      paramLabel = "K",
      description =
          "Steps that workers take by themselves between two averages of their weights; 1: gradients are merged at every step. Default: ${DEFAULT-VALUE}.")
  int localSteps = 1;

  @Option(
      names = "--local-workers",
      paramLabel = "W",
      description =
          "Workers of --local-steps, each with its share of the rows and of a batch, whatever the cluster. Default: ${DEFAULT-VALUE}.")
  int workers = 4;

  @Option(names = "--l2", paramLabel = "λ", description = "Adds ½λ|W|² to the loss. Default: 0.")
  double l2;

  @Option(
      names = "--weight-decay",
      paramLabel = "λ",
      description = "Decay of adamw, apart from the gradient. Default: 0.01.")
  Double weightDecay;

  @Option(
      names = "--clip",
      paramLabel = "c",
      description = "Shorten longer gradients to c. Default: none.")
  Double clip;

  @Option(
      names = "--dropout",
      paramLabel = "p",
      description = "Share of hidden units left out at random while training. Default: 0.")
  double dropout;

  @Option(
      names = "--validation",
      paramLabel = "f",
      description =
          "Share of the rows, drawn at random, that are not learnt from but judge the weights; the best are kept. Default: ${DEFAULT-VALUE}.")
  double validation = 0.1;

  @Option(
      names = "--standardize",
      negatable = true,
      description =
          "Give features, and a target, mean 0 and deviation 1 before training; the model is for data as it is. Default: yes.")
  boolean standardize = true;

  @Option(
      names = "--early-stop",
      paramLabel = "n",
      description = "End after n epochs without a lower validation loss. Default: never.")
  int earlyStop;

  @Option(
      names = "--plateau",
      paramLabel = "n",
      description =
          "dbd, rdbd: halve the rate after n epochs without a lower validation loss, down to a 50th of its greatest; 0: never. Default: 2 for rdbd, never for dbd.")
  Integer plateau;

  @Option(
      names = "--class-weights",
      paramLabel = "balanced|w,w…",
      description =
          "Weight of the rows of each class: as they are named in run.json, or balanced, inverse to their number.")
  String classWeights;

  @Option(
      names = "--precision",
      paramLabel = "float|double",
      description = "Of passes over rows; steps are in double. Default: ${DEFAULT-VALUE}.")
  Precision precision = Precision.FLOAT;

  @Option(
      names = "--steps-on",
      paramLabel = "auto|driver|executors",
      description =
          "Where batches are gone through; the bits are the same. Default: auto, the driver for up to 32 MB of packed rows.")
  StepsOn stepsOn = StepsOn.auto;

  long seed = 42;

  /**
   * Checks what the options alone can tell.
   *
   * @throws BadInput naming the option, its value and what it may be
   */
  void check() {
    for (int units : hidden) {
      require(
          units >= 0 && units <= 1 << 20,
          "--hidden " + units + ": must be from 1 to 1,048,576, or 0 alone");
    }
    require(hidden.size() == 1 || !hidden.contains(0), "--hidden " + hidden + ": 0 stands alone");
    require(epochs > 0 && epochs <= 1e9, "--epochs " + epochs + ": must be above 0");
    require(batch == null || batch >= 1, "--batch " + batch + ": must be at least 1");
    require(localSteps >= 1, "--local-steps " + localSteps + ": must be at least 1");
    require(
        workers >= 1 && workers <= 1 << 16,
        "--local-workers " + workers + ": must be from 1 to 65,536");
    require(l2 >= 0 && l2 < Double.POSITIVE_INFINITY, "--l2 " + l2 + ": must be at least 0");
    require(clip == null || clip > 0, "--clip " + clip + ": must be above 0");
    require(rate == null || rate > 0, "--lr " + rate + ": must be finite and positive");
    require(
        weightDecay == null || weightDecay >= 0,
        "--weight-decay " + weightDecay + ": must be finite and not negative");
    require(
        dropout >= 0 && dropout < 1, "--dropout " + dropout + ": must be at least 0 and below 1");
    require(
        validation >= 0 && validation < 1,
        "--validation " + validation + ": must be at least 0 and below 1");
    require(earlyStop >= 0, "--early-stop " + earlyStop + ": must be at least 1");
    require(
        earlyStop == 0 || validation > 0,
        "--early-stop " + earlyStop + ": needs validation rows; give --validation");
    require(plateau == null || plateau >= 0, "--plateau " + plateau + ": must be at least 0");
    require(
        plateau == null || schedule == ScheduleKind.DBD || schedule == ScheduleKind.RDBD,
        "--plateau " + plateau + ": is for --schedule dbd and rdbd; leave it out or give one");
    require(
        plateau == null || plateau == 0 || validation > 0,
        "--plateau " + plateau + ": needs validation rows; give --validation");
    require(
        localSteps == 1 || settings(1).worksLocally(),
        "--local-steps "
            + localSteps
            + ": not with --schedule "
            + schedule
            + (lossRegret ? " --loss-regret" : "")
            + "; constant, cosine, dbd, rdbd and hd have them");
    require(
        warmUp == null || schedule == ScheduleKind.COSINE,
        "--warm-up " + warmUp + ": is for --schedule cosine; leave it out or give that");
    require(warmUp == null || warmUp >= 0, "--warm-up " + warmUp + ": must be at least 0");
    long steps = warmUp == null ? 1 : warmUp + 1;
    settings(steps)
        .create(
            Groups.of(
                group == GroupBy.model
                    ? new int[] {0, 2}
                    : new int[] {0, 1, 2})); // says which options do not go together
  }

  /**
   * The same under another schedule, with that one's defaults. The optimizer stays where it can,
   * and so does the rate to start from.
   */
  FitOptions under(ScheduleKind other) {
    FitOptions options;
    try {
      options = (FitOptions) clone();
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
    options.schedule = other;
    if (!other.takes(optimizer())) {
      options.optimizer = null;
      options.weightDecay = null;
      options.rate = null;
    }
    options.rate = other.needsNoRate() ? null : options.rate;
    options.kappa = null;
    options.theta = null;
    options.beta = null;
    options.phi = null;
    options.signal = null;
    options.least = null;
    options.most = null;
    options.delayed = false;
    options.lossRegret = false;
    options.group = GroupBy.model;
    options.warmUp = null;
    options.plateau = null;
    return options;
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new BadInput(otherwise);
    }
  }

  /** Rows of a batch. */
  int batch(long rows) {
    long usual = Math.max(LEAST_BATCH, Math.min(BATCH, Long.highestOneBit(Math.max(1, rows / 32))));
    return (int) Math.min(rows, batch == null ? usual : batch);
  }

  /** Batches in all. */
  long steps(long rows) {
    return Math.max(1, (long) Math.ceil(epochs * rows / batch(rows)));
  }

  Architecture architecture(int features, int classes) {
    List<Integer> units = hidden.contains(0) ? List.of() : hidden;
    int[] sizes = new int[units.size() + 2];
    sizes[0] = features;
    for (int l = 0; l < units.size(); l++) {
      sizes[l + 1] = units.get(l);
    }
    sizes[sizes.length - 1] = classes == 0 ? 1 : classes;
    return new Architecture(sizes, activation, classes == 0 ? Loss.SQUARED : Loss.CROSS_ENTROPY);
  }

  Objective objective(Architecture architecture) {
    return new Objective(
        architecture, precision, l2, clip == null ? Double.POSITIVE_INFINITY : clip, dropout, seed);
  }

  /** Losses alone, in double. */
  Objective scoring(Architecture architecture) {
    return new Objective(architecture, Precision.DOUBLE, 0, Double.POSITIVE_INFINITY, 0, seed);
  }

  /**
   * @param rows all of them, for validation as well: what decides the cut
   */
  Shards shards(long rows, int features) {
    long rowBytes = (long) features * precision.bytes();
    return localSteps > 1
        ? Shards.of(workers, rows, rowBytes)
        : Shards.forBatches(rows, rowBytes, batch(rows));
  }

  Schedule schedule(Groups groups, long steps) {
    return settings(steps).create(groups);
  }

  /** Looks at the validation rows without gain after which the rate is halved; 0: never. */
  int plateau() {
    return plateau != null ? plateau : schedule == ScheduleKind.RDBD ? 2 : 0;
  }

  /** The one asked for, or the schedule's own. */
  OptimizerKind optimizer() {
    return optimizer != null ? optimizer : schedule.optimizer();
  }

  private ScheduleSettings settings(long steps) {
    DbdSettings dbd = DbdSettings.DEFAULT;
    try {
      dbd = signal == null ? dbd : dbd.withSignal(signal);
      dbd = kappa == null ? dbd : dbd.withKappa(kappa);
      dbd = beta == null ? dbd : dbd.withBeta(beta);
      dbd = theta == null ? dbd : dbd.withTheta(theta);
      dbd = phi == null ? dbd : dbd.withPhi(phi);
    } catch (IllegalArgumentException e) {
      throw new BadInput("--" + e.getMessage(), e);
    }
    return ScheduleSettings.of(schedule, optimizer())
        .withDecay(decay())
        .withRate(rate == null ? Double.NaN : rate)
        .withRates(least == null ? Double.NaN : least, most == null ? Double.NaN : most)
        .withDbd(dbd.withDelayed(delayed))
        .withLossRegret(lossRegret)
        .withSteps(
            (warmUp == null ? steps / 20 : warmUp) / localSteps,
            (steps + localSteps - 1) / localSteps);
  }

  double decay() {
    return weightDecay == null ? Double.NaN : weightDecay;
  }
}
