package dev.kindling.ade;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The nearest of the points seen so far: at most so many squared distances with ids, none beyond a
 * radius, the farthest on top of a heap. Of equal distances the lower id is nearer, so that the
 * order of the points does not matter. Memory: 16 to 32 bytes a point that is held.
 */
public final class Nearest implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int FIRST = 16;

  private final int most;
  private final double beyond;
  private double[] squares;
  private long[] ids;
  private int count;

  /**
   * @param most at least 1
   */
  public Nearest(int most) {
    this(most, Double.POSITIVE_INFINITY);
  }

  /**
   * @param most at least 1
   * @param beyond squared distance beyond which no point is taken
   */
  public Nearest(int most, double beyond) {
    if (most < 1 || !(beyond >= 0)) {
      throw new IllegalArgumentException("the nearest " + most + " within the root of " + beyond);
    }
    this.most = most;
    this.beyond = beyond;
    squares = new double[Math.min(most, FIRST)];
    ids = new long[squares.length];
  }

  /** How many there are. */
  public int count() {
    return count;
  }

  /** A point beyond this squared distance has no chance; while there is room, the radius alone. */
  public double limit() {
    return count < most ? beyond : squares[0];
  }

  /** Takes a point if it is among the nearest. */
  public void offer(double square, long id) {
    if (square > beyond) {
      return;
    }
    if (count < most) {
      int at = count++;
      if (at == squares.length) {
        int larger = (int) Math.min(most, 2L * at);
        squares = Arrays.copyOf(squares, larger);
        ids = Arrays.copyOf(ids, larger);
      }
      while (at > 0 && isFarther(square, id, (at - 1) / 2)) {
        move((at - 1) / 2, at);
        at = (at - 1) / 2;
      }
      put(square, id, at);
    } else if (!isFarther(square, id, 0)) {
      sink(square, id);
    }
  }

  /** Takes all of another's. */
  public Nearest merge(Nearest other) {
    for (int i = 0; i < other.count; i++) {
      offer(other.squares[i], other.ids[i]);
    }
    return this;
  }

  private void sink(double square, long id) {
    int at = 0;
    for (int child = 1; child < count; child = 2 * at + 1) {
      if (child + 1 < count && isFarther(squares[child + 1], ids[child + 1], child)) {
        child++;
      }
      if (!isFarther(squares[child], ids[child], square, id)) {
        break;
      }
      move(child, at);
      at = child;
    }
    put(square, id, at);
  }

  private boolean isFarther(double square, long id, int than) {
    return isFarther(square, id, squares[than], ids[than]);
  }

  private static boolean isFarther(double square, long id, double thanSquare, long thanId) {
    return square > thanSquare || (square == thanSquare && id > thanId);
  }

  private void move(int from, int to) {
    squares[to] = squares[from];
    ids[to] = ids[from];
  }

  private void put(double square, long id, int at) {
    squares[at] = square;
    ids[at] = id;
  }

  /** Ids, the nearest first. */
  public long[] ids() {
    return sorted().ids.clone();
  }

  /** Squared distances, the least first. */
  public double[] squares() {
    return sorted().squares.clone();
  }

  private record Sorted(long[] ids, double[] squares) {}

  private Sorted sorted() {
    Integer[] order = new Integer[count];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> isFarther(squares[a], ids[a], b) ? 1 : a.equals(b) ? 0 : -1);
    long[] sortedIds = new long[count];
    double[] sortedSquares = new double[count];
    for (int i = 0; i < count; i++) {
      sortedIds[i] = ids[order[i]];
      sortedSquares[i] = squares[order[i]];
    }
    return new Sorted(sortedIds, sortedSquares);
  }
}
