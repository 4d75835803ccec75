package dev.kindling.spark.train;

import dev.kindling.linalg.Precision;
import dev.kindling.nn.Architecture;
import dev.kindling.nn.Network;

/**
 * The network of a thread: its buffers are kept between tasks, as fresh memory for every step costs
 * more than the step.
 */
final class Networks {
  private static final ThreadLocal<Kept> KEPT = new ThreadLocal<>();

  private record Kept(
      Architecture architecture, Precision precision, int mostRows, Network network) {}

  private Networks() {}

  static Network of(Architecture architecture, Precision precision, int mostRows) {
    Kept kept = KEPT.get();
    if (kept == null
        || !kept.architecture.equals(architecture)
        || kept.precision != precision
        || kept.mostRows != mostRows) {
      kept =
          new Kept(
              architecture, precision, mostRows, Network.of(architecture, precision, mostRows));
      KEPT.set(kept);
    }
    return kept.network;
  }
}
