package dev.kindling.ade;

import java.util.Arrays;
import java.util.List;

/**
 * Points that may be among a query's nearest, as far as squared distances with error bounds tell.
 * Who is closest at worst k-th bounds all others.
 */
final class Candidates {
  private static final int FIRST = 32;

  private final int most;
  private final Nearest nearest;

  /** Upper bounds, a heap with the greatest on top: the k least of them so far. */
  private double[] upper = new double[FIRST];

  private int bounds;

  /** Who waits for a distance in double precision, and what it is at least. */
  private int[] places = new int[FIRST];

  private double[] lower = new double[FIRST];
  private int waiting;

  /**
   * @param most at least 1
   * @param beyond squared distance beyond which no point is taken
   */
  Candidates(int most, double beyond) {
    this.most = most;
    this.nearest = new Nearest(most, beyond);
  }

  /** A squared distance that is surely greater has no chance. */
  double limit() {
    return bounds < most ? nearest.limit() : Math.min(upper[0], nearest.limit());
  }

  /**
   * Takes a point.
   *
   * @param place number of the tile among those that {@link #settle} will be given, times {@link
   *     PointTile#POINTS}, and the point in it
   * @param error that the square may have on either side
   */
  void add(int place, double square, double error) {
    boolean isKnown = square + error < Double.POSITIVE_INFINITY; // single precision overflows
    double least = isKnown ? square - error : Double.NEGATIVE_INFINITY;
    if (least > limit()) {
      return;
    }
    if (waiting == places.length) {
      makeRoom();
    }
    places[waiting] = place;
    lower[waiting++] = least;
    bound(isKnown ? square + error : Double.POSITIVE_INFINITY);
  }

  /** Forgets who has no chance any more; grows if most still have. */
  private void makeRoom() {
    double limit = limit();
    int kept = 0;
    for (int i = 0; i < waiting; i++) {
      if (lower[i] <= limit) {
        places[kept] = places[i];
        lower[kept++] = lower[i];
      }
    }
    waiting = kept;
    if (2L * kept > places.length) {
      places = Arrays.copyOf(places, 2 * places.length);
      lower = Arrays.copyOf(lower, places.length);
    }
  }

  private void bound(double square) {
    int at;
    if (bounds < most) {
      if (bounds == upper.length) {
        upper = Arrays.copyOf(upper, (int) Math.min(most, 2L * bounds));
      }
      at = bounds++;
      while (at > 0 && square > upper[(at - 1) / 2]) {
        upper[at] = upper[(at - 1) / 2];
        at = (at - 1) / 2;
      }
    } else if (square < upper[0]) {
      at = 0;
      for (int child = 1; child < bounds; child = 2 * at + 1) {
        if (child + 1 < bounds && upper[child + 1] > upper[child]) {
          child++;
        }
        if (upper[child] <= square) {
          break;
        }
        upper[at] = upper[child];
        at = child;
      }
    } else {
      return;
    }
    upper[at] = square;
  }

  /**
   * Takes the distances of all who wait and still have a chance.
   *
   * @param tiles that places speak of
   * @param images of queries; from {@code at} on the one in question
   */
  void settle(List<PointTile> tiles, double[] images, int at) {
    for (int i = 0; i < waiting; i++) {
      if (lower[i] <= limit()) {
        PointTile tile = tiles.get(places[i] / PointTile.POINTS);
        int point = places[i] % PointTile.POINTS;
        nearest.offer(tile.squared(point, images, at), tile.id(point));
      }
    }
    waiting = 0;
  }

  /** The nearest of those that are settled. */
  Nearest nearest() {
    return nearest;
  }
}
