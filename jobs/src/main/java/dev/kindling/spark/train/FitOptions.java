package dev.kindling.spark.train;

import static dev.kindling.spark.train.TrainSettings.*;

import dev.kindling.BadInput;
import dev.kindling.linalg.Precision;
import dev.kindling.nn.Architecture;
import dev.kindling.nn.Loss;
import dev.kindling.nn.Objective;
import dev.kindling.nn.Perceptron;
import dev.kindling.nn.Shards;
import dev.kindling.optim.DbdSettings;
import dev.kindling.optim.Groups;
import dev.kindling.optim.OptimizerKind;
import dev.kindling.optim.Schedule;
import dev.kindling.optim.ScheduleKind;
import dev.kindling.optim.ScheduleSettings;
import dev.kindling.spark.job.CommonOptions;
import dev.kindling.spark.setting.Setting;
import dev.kindling.spark.setting.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** What the settings of a fit come to. Immutable. */
final class FitOptions {
  /** Rows of a batch where there are enough of them; see the page for how it was chosen. */
  private static final int USUAL_BATCH = 1024;

  private static final int LEAST_BATCH = 32;

  private final Settings settings;

  private FitOptions(Settings settings) {
    this.settings = settings;
  }

  /**
   * @throws BadInput naming a setting whose value does not go with the others
   */
  static FitOptions of(Settings settings) {
    settings.check(ALL.all());
    FitOptions options = new FitOptions(settings);
    options.check();
    return options;
  }

  private void check() {
    for (Setting<Integer> waits : List.of(EARLY_STOP, PLATEAU)) {
      if (settings.given(waits).orElse(0) > 0 && validation() == 0) {
        throw settings.bad(waits, "needs validation rows; give %s", VALIDATION.named());
      }
    }
    if (localSteps() == 1 && settings.isGiven(LOCAL_WORKERS)) {
      throw settings.bad(LOCAL_WORKERS, "is for %s above 1; give both", LOCAL_STEPS.named());
    }
    if (localSteps() > 1 && !schedule(1).worksLocally()) {
      throw settings.bad(
          LOCAL_STEPS,
          "not with %s%s; constant, cosine, dbd, rdbd and hd have them",
          SCHEDULE.is(schedule()),
          settings.get(LOSS_REGRET) ? " " + LOSS_REGRET.is(true) : "");
    }
    long steps = settings.given(WARM_UP).map(n -> n + 1).orElse(1L);
    int[] ends = group() == GroupBy.model ? new int[] {0, 2} : new int[] {0, 1, 2};
    schedule(steps).create(Groups.of(ends)); // checks what goes together
  }

  /**
   * The same under another schedule, with that one's defaults. The optimizer stays where it can,
   * and so does the rate to start from.
   */
  FitOptions under(ScheduleKind other) {
    Settings under =
        settings.without(s -> s.belongsTo(SCHEDULE) || s.belongsTo(SIGNAL)).with(SCHEDULE, other);
    if (!other.takes(optimizer())) {
      under = under.without(List.of(OPTIMIZER, WEIGHT_DECAY, STEP_SIZE)::contains);
    }
    return of(other.needsNoRate() ? under.without(STEP_SIZE::equals) : under);
  }

  /** The same with another value. */
  <T> FitOptions with(Setting<T> setting, T value) {
    return of(settings.with(setting, value));
  }

  Precision precision() {
    return settings.get(PRECISION);
  }

  double validation() {
    return settings.get(VALIDATION);
  }

  boolean standardize() {
    return settings.get(STANDARDIZE);
  }

  int localSteps() {
    return settings.get(LOCAL_STEPS);
  }

  int workers() {
    return settings.get(LOCAL_WORKERS);
  }

  /** 0 for never. */
  int earlyStop() {
    return settings.given(EARLY_STOP).orElse(0);
  }

  StepsOn stepsOn() {
    return settings.get(STEPS_ON);
  }

  ScheduleKind schedule() {
    return settings.get(SCHEDULE);
  }

  long seed() {
    return settings.get(CommonOptions.SEED);
  }

  GroupBy group() {
    return settings.get(GROUP);
  }

  Optional<String> classWeights() {
    return settings.given(CLASS_WEIGHTS);
  }

  Optional<String> initialModel() {
    return settings.given(INITIAL_MODEL);
  }

  /**
   * The model whose weights to start from.
   *
   * @throws BadInput if it cannot be read
   */
  Optional<Perceptron> initial(Configuration conf) {
    return settings.given(INITIAL_MODEL).map(path -> read(path, conf));
  }

  private static Perceptron read(String path, Configuration conf) {
    try {
      return PerceptronFiles.perceptron(path, conf);
    } catch (BadInput e) {
      throw BadInput.within(INITIAL_MODEL.is(path) + ": ", e);
    }
  }

  /** What holds where settings without a default that is always so were not given; by option. */
  Map<String, Object> decided(long rows) {
    Map<String, Object> decided = new LinkedHashMap<>();
    decided.put("optimizer", optimizer().toString());
    if (!schedule().needsNoRate()) {
      decided.put("lr", settings.given(STEP_SIZE).orElse(optimizer().defaultRate()));
    }
    decided.put("batch", batch(rows));
    decided.put("plateau", plateau());
    return decided;
  }

  /** Units of each hidden layer, none for a linear model. */
  List<Integer> hidden() {
    List<Integer> units = settings.get(HIDDEN);
    return units.contains(0) ? List.of() : units;
  }

  /** Rows of a batch. */
  int batch(long rows) {
    long usual =
        Math.max(LEAST_BATCH, Math.min(USUAL_BATCH, Long.highestOneBit(Math.max(1, rows / 32))));
    return (int) Math.min(rows, settings.given(BATCH).map(Integer::longValue).orElse(usual));
  }

  /** Batches in all. */
  long steps(long rows) {
    return Math.max(1, (long) Math.ceil((double) settings.get(EPOCHS) * rows / batch(rows)));
  }

  Architecture architecture(int features, int classes) {
    List<Integer> units = hidden();
    int[] sizes = new int[units.size() + 2];
    sizes[0] = features;
    for (int l = 0; l < units.size(); l++) {
      sizes[l + 1] = units.get(l);
    }
    sizes[sizes.length - 1] = classes == 0 ? 1 : classes;
    return new Architecture(
        sizes, settings.get(ACTIVATION), classes == 0 ? Loss.SQUARED : Loss.CROSS_ENTROPY);
  }

  Objective objective(Architecture architecture) {
    return new Objective(
        architecture,
        precision(),
        settings.get(L2),
        settings.given(CLIP).orElse(Double.POSITIVE_INFINITY),
        settings.get(DROPOUT),
        seed());
  }

  /** Losses alone, in double. */
  static Objective scoring(Architecture architecture) {
    return new Objective(architecture, Precision.DOUBLE, 0, Double.POSITIVE_INFINITY, 0, 0);
  }

  /**
   * @param rows all of them, for validation as well: what decides the cut
   */
  Shards shards(long rows, int features) {
    long rowBytes = (long) features * precision().bytes();
    return localSteps() > 1
        ? Shards.of(workers(), rows, rowBytes)
        : Shards.forBatches(rows, rowBytes, batch(rows));
  }

  Schedule schedule(Groups groups, long steps) {
    return schedule(steps).create(groups);
  }

  /** Evaluations on the validation rows without gain after which the rate is halved; 0: never. */
  int plateau() {
    return settings.given(PLATEAU).orElse(schedule() == ScheduleKind.RDBD ? 2 : 0);
  }

  /** The one asked for, or the schedule's own. */
  OptimizerKind optimizer() {
    return settings.given(OPTIMIZER).orElse(schedule().optimizer());
  }

  private ScheduleSettings schedule(long steps) {
    DbdSettings dbd =
        DbdSettings.DEFAULT
            .withSignal(settings.get(SIGNAL))
            .withKappa(settings.get(KAPPA))
            .withBeta(settings.get(BETA))
            .withTheta(settings.get(THETA))
            .withPhi(settings.get(PHI))
            .withDelayed(settings.get(DELAYED));
    return ScheduleSettings.of(schedule(), optimizer())
        .withDecay(decay())
        .withRate(settings.given(STEP_SIZE).orElse(Double.NaN))
        .withRates(
            settings.given(MIN_STEP_SIZE).orElse(Double.NaN),
            settings.given(MAX_STEP_SIZE).orElse(Double.NaN))
        .withDbd(dbd)
        .withLossRegret(settings.get(LOSS_REGRET))
        .withSteps(
            settings.given(WARM_UP).orElse(steps / 20) / localSteps(),
            (steps + localSteps() - 1) / localSteps());
  }

  /** λ of AdamW; NaN for its default. */
  double decay() {
    return settings.given(WEIGHT_DECAY).orElse(Double.NaN);
  }
}
