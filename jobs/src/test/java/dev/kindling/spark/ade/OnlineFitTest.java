package dev.kindling.spark.ade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindling.linalg.Matrix;
import dev.kindling.spark.job.StateFile;
import dev.kindling.spark.setting.Settings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OnlineFitTest {
  private static final int D = 4;
  private static final int N = 30;
  private static final int PAIRS = 50;
  private static final int SWEEPS = 2;

  @TempDir Path folder;

  /** A run that is killed. */
  private static final class Killed extends RuntimeException {}

  private static OnlineFit fit(Learner learner) {
    SplittableRandom random = new SplittableRandom(3);
    Matrix points = Matrix.zeros(D, N);
    int[] labels = new int[N];
    RowNames names = new RowNames(false, N);
    for (int j = 0; j < N; j++) {
      labels[j] = j % 3;
      names.add((long) j);
      for (int i = 0; i < D; i++) {
        points.set(i, j, random.nextDouble(-1, 1) * (i + 1) + labels[j]);
      }
    }
    Constraints constraints = Constraints.draw(labels, PAIRS, 5);
    if (learner == Learner.lego) {
      for (int c = 0; c < PAIRS; c++) {
        constraints.targets()[c] += 1; // 2 and 0
      }
    }
    LearnOptions options =
        LearnOptions.of(
            Settings.none()
                .with(LearnSettings.LEARNER, learner)
                .with(LearnSettings.SWEEPS, SWEEPS));
    return OnlineStart.of(options, new PointSet(points, names, labels), constraints, null, 42);
  }

  private static byte[] state(OnlineFit fit, LearnHistory history) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    fit.write(new DataOutputStream(bytes));
    history.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @EnumSource(names = {"lego", "itml", "pola"})
  void whatIsResumedEndsInTheSameBits(Learner learner) throws IOException {
    OnlineFit whole = fit(learner);
    LearnHistory history = new LearnHistory(whole.steps());
    whole.run(history::add);
    assertThat(whole.step()).isEqualTo(SWEEPS * PAIRS);

    StateFile file =
        new StateFile(
            new org.apache.hadoop.fs.Path(folder.resolve("checkpoint").toUri()),
            1,
            new Configuration(false));
    OnlineFit killed = fit(learner);
    LearnHistory some = new LearnHistory(killed.steps());
    assertThatThrownBy(
            () ->
                killed.run(
                    step -> {
                      some.add(step);
                      if (step.step() == 63) {
                        file.write(
                            out -> {
                              killed.write(out);
                              some.write(out);
                            });
                      }
                      if (step.step() == 70) {
                        throw new Killed();
                      }
                    }))
        .isInstanceOf(Killed.class);

    OnlineFit resumed = fit(learner);
    LearnHistory rest = new LearnHistory(resumed.steps());
    assertThat(
            file.read(
                in -> {
                  resumed.read(in);
                  rest.read(in);
                }))
        .isTrue();
    assertThat(resumed.step()).isEqualTo(63);
    resumed.run(rest::add);
    assertThat(state(resumed, rest)).isEqualTo(state(whole, history));
  }

  @Test
  void aDamagedCheckpointIsNone() throws IOException {
    Path at = folder.resolve("checkpoint");
    StateFile file =
        new StateFile(new org.apache.hadoop.fs.Path(at.toUri()), 1, new Configuration(false));
    file.write(out -> out.writeLong(7));
    byte[] bytes = Files.readAllBytes(at);
    bytes[bytes.length - 1] ^= 1;
    Files.write(at, bytes);
    assertThat(file.read(in -> {})).isFalse();
  }

  @Test
  void aStateOfAnotherLearnerIsRefused() throws IOException {
    byte[] bytes = state(fit(Learner.lego), new LearnHistory(1));
    assertThatThrownBy(
            () -> fit(Learner.pola).read(new DataInputStream(new ByteArrayInputStream(bytes))))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aLongHistoryHoldsMeans() {
    long steps = 2L * LearnHistory.MOST + 1; // three to a row
    LearnHistory history = new LearnHistory(steps);
    for (long s = 1; s <= steps; s++) {
      history.add(new LearnStep(s, s, 2 * s, 3 * s));
    }
    assertThat(history.group()).isEqualTo(3);
    assertThat(history.column(0)).hasSize((int) ((steps + 2) / 3)).startsWith(3, 6, 9);
    assertThat(history.column(1)).startsWith(3, 3, 3);
    assertThat(history.column(2)).startsWith(2, 5, 8);
    assertThat(history.column(3)).startsWith(4, 10, 16);
    assertThat(history.column(4)).startsWith(6, 15, 24);
  }

  @Test
  void drawnPairsAreWhatTheirTargetsSay() {
    int[] labels = {0, 1, 0, 2, 1, 0, 3};
    Constraints drawn = Constraints.draw(labels, 4000, 9);
    boolean[][] seen = new boolean[labels.length][labels.length];
    for (int c = 0; c < drawn.count(); c++) {
      int i = drawn.first()[c];
      int j = drawn.second()[c];
      assertThat(i).isNotEqualTo(j);
      assertThat(drawn.targets()[c]).isEqualTo(labels[i] == labels[j] ? 1 : -1);
      assertThat(drawn.targets()[c]).isEqualTo(c % 2 == 0 ? 1 : -1);
      seen[i][j] = true;
    }
    for (int i = 0; i < labels.length; i++) {
      for (int j = 0; j < labels.length; j++) {
        assertThat(seen[i][j]).as("%d, %d", i, j).isEqualTo(i != j);
      }
    }
  }
}
