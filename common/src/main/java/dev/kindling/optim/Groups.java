package dev.kindling.optim;

/**
 * Weights cut into ranges that share a learning rate: the whole model, layers, or single
 * coordinates.
 */
public final class Groups implements java.io.Serializable {
  private static final long serialVersionUID = 1L;

  private final int[] bounds;

  private Groups(int[] bounds) {
    this.bounds = bounds;
  }

  /** One group of all weights. */
  public static Groups model(int size) {
    return of(new int[] {0, size});
  }

  /** Every weight for itself. */
  public static Groups coordinates(int size) {
    return of(java.util.stream.IntStream.rangeClosed(0, size).toArray());
  }

  /**
   * @param bounds first weight of each group, ascending from 0, then the number of weights. Copied
   * @throws IllegalArgumentException if they do not ascend from 0
   */
  public static Groups of(int[] bounds) {
    for (int i = 0; i < bounds.length; i++) {
      if (i == 0 ? bounds[0] != 0 : bounds[i] <= bounds[i - 1]) {
        throw new IllegalArgumentException("bound " + i + " of groups is " + bounds[i]);
      }
    }
    if (bounds.length < 2) {
      throw new IllegalArgumentException("no group");
    }
    return new Groups(bounds.clone());
  }

  public int count() {
    return bounds.length - 1;
  }

  /** Number of weights. */
  public int size() {
    return bounds[count()];
  }

  /** First weight of a group; of {@link #count} the number of weights. */
  public int first(int group) {
    return bounds[group];
  }

  /**
   * w ← w − η·(u + λ·w), each group at its own η.
   *
   * @param w modified
   * @param u not modified
   * @param decay λ
   */
  public void move(double[] w, double[] rates, double[] u, double decay) {
    if (count() == size()) {
      moveEach(w, rates, u, decay);
      return;
    }
    for (int group = 0; group < count(); group++) {
      double rate = rates[group];
      if (decay == 0) {
        for (int i = bounds[group]; i < bounds[group + 1]; i++) {
          w[i] -= rate * u[i];
        }
      } else {
        for (int i = bounds[group]; i < bounds[group + 1]; i++) {
          w[i] -= rate * (u[i] + decay * w[i]);
        }
      }
    }
  }

  // Rather than a loop of one turn for each coordinate.
  private static void moveEach(double[] w, double[] rates, double[] u, double decay) {
    if (decay == 0) {
      for (int i = 0; i < rates.length; i++) {
        w[i] -= rates[i] * u[i];
      }
    } else {
      for (int i = 0; i < rates.length; i++) {
        w[i] -= rates[i] * (u[i] + decay * w[i]);
      }
    }
  }
}
