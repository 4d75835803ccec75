package dev.kindling.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindling.linalg.Precision;
import dev.kindling.optim.Groups;
import dev.kindling.optim.OptimizerKind;
import dev.kindling.optim.ScheduleKind;
import dev.kindling.optim.ScheduleSettings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TrainingTest {
  private static final Architecture SHAPE =
      new Architecture(new int[] {4, 6, 3}, Activation.TANH, Loss.CROSS_ENTROPY);
  private static final Shards SHARDS = new Shards(3, 2);

  private final SplittableRandom random = new SplittableRandom(31);
  private final RowBlock[] train = blocks(40);
  private final RowBlock[] validation = blocks(10);
  private final List<TrainingStep> seen = new ArrayList<>();

  private RowBlock[] blocks(int rows) {
    RowBlock[] blocks = new RowBlock[SHARDS.blocks()];
    for (int b = 0; b < blocks.length; b++) {
      double[] x = random.doubles(4L * (rows + b), -1, 1).toArray();
      double[] y = new double[rows + b];
      for (int i = 0; i < y.length; i++) {
        y[i] = x[4 * i] * x[4 * i + 1] > 0 ? 0 : x[4 * i + 2] > 0 ? 1 : 2;
      }
      blocks[b] = new RowBlock(4, rows + b, x, y, null);
    }
    return blocks;
  }

  private Training training(ScheduleSettings schedule, TrainingSettings settings) {
    Objective objective = new Objective(SHAPE, Precision.DOUBLE, 1e-4, 5, 0.1, 9);
    int[] rows = java.util.Arrays.stream(train).mapToInt(RowBlock::rows).toArray();
    Batches batches = new Batches(SHARDS, rows, 30, 9);
    Groups groups = Groups.model(SHAPE.weights());
    return new Training(
        objective,
        settings,
        batches,
        schedule.withSteps(2, settings.steps()).create(groups),
        new PassesInMemory(
            objective,
            batches.mostRows(),
            train,
            validation,
            new LocalWorkers(3, 2, schedule.optimizer(), Double.NaN, groups)),
        Initialization.weights(SHAPE, 9));
  }

  private static TrainingSettings settings(int steps, int local) {
    return new TrainingSettings(steps, 4, 0, 1, 1000, local);
  }

  private Training.Watcher watcher() {
    return new Training.Watcher() {
      @Override
      public void stepped(TrainingStep step) {
        seen.add(step);
      }
    };
  }

  static Stream<Arguments> everyKindOfRun() {
    List<Arguments> kinds = new ArrayList<>();
    for (ScheduleKind kind : ScheduleKind.values()) {
      ScheduleSettings schedule = ScheduleSettings.of(kind, kind.optimizer());
      kinds.add(Arguments.of(schedule, 1));
      if (schedule.worksLocally()) {
        kinds.add(Arguments.of(schedule, 5));
      }
    }
    kinds.add(
        Arguments.of(
            ScheduleSettings.of(ScheduleKind.RDBD, OptimizerKind.SGD)
                .withRate(2)
                .withLossRegret(true),
            1));
    // A rate at which the loss soon rises: plateaus are heard of.
    kinds.add(
        Arguments.of(ScheduleSettings.of(ScheduleKind.RDBD, OptimizerKind.ADAM).withRate(0.5), 1));
    return kinds.stream();
  }

  /** Property 7 of the design, for a whole run. */
  @ParameterizedTest
  @MethodSource("everyKindOfRun")
  void aResumedRunIsTheUninterruptedOneBitForBit(ScheduleSettings schedule, int local)
      throws IOException {
    Training whole = training(schedule, settings(40, local));
    whole.run(watcher());
    List<TrainingStep> expected = List.copyOf(seen);
    Training begun = training(schedule, settings(40, local));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    seen.clear();
    assertThatThrownBy(
            () ->
                begun.run(
                    new Training.Watcher() {
                      @Override
                      public void stepped(TrainingStep step) {
                        seen.add(step);
                        if (step.step() >= 15) {
                          throw new IllegalStateException("killed");
                        }
                      }
                    }))
        .hasMessage("killed");
    begun.write(new DataOutputStream(bytes));
    Training resumed = training(schedule, settings(40, local));
    resumed.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    assertThat(resumed.step()).isEqualTo(begun.step());
    resumed.run(watcher());
    assertThat(resumed.best()).isEqualTo(whole.best());
    assertThat(resumed.weights()).isEqualTo(whole.weights());
    assertThat(seen.toString()).isEqualTo(expected.toString());
    assertThat(resumed.step()).isEqualTo(40);
  }

  @Test
  void theBestWeightsAreKeptAndTrainingEndsWithoutGain() {
    // A rate at which the loss soon rises.
    Training training =
        training(
            ScheduleSettings.of(ScheduleKind.CONSTANT, OptimizerKind.ADAM).withRate(0.3),
            new TrainingSettings(4000, 8, 3, 0, 100_000, 1));
    training.run(watcher());
    assertThat(training.step()).isLessThan(4000);
    List<TrainingStep> looks = seen.stream().filter(s -> s.validation() != null).toList();
    TrainingStep best =
        looks.stream()
            .min(java.util.Comparator.comparingDouble(s -> s.validation().meanLoss()))
            .orElseThrow();
    assertThat(training.bestStep()).isEqualTo(best.step());
    assertThat(training.step()).isEqualTo(best.step() + 24);
  }

  @Test
  void aPlateauHoldsTheRateDown() {
    ScheduleSettings schedule =
        ScheduleSettings.of(ScheduleKind.RDBD, OptimizerKind.ADAM).withRate(0.3);
    TrainingSettings settings = new TrainingSettings(800, 8, 0, 2, 1000, 1);
    Training held = training(schedule, settings);
    held.run(watcher());
    int without = 0;
    double best = Double.POSITIVE_INFINITY;
    int halved = 0;
    for (int t = 0; t + 1 < seen.size(); t++) {
      if (seen.get(t).validation() == null) {
        continue;
      }
      double loss = seen.get(t).validation().meanLoss();
      without = loss < best ? 0 : without + 1;
      best = Math.min(best, loss);
      if (without > 0 && without % 2 == 0) {
        halved++;
        // Beside the halving one adjustment of at most κ.
        double share = seen.get(t + 1).learningRate() / seen.get(t).learningRate();
        assertThat(share).isBetween(0.49, 1.03);
      }
    }
    assertThat(halved).isGreaterThan(5);
    double greatest = seen.stream().mapToDouble(TrainingStep::learningRate).max().orElseThrow();
    assertThat(seen).allMatch(s -> s.learningRate() > 1e-2 * greatest);
    double last = seen.get(seen.size() - 1).validation().meanLoss();
    seen.clear();
    training(schedule, new TrainingSettings(800, 8, 0, 0, 1000, 1)).run(watcher());
    assertThat(last).isLessThan(seen.get(seen.size() - 1).validation().meanLoss());
  }

  @Test
  void itEndsWhereNumbersEnd() {
    Training training =
        training(
            ScheduleSettings.of(ScheduleKind.CONSTANT, OptimizerKind.SGD).withRate(1e300),
            settings(50, 1));
    assertThatThrownBy(() -> training.run(watcher()))
        .isInstanceOf(Diverged.class)
        .hasMessageMatching("step \\d+: .* at learning rate 1.0E300");
  }

  @Test
  void localStepsOfOneWorkerAreSteps() {
    ScheduleSettings schedule = ScheduleSettings.of(ScheduleKind.CONSTANT, OptimizerKind.ADAM);
    Training steps = training(schedule, settings(20, 1));
    steps.run(watcher());
    Objective objective = new Objective(SHAPE, Precision.DOUBLE, 1e-4, 5, 0.1, 9);
    int[] rows = java.util.Arrays.stream(train).mapToInt(RowBlock::rows).toArray();
    Batches batches = new Batches(SHARDS, rows, 30, 9);
    Groups groups = Groups.model(SHAPE.weights());
    Training rounds =
        new Training(
            objective,
            settings(20, 4),
            batches,
            schedule.create(groups),
            new PassesInMemory(
                objective,
                batches.mostRows(),
                train,
                validation,
                new LocalWorkers(1, SHARDS.blocks(), OptimizerKind.ADAM, Double.NaN, groups)),
            Initialization.weights(SHAPE, 9));
    rounds.run(watcher());
    for (int i = 0; i < SHAPE.weights(); i++) {
      assertThat(rounds.weights()[i])
          .isCloseTo(steps.weights()[i], org.assertj.core.api.Assertions.within(1e-12));
    }
  }

  @Test
  void aDamagedStateIsNotTaken() throws IOException {
    ScheduleSettings schedule = ScheduleSettings.of(ScheduleKind.RDBD, OptimizerKind.ADAM);
    Training training = training(schedule, settings(10, 1));
    training.run(watcher());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    training.write(new DataOutputStream(bytes));
    byte[] cut = java.util.Arrays.copyOf(bytes.toByteArray(), bytes.size() / 2);
    assertThatThrownBy(() -> training.read(new DataInputStream(new ByteArrayInputStream(cut))))
        .isInstanceOf(IOException.class);
  }
}
