package dev.kindling.spark.pipeline;

import dev.kindling.BadInput;
import java.io.IOException;
import java.time.Duration;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One run of a pipeline at a time in a home. The holder is the owner of the lock file of the
 * highest generation. A dead holder's place is taken by making the next generation, which one
 * contender alone can; whoever then finds another live lock withdraws.
 */
final class PipelineLock implements AutoCloseable {
  static final Duration BEAT = Duration.ofSeconds(10);
  static final Duration SILENT = Duration.ofSeconds(60);
  private static final int ROUNDS = 50;
  private static final Duration SHORT = Duration.ofMillis(40);

  private final LockFiles files;
  private final long generation;
  private final String text;
  private final CountDownLatch released = new CountDownLatch(1);
  private volatile boolean lost;

  private PipelineLock(LockFiles files, long generation, String text) {
    this.files = files;
    this.generation = generation;
    this.text = text;
  }

  /**
   * @throws LockHeld if another run is under way
   * @throws BadInput if the home cannot be written
   */
  static PipelineLock acquire(LockFiles files, Owner me, Waiting waiting)
      throws LockHeld, InterruptedException {
    try {
      LockHeld held = null;
      for (int round = 0; round < ROUNDS; round++) {
        TreeSet<Long> there = files.generations();
        held = there.isEmpty() ? null : live(files, there.last(), me, waiting);
        if (held != null) {
          throw held;
        }
        long mine = there.isEmpty() ? 1 : there.last() + 1;
        if (!files.create(mine, me.json())) {
          continue;
        }
        held = another(files, mine, me, waiting);
        if (held == null) {
          return new PipelineLock(files, mine, me.json());
        }
        files.delete(mine);
        waiting.pause(SHORT.plusMillis((me.run().hashCode() & 63) + round));
      }
      throw held != null ? held : new LockHeld("the lock changes hands all the time; try again");
    } catch (IOException e) {
      throw new BadInput("home: the lock cannot be written: " + e.getMessage(), e);
    }
  }

  /** A live lock beside mine; dead lower ones are removed. */
  private static LockHeld another(LockFiles files, long mine, Owner me, Waiting waiting)
      throws IOException, InterruptedException {
    for (long other : files.generations()) {
      if (other == mine) {
        continue;
      }
      LockHeld held = live(files, other, me, waiting);
      if (held != null) {
        return held;
      }
      if (other < mine) {
        files.delete(other);
      }
    }
    return null;
  }

  /** Says who holds a lock, or null if nobody does any more. */
  private static LockHeld live(LockFiles files, long generation, Owner me, Waiting waiting)
      throws IOException, InterruptedException {
    String text = files.read(generation);
    for (int i = 0; i < 5 && text != null && Owner.parse(text) == null; i++) {
      waiting.pause(SHORT); // made a moment ago, its text not there yet
      text = files.read(generation);
    }
    if (text == null) {
      return null;
    }
    Owner owner = Owner.parse(text);
    Duration silence = files.silence(generation);
    boolean seen = owner != null && owner.isVisibleFrom(me);
    boolean alive = seen ? owner.isRunning() : silence.compareTo(SILENT) < 0;
    if (!alive) {
      return null;
    }
    return new LockHeld(
        owner == null
            ? "a run is about to start"
            : "run "
                + owner.run()
                + " of "
                + owner.shown()
                + ", is under way since "
                + owner.since()
                + ", last sign of life "
                + silence.toSeconds()
                + " s ago; try again when it has ended");
  }

  /** Starts to show signs of life; {@code onLoss} is called if the lock is gone. */
  void keep(Runnable onLoss) {
    Thread thread =
        new Thread(
            () -> {
              try {
                while (!released.await(BEAT.toMillis(), TimeUnit.MILLISECONDS)) {
                  if (!beat()) {
                    onLoss.run();
                    return;
                  }
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "pipeline-lock");
    thread.setDaemon(true);
    thread.start();
  }

  /** Shows a sign of life; false if the lock is no longer ours. */
  synchronized boolean beat() {
    if (released.getCount() == 0) {
      return true;
    }
    try {
      lost = lost || !text.equals(files.read(generation));
      if (!lost) {
        files.beat(generation);
      }
    } catch (IOException e) {
      return true; // a file system that is away for a moment; whoever takes over leaves its mark
    }
    return !lost;
  }

  boolean isLost() {
    return lost;
  }

  @Override
  public synchronized void close() {
    if (released.getCount() == 0) {
      return;
    }
    released.countDown();
    try {
      if (!lost && text.equals(files.read(generation))) {
        files.delete(generation);
      }
    } catch (IOException e) {
      // The next run sees that this process is gone, or hears nothing of it for a minute.
      lost = true;
    }
  }
}
