package dev.kindling.spark.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineLockTest {
  private static final Waiting YIELD = duration -> Thread.yield();

  @TempDir Path home;
  private LockFiles files;

  @BeforeEach
  void aHome() throws Exception {
    files = new LockFiles(new org.apache.hadoop.fs.Path(home.toUri()), new Configuration());
  }

  private static Owner me(String run) {
    return Owner.here(run, Instant.now());
  }

  private PipelineLock acquire(Owner owner) throws Exception {
    return PipelineLock.acquire(files, owner, YIELD);
  }

  private static Owner elsewhere(String run) {
    Owner me = me(run);
    return new Owner(run, "ann", "faraway", 7, me.started(), "pid:[1]", me.since());
  }

  private List<String> names() throws Exception {
    try (Stream<Path> list = Files.list(home)) {
      return list.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void theSecondIsToldWhoHoldsIt() throws Exception {
    PipelineLock lock = acquire(me("first"));
    assertThatThrownBy(() -> acquire(me("second")))
        .isInstanceOf(LockHeld.class)
        .hasMessageContainingAll(
            "run first of ",
            me("").user() + "@" + me("").host() + ", process " + me("").pid(),
            "since",
            "last sign of life");
    lock.close();
    assertThat(names()).isEmpty();
    acquire(me("third")).close();
  }

  @Test
  void aProcessThatIsGoneIsSucceededAtOnce() throws Exception {
    Owner me = me("dead");
    Instant earlier = me.started().minusSeconds(3600); // another process had this number then
    Owner reused =
        new Owner("dead", me.user(), me.host(), me.pid(), earlier, me.namespace(), me.since());
    assertThat(files.create(4, reused.json())).isTrue();
    PipelineLock lock = acquire(me);
    assertThat(names()).containsExactly(".lock-5");
    lock.close();
  }

  @Test
  void aProcessElsewhereIsSucceededAfterAMinuteOfSilence() throws Exception {
    assertThat(files.create(1, elsewhere("far").json())).isTrue();
    files.beat(1);
    assertThatThrownBy(() -> acquire(me("near"))).hasMessageContaining("run far of ann@faraway");
    silent(".lock-1", 70);
    assertThatThrownBy(() -> acquire(me("near"))).isInstanceOf(LockHeld.class);
    silent(".lock-1.beat", 70);
    try (PipelineLock lock = acquire(me("near"))) {
      assertThat(lock.beat()).isTrue();
      assertThat(names()).containsExactly(".lock-2", ".lock-2.beat");
    }
    assertThat(names()).isEmpty();
  }

  private void silent(String name, int seconds) throws Exception {
    FileTime then = FileTime.from(Instant.now().minusSeconds(seconds));
    Files.setLastModifiedTime(home.resolve(name), then);
  }

  @Test
  void aLockWithoutTextIsSomeonesUntilItIsOld() throws Exception {
    Files.writeString(home.resolve(".lock-1"), "");
    assertThatThrownBy(() -> acquire(me("a"))).hasMessageContaining("about to start");
    silent(".lock-1", 70);
    acquire(me("a")).close();
  }

  @Test
  void aLiveLowerLockMakesAHigherOneWithdraw() throws Exception {
    Files.writeString(home.resolve(".lock-5"), "");
    silent(".lock-5", 70);
    // While the contender looks whether 5 gets its text, another one takes 4.
    Waiting another =
        duration -> {
          try {
            files.create(4, me("lower").json());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        };
    assertThatThrownBy(() -> PipelineLock.acquire(files, me("higher"), another))
        .isInstanceOf(LockHeld.class)
        .hasMessageContaining("run lower of ");
    assertThat(names()).containsExactly(".lock-4", ".lock-5");
  }

  @Test
  void aHolderNoticesThatItsLockIsGone() throws Exception {
    PipelineLock lock = acquire(me("a"));
    assertThat(lock.beat()).isTrue();
    files.delete(1);
    assertThat(files.create(1, elsewhere("thief").json())).isTrue();
    assertThat(lock.beat()).isFalse();
    assertThat(lock.isLost()).isTrue();
    lock.close();
    assertThat(names()).as("the other's lock stays").contains(".lock-1");
  }

  @Test
  void neverTwoAtOnceAmongManyThreads() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger entered = new AtomicInteger();
    ExecutorService pool = Executors.newFixedThreadPool(12);
    List<Future<?>> all = new ArrayList<>();
    for (int t = 0; t < 12; t++) {
      String name = "thread-" + t;
      all.add(
          pool.submit(
              () -> {
                for (int i = 0; i < 25; i++) {
                  try (PipelineLock lock = acquire(me(name + "-" + i))) {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    entered.incrementAndGet();
                    assertThat(lock.beat()).isTrue();
                    inside.decrementAndGet();
                  } catch (LockHeld held) {
                    Thread.yield();
                  }
                }
                return null;
              }));
    }
    for (Future<?> each : all) {
      each.get();
    }
    pool.shutdown();
    assertThat(most).hasValue(1);
    assertThat(entered.get()).isPositive();
    acquire(me("afterwards")).close();
  }

  @Test
  void oneOfManySucceedsADeadHolder() throws Exception {
    assertThat(files.create(9, elsewhere("dead").json())).isTrue();
    silent(".lock-9", 100);
    ExecutorService pool = Executors.newFixedThreadPool(10);
    List<Future<Boolean>> all = new ArrayList<>();
    for (int t = 0; t < 10; t++) {
      String name = "thread-" + t;
      all.add(
          pool.submit(
              () -> {
                try {
                  acquire(me(name));
                  return true;
                } catch (LockHeld held) {
                  return false;
                }
              }));
    }
    int winners = 0;
    for (Future<Boolean> each : all) {
      winners += each.get() ? 1 : 0;
    }
    pool.shutdown();
    assertThat(winners).isEqualTo(1);
    assertThat(names()).containsExactly(".lock-10");
  }
}
