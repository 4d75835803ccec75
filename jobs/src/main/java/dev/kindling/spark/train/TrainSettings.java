package dev.kindling.spark.train;

import dev.kindling.linalg.Precision;
import dev.kindling.nn.Activation;
import dev.kindling.optim.DbdSettings;
import dev.kindling.optim.OptimizerKind;
import dev.kindling.optim.ScheduleKind;
import dev.kindling.optim.Signal;
import dev.kindling.spark.job.CommonOptions;
import dev.kindling.spark.setting.Setting;
import dev.kindling.spark.setting.SettingGroup;
import java.util.List;
import java.util.Map;

/** How a perceptron is trained. */
public final class TrainSettings {
  private static final DbdSettings DBD = DbdSettings.DEFAULT;

  public static final Setting<List<Integer>> HIDDEN =
      Setting.wholes("--hidden", "hiddenLayers", "n,n…")
          .or(List.of(64))
          .checked(TrainSettings::wrongLayers)
          .describedAs("Units of each hidden layer; 0: none, a linear model.");

  public static final Setting<Activation> ACTIVATION =
      Setting.choice("--activation", "activation", Activation.class)
          .or(Activation.RELU)
          .describedAs("Activation of hidden units.");

  public static final Setting<OptimizerKind> OPTIMIZER =
      Setting.choice("--optimizer", "optimizer", OptimizerKind.class)
          .orElse("adam; dog, schedule-free and prodigy have their own")
          .describedAs("What turns a gradient into a direction.");

  public static final Setting<ScheduleKind> SCHEDULE =
      Setting.choice("--schedule", "schedule", ScheduleKind.class)
          .or(ScheduleKind.RDBD)
          .describedAs("What decides the learning rate.");

  public static final Setting<Double> STEP_SIZE =
      Setting.number("--lr", "stepSize", "η")
          .above(0)
          .orElse("the optimizer's own, 0.001 for adam")
          .describedAs("The learning rate to start from.");

  public static final Setting<Signal> SIGNAL =
      Setting.choice("--signal", "signal", Signal.class)
          .or(DBD.signal())
          .isFor(SCHEDULE, ScheduleKind.DBD, ScheduleKind.RDBD, ScheduleKind.HD)
          .describedAs("What an adjustment of the learning rate is computed from.");

  public static final Setting<Double> KAPPA =
      Setting.number("--kappa", "kappa", "κ")
          .atLeast(0)
          .or(DBD.kappa())
          .isFor(SCHEDULE, ScheduleKind.DBD, ScheduleKind.RDBD, ScheduleKind.HD)
          .describedAs("Adjustment of log η at cosine 1; under hd the rate of the rate.");

  public static final Setting<Double> THETA =
      Setting.number("--theta", "theta", "θ")
          .atLeast(0)
          .below(1)
          .or(DBD.theta())
          .isFor(SCHEDULE, ScheduleKind.DBD, ScheduleKind.RDBD)
          .describedAs("Share that the average of directions keeps at a step.");

  public static final Setting<Double> BETA =
      Setting.number("--beta", "beta", "β")
          .atLeast(0)
          .or(DBD.beta())
          .isFor(SIGNAL, Signal.RAW)
          .describedAs("Factor of the product of gradient and direction.");

  public static final Setting<Double> MIN_STEP_SIZE =
      Setting.number("--lr-min", "minStepSize", "η")
          .above(0)
          .or(DbdSettings.LEAST_RATE)
          .isFor(SCHEDULE, ScheduleKind.DBD, ScheduleKind.RDBD)
          .describedAs("The smallest learning rate.");

  public static final Setting<Double> MAX_STEP_SIZE =
      Setting.number("--lr-max", "maxStepSize", "η")
          .above(0)
          .orElse("10; 1 for adam and adamw")
          .isFor(SCHEDULE, ScheduleKind.DBD, ScheduleKind.RDBD)
          .describedAs("The largest learning rate.");

  public static final Setting<Boolean> DELAYED =
      Setting.flag("--delayed", "delayed")
          .isFor(SCHEDULE, ScheduleKind.DBD, ScheduleKind.RDBD)
          .describedAs("A gradient decides only on the rate of the step after its own.");

  public static final Setting<Long> WARM_UP =
      Setting.wholeLong("--warm-up", "warmUp", "n")
          .atLeast(0)
          .orElse("a twentieth of all steps")
          .isFor(SCHEDULE, ScheduleKind.COSINE)
          .describedAs("Steps until the rate is reached.");

  public static final Setting<Double> PHI =
      Setting.number("--phi", "phi", "φ")
          .atLeast(0)
          .below(1)
          .or(DBD.phi())
          .isFor(SCHEDULE, ScheduleKind.DBD, ScheduleKind.RDBD)
          .describedAs(
              "Share of the rate that a regret of the loss, or a disagreement under jacobs, takes off.");

  public static final Setting<GroupBy> GROUP =
      Setting.choice("--group", "group", GroupBy.class)
          .or(GroupBy.model)
          .isFor(SCHEDULE, ScheduleKind.DBD, ScheduleKind.RDBD, ScheduleKind.HD)
          .describedAs("Which weights share a rate.");

  public static final Setting<Boolean> LOSS_REGRET =
      Setting.flag("--loss-regret", "lossRegret")
          .isFor(SCHEDULE, ScheduleKind.DBD, ScheduleKind.RDBD)
          .describedAs(
              "Take a step back if it raised the loss of its own batch; costs half as many forward passes again.");

  public static final Setting<Integer> BATCH =
      Setting.whole("--batch", "batchSize", "n")
          .atLeast(1)
          .orElse("1,024; with fewer than 32,768 rows a 32nd of them, at least 32")
          .describedAs("Rows of a batch.");

  public static final Setting<Integer> EPOCHS =
      Setting.whole("--epochs", "maxIter", "n")
          .atLeast(1)
          .atMost(1e9)
          .or(10)
          .describedAs("Passes over the rows.");

  public static final Setting<Integer> LOCAL_STEPS =
      Setting.whole("--local-steps", "localSteps", "K")
          .atLeast(1)
          .or(1)
          .describedAs(
              "Steps that workers take on their own between two averages of their weights; 1: gradients are merged at every step.");

  public static final Setting<Integer> LOCAL_WORKERS =
      Setting.whole("--local-workers", "localWorkers", "W")
          .atLeast(1)
          .atMost(1 << 16)
          .or(4)
          .describedAs(
              "Workers of {localSteps}, each with its share of the rows and of a batch, whatever the cluster.");

  public static final Setting<Double> L2 =
      Setting.number("--l2", "regParam", "λ")
          .atLeast(0)
          .or(0.0)
          .describedAs("Adds ½λ|W|² to the loss.");

  public static final Setting<Double> WEIGHT_DECAY =
      Setting.number("--weight-decay", "weightDecay", "λ")
          .atLeast(0)
          .or(0.01)
          .isFor(OPTIMIZER, OptimizerKind.ADAMW)
          .describedAs("Decay of the weights, decoupled from the gradient.");

  public static final Setting<Double> CLIP =
      Setting.number("--clip", "clip", "c")
          .above(0)
          .orElse("no clipping")
          .describedAs("Shorten longer gradients to this norm.");

  public static final Setting<Double> DROPOUT =
      Setting.number("--dropout", "dropout", "p")
          .atLeast(0)
          .below(1)
          .or(0.0)
          .describedAs("Share of hidden units that are left out at random while training.");

  public static final Setting<Double> VALIDATION =
      Setting.number("--validation", "validationFraction", "f")
          .atLeast(0)
          .below(1)
          .or(0.1)
          .describedAs(
              "Share of the rows, drawn at random, that are held out to evaluate the weights; the best weights are kept.");

  public static final Setting<Boolean> STANDARDIZE =
      Setting.onOff("--standardize", "standardization")
          .or(true)
          .describedAs(
              "Give features, and a target, mean 0 and standard deviation 1 before training; the model takes data as they are.");

  public static final Setting<Integer> EARLY_STOP =
      Setting.whole("--early-stop", "earlyStop", "n")
          .atLeast(1)
          .orElse("never")
          .describedAs("Stop after n epochs without a lower validation loss.");

  public static final Setting<Integer> PLATEAU =
      Setting.whole("--plateau", "plateau", "n")
          .atLeast(0)
          .orElse("2 for rdbd, never for dbd")
          .isFor(SCHEDULE, ScheduleKind.DBD, ScheduleKind.RDBD)
          .describedAs(
              "Halve the rate after n epochs without a lower validation loss, down to a 50th of its largest value; 0: never.");

  public static final Setting<String> CLASS_WEIGHTS =
      Setting.text("--class-weights", "classWeights", "balanced|w,w…")
          .orElse("1 for each class")
          .checked(ClassWeights::wrong)
          .describedAs(
              "Weight of the rows of each class: in the order of the classes, or balanced, inverse to their number.");

  public static final Setting<Precision> PRECISION =
      Setting.choice("--precision", "precision", Precision.class)
          .or(Precision.FLOAT)
          .describedAs("Precision of passes over rows; steps are taken in double.");

  public static final Setting<StepsOn> STEPS_ON =
      Setting.choice("--steps-on", "stepsOn", StepsOn.class)
          .or(StepsOn.auto, "the driver for up to 32 MB of packed rows")
          .describedAs("Where batches are processed; the bits are the same.");

  public static final Setting<String> INITIAL_MODEL =
      Setting.text("--from", "initialModel", "MODEL")
          .orElse("random weights by the seed")
          .describedAs("Start from the weights of a saved model of the same shape.");

  public static final Setting<String> WEIGHT_COL =
      Setting.column("weightCol").describedAs("Column with the weight of a row.");

  /** All of them. */
  static final SettingGroup ALL =
      SettingGroup.of(
              HIDDEN,
              ACTIVATION,
              OPTIMIZER,
              SCHEDULE,
              STEP_SIZE,
              KAPPA,
              THETA,
              BETA,
              MIN_STEP_SIZE,
              MAX_STEP_SIZE,
              DELAYED,
              WARM_UP,
              PHI,
              SIGNAL,
              GROUP,
              LOSS_REGRET,
              BATCH,
              EPOCHS,
              LOCAL_STEPS,
              LOCAL_WORKERS,
              L2,
              WEIGHT_DECAY,
              CLIP,
              DROPOUT,
              VALIDATION,
              STANDARDIZE,
              EARLY_STOP,
              PLATEAU,
              CLASS_WEIGHTS,
              PRECISION,
              STEPS_ON,
              INITIAL_MODEL)
          .onStages(WEIGHT_COL, CommonOptions.SEED);

  /** In {@code train.md}. */
  public static final Map<String, SettingGroup> TABLES = Map.of("train", ALL);

  private TrainSettings() {}

  /** Where batches are processed. */
  public enum StepsOn {
    auto,
    driver,
    executors
  }

  private static String wrongLayers(List<Integer> units) {
    if (units.stream().anyMatch(u -> u < 0 || u > 1 << 20)) {
      return "must be from 1 to 1,048,576, or 0 alone";
    }
    return units.size() > 1 && units.contains(0) ? "0 stands alone" : null;
  }
}
