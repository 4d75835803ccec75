package dev.kindling.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What holds for every {@link Stateful}. */
abstract class StatefulContract<T extends Stateful<T>> {
  static final int SIZE = 7;
  private static final long SEED = 20231017;

  /** A new one for so many weights, which are {@link #SIZE} or one more. */
  abstract T create(int size);

  /**
   * One step.
   *
   * @param w modified or not
   * @return all that can be seen of it
   */
  abstract double[] advance(T subject, double[] w, double[] g);

  @Test
  void goesOnBitForBitFromASavedState() throws IOException {
    for (int n : new int[] {0, 1, 5}) {
      T whole = create(SIZE);
      Walk walk = new Walk();
      walk.steps(whole, n);
      byte[] saved = bytes(whole);
      Walk fork = walk.fork();
      double[] expected = walk.steps(whole, 9);

      T restored = create(SIZE);
      new Walk().steps(restored, 3); // whatever state it had
      read(restored, saved);
      assertThat(fork.steps(restored, 9)).as("after %d steps", n).isEqualTo(expected);
      assertThat(bytes(restored)).isEqualTo(bytes(whole));
    }
  }

  @Test
  void aCopySharesNothing() throws IOException {
    T subject = create(SIZE);
    Walk walk = new Walk();
    walk.steps(subject, 5);
    Walk fork = walk.fork();
    T copy = subject.copy();
    byte[] before = bytes(subject);
    assertThat(bytes(copy)).isEqualTo(before);

    double[] expected = fork.steps(copy, 9);
    assertThat(bytes(subject)).isEqualTo(before);
    assertThat(walk.steps(subject, 9)).isEqualTo(expected);
  }

  @Test
  void statesThatEndEarlyAreRefused() throws IOException {
    byte[] saved = saved();
    for (int length = 0; length < saved.length; length++) {
      byte[] part = Arrays.copyOf(saved, length);
      assertThat(accepts(create(SIZE), part)).as("%d bytes", length).isFalse();
    }
  }

  @Test
  void statesOfAnotherSizeAreRefused() throws IOException {
    byte[] saved = saved();
    assertThatThrownBy(() -> read(create(SIZE + 1), saved))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("size " + SIZE);
  }

  @Test
  void aDamagedByteIsRefusedOrIsAnotherState() throws IOException {
    byte[] saved = saved();
    for (int at = 0; at < saved.length; at++) {
      byte[] damaged = saved.clone();
      damaged[at] ^= (byte) 0x81; // makes lengths negative, or wrong by one
      T subject = create(SIZE);
      if (accepts(subject, damaged)) {
        assertThat(at).as("a byte of tag or size").isGreaterThanOrEqualTo(8);
        assertThat(Arrays.equals(bytes(subject), damaged)).as("byte %d", at).isTrue();
      }
    }
  }

  private boolean accepts(T subject, byte[] bytes) {
    try {
      read(subject, bytes);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private byte[] saved() throws IOException {
    T subject = create(SIZE);
    new Walk().steps(subject, 5);
    return bytes(subject);
  }

  static byte[] bytes(Stateful<?> subject) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      subject.write(out);
    }
    return bytes.toByteArray();
  }

  static void read(Stateful<?> subject, byte[] bytes) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      subject.read(in);
      assertThat(in.available()).isZero();
    }
  }

  /** Weights on their way under random gradients. */
  private final class Walk {
    private final double[] w;
    private int t;

    Walk() {
      this(new SplittableRandom(SEED).doubles(SIZE, -1, 1).toArray(), 0);
    }

    private Walk(double[] w, int t) {
      this.w = w;
      this.t = t;
    }

    Walk fork() {
      return new Walk(w.clone(), t);
    }

    double[] steps(T subject, int n) {
      double[] seen = new double[0];
      for (int i = 0; i < n; i++) {
        double[] g = new SplittableRandom(SEED + ++t).doubles(SIZE, -1, 1.5).toArray();
        double[] given = g.clone();
        double[] now = advance(subject, w, g);
        assertThat(g).as("the gradient").isEqualTo(given);
        seen = Arrays.copyOf(seen, seen.length + now.length);
        System.arraycopy(now, 0, seen, seen.length - now.length, now.length);
      }
      return seen;
    }
  }
}
