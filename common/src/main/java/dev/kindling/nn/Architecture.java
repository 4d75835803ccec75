package dev.kindling.nn;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;

/**
 * Shape of a perceptron, and how its weights lie in one array: for each layer the matrix W, out×in
 * and column-major, then the offsets b.
 *
 * @param sizes features, units of each hidden layer, outputs. A model without hidden layers is
 *     linear or logistic
 * @param activation of the hidden units
 * @param loss of a row
 */
public record Architecture(int[] sizes, Activation activation, Loss loss) implements Serializable {
  /**
   * @throws IllegalArgumentException if there are fewer than two sizes, one is not positive, a
   *     squared loss has not one output, or the weights do not fit into an array
   */
  public Architecture {
    sizes = sizes.clone();
    if (sizes.length < 2) {
      throw new IllegalArgumentException("a perceptron of " + sizes.length + " sizes");
    }
    long weights = 0;
    for (int l = 0; l < sizes.length; l++) {
      if (sizes[l] < 1) {
        throw new IllegalArgumentException("layer " + l + " has " + sizes[l] + " units");
      }
      weights += l == 0 ? 0 : sizes[l] * (sizes[l - 1] + 1L);
    }
    if (weights > 1 << 28) {
      throw new IllegalArgumentException(weights + " weights; there may be " + (1 << 28));
    }
    if (loss == Loss.SQUARED && sizes[sizes.length - 1] != 1) {
      throw new IllegalArgumentException(
          "a squared loss of " + sizes[sizes.length - 1] + " outputs");
    }
  }

  public int features() {
    return sizes[0];
  }

  public int outputs() {
    return sizes[sizes.length - 1];
  }

  /** Number of layers with weights. */
  public int layers() {
    return sizes.length - 1;
  }

  /** Where W of a layer begins; of {@link #layers} the number of weights. */
  public int first(int layer) {
    int first = 0;
    for (int l = 0; l < layer; l++) {
      first += sizes[l + 1] * (sizes[l] + 1);
    }
    return first;
  }

  /** Number of weights. */
  public int weights() {
    return first(layers());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Architecture a
        && Arrays.equals(sizes, a.sizes)
        && activation == a.activation
        && loss == a.loss;
  }

  @Override
  public int hashCode() {
    return Objects.hash(Arrays.hashCode(sizes), activation, loss);
  }

  @Override
  public String toString() {
    return Arrays.toString(sizes) + " " + activation + " " + loss;
  }
}
