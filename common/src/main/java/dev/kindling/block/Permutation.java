package dev.kindling.block;

/**
 * A random order of 0, …, n−1 by a key, in next to no memory: a Feistel network of six rounds over
 * the smallest even number of bits that holds n, gone through again while it leads out (cycle
 * walking, Black and Rogaway 2002), fewer than four times on average. On few bits such a network
 * does not give every order the same chance, so that up to 64 numbers are shuffled (Fisher and
 * Yates).
 */
public final class Permutation {
  private static final int ROUNDS = 6;
  private static final int FEW = 64;

  private final long n;
  private final long key;
  private final int half;
  private final long mask;
  private final byte[] shuffled;

  /**
   * @param n from 1 to 2^62
   * @throws IllegalArgumentException if n is not
   */
  public Permutation(long n, long key) {
    if (n < 1 || n > 1L << 62) {
      throw new IllegalArgumentException("an order of " + n);
    }
    this.n = n;
    this.key = key;
    int bits = Math.max(2, Long.SIZE - Long.numberOfLeadingZeros(n - 1));
    this.half = (bits + 1) / 2;
    this.mask = (1L << half) - 1;
    this.shuffled = n <= FEW ? shuffled((int) n, key) : null;
  }

  private static byte[] shuffled(int n, long key) {
    byte[] order = new byte[n];
    for (int i = 0; i < n; i++) {
      int j = (int) (RowKeys.even(key, i) * (i + 1));
      order[i] = order[j];
      order[j] = (byte) i;
    }
    return order;
  }

  /**
   * The i-th of the order.
   *
   * @param i from 0 to n − 1
   */
  public long of(long i) {
    if (shuffled != null) {
      return shuffled[(int) i];
    }
    long x = i;
    do {
      long left = x >>> half;
      long right = x & mask;
      for (int round = 0; round < ROUNDS; round++) {
        long mixed = left ^ (RowKeys.key(key + round, right) & mask);
        left = right;
        right = mixed;
      }
      x = (left << half) | right;
    } while (x >= n);
    return x;
  }
}
