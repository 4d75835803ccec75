package dev.kindling.spark.ade;

import dev.kindling.ade.Nearest;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * Which points a round of queries wants exact distances of: pairs of row and query, ordered, so
 * that a tile finds its own by bisection. 8 bytes a pair.
 */
final class Shortlist implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Queries of a round, at most. */
  private static final long QUERIES = (long) QueryRound.MOST_BLOCKS * PointBlock.ROWS;

  private final long[] pairs;

  private Shortlist(long[] pairs) {
    this.pairs = pairs;
  }

  /**
   * @param sifted of each batch in order
   */
  static Shortlist of(List<Sifted> sifted) {
    long[] pairs =
        new long
            [sifted.stream()
                .flatMap(batch -> batch.candidates().stream())
                .mapToInt(Nearest::count)
                .reduce(0, Math::addExact)];
    int at = 0;
    for (int b = 0; b < sifted.size(); b++) {
      List<Nearest> candidates = sifted.get(b).candidates();
      for (int q = 0; q < candidates.size(); q++) {
        for (long row : candidates.get(q).ids()) {
          pairs[at++] = row * QUERIES + (long) b * QueryRound.BATCH + q;
        }
      }
    }
    Arrays.sort(pairs);
    return new Shortlist(pairs);
  }

  /** Of nothing. */
  static Shortlist none() {
    return new Shortlist(new long[0]);
  }

  /** Place of the first pair with this row or a later one. */
  int place(long row) {
    int at = Arrays.binarySearch(pairs, row * QUERIES);
    return at < 0 ? -at - 1 : at;
  }

  long row(int place) {
    return pairs[place] / QUERIES;
  }

  int batch(int place) {
    return (int) (pairs[place] % QUERIES) / QueryRound.BATCH;
  }

  /** Of its batch. */
  int query(int place) {
    return (int) (pairs[place] % QUERIES) % QueryRound.BATCH;
  }
}
