package dev.kindling.spark.ade;

import dev.kindling.ade.Nearest;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What sketches leave of a batch of queries.
 *
 * @param candidates of each query, by estimates
 * @param exact the true neighbours of the first queries, which are checked
 * @param tally of estimates
 */
record Sifted(List<Nearest> candidates, List<Nearest> exact, EstimateTally tally)
    implements Serializable {
  /** Of all partitions'; which comes first makes no difference. */
  static Sifted merged(Iterable<Sifted> parts) {
    Sifted all = null;
    for (Sifted part : parts) {
      if (all == null) {
        all = new Sifted(new ArrayList<>(part.candidates), new ArrayList<>(part.exact), part.tally);
        continue;
      }
      merge(all.candidates, part.candidates);
      merge(all.exact, part.exact);
      all.tally.merge(part.tally);
    }
    return all;
  }

  private static void merge(List<Nearest> into, List<Nearest> from) {
    for (int q = 0; q < into.size(); q++) {
      into.get(q).merge(from.get(q));
    }
  }
}
