package dev.kindling.nn;

import java.util.Arrays;

/** Forward and backward passes in one precision. */
final class BlasNetwork<A> implements Network {
  private final Architecture architecture;
  private final int[] sizes;
  private final Numbers<A> numbers;
  private final int mostRows;
  private final A w;
  private final A g;

  /** h[0] is the input, h[l] the output of layer l, sizes[l]×rows column-major. */
  private final A[] h;

  private final A[] slope;
  private final A[] d;
  private final double[] y;
  private final double[] weight;
  private boolean weighted;
  private int rows;

  @SuppressWarnings("unchecked")
  BlasNetwork(Architecture architecture, Numbers<A> numbers, int mostRows) {
    if (mostRows < 1) {
      throw new IllegalArgumentException("batches of at most " + mostRows + " rows");
    }
    this.architecture = architecture;
    this.sizes = architecture.sizes();
    this.numbers = numbers;
    this.mostRows = mostRows;
    this.w = numbers.create(architecture.weights());
    this.g = numbers.create(architecture.weights());
    int layers = sizes.length;
    this.h = (A[]) new Object[layers];
    this.slope = (A[]) new Object[layers];
    this.d = (A[]) new Object[layers];
    for (int l = 0; l < layers; l++) {
      int length = Math.multiplyExact(sizes[l], mostRows);
      h[l] = numbers.create(length);
      slope[l] = numbers.create(l == 0 || l == layers - 1 ? 0 : length);
      d[l] = numbers.create(l == 0 ? 0 : length);
    }
    this.y = new double[mostRows];
    this.weight = new double[mostRows];
  }

  @Override
  public void weights(double[] from) {
    if (from.length != architecture.weights()) {
      throw new IllegalArgumentException(from.length + " weights for " + architecture.weights());
    }
    numbers.round(from, w);
  }

  @Override
  public void weights(byte[] from) {
    numbers.decode(from, 0, w);
  }

  @Override
  public void clear() {
    rows = 0;
    weighted = false;
  }

  @Override
  public void add(RowBlock block, int row) {
    if (rows == mostRows) {
      throw new IllegalStateException("a batch of more than " + mostRows + " rows");
    }
    int features = sizes[0];
    numbers.move(block.x(), row * features, h[0], rows * features, features);
    y[rows] = block.y()[row];
    if (block.weight() != null && !weighted) {
      Arrays.fill(weight, 0, rows, 1);
      weighted = true;
    }
    if (weighted) {
      weight[rows] = block.weight() == null ? 1 : block.weight()[row];
    }
    rows++;
  }

  @Override
  public LossSum loss() {
    return forward(null);
  }

  private LossSum forward(Dropout dropout) {
    int last = architecture.layers();
    for (int l = 0; l < last; l++) {
      int in = sizes[l];
      int out = sizes[l + 1];
      int first = architecture.first(l);
      numbers.offsets(w, first + in * out, out, rows, h[l + 1]);
      numbers.gemm(false, false, out, rows, in, w, first, out, h[l], in, 1, h[l + 1], 0, out);
      if (l + 1 < last) {
        numbers.activate(architecture.activation(), h[l + 1], slope[l + 1], out * rows);
        if (dropout != null && dropout.rate() > 0) {
          numbers.drop(dropout, l + 1, h[l + 1], slope[l + 1], out, rows);
        }
      }
    }
    double[] weights = weighted ? weight : null;
    return architecture.loss() == Loss.SQUARED
        ? numbers.squared(h[last], rows, y, weights, d[last])
        : numbers.crossEntropy(h[last], sizes[last], rows, y, weights, d[last]);
  }

  @Override
  public LossSum gradient(Dropout dropout) {
    LossSum sum = forward(dropout);
    for (int l = architecture.layers() - 1; l >= 0; l--) {
      int in = sizes[l];
      int out = sizes[l + 1];
      int first = architecture.first(l);
      // dW = δ·Hᵀ, db = the sums of δ's rows; δ of the layer below = Wᵀ·δ ∘ slope
      numbers.gemm(false, true, out, in, rows, d[l + 1], 0, out, h[l], in, 0, g, first, out);
      numbers.sums(d[l + 1], out, rows, g, first + in * out);
      if (l > 0) {
        numbers.gemm(true, false, in, rows, out, w, first, out, d[l + 1], out, 0, d[l], 0, in);
        numbers.times(d[l], slope[l], in * rows);
      }
    }
    return sum;
  }

  @Override
  public void outputs(double[] into) {
    int last = architecture.layers();
    numbers.widen(h[last], into, sizes[last] * rows);
  }

  @Override
  public GradientSum sum(LossSum loss) {
    return new Sum<>(numbers, numbers.copy(g), loss);
  }

  /** A gradient with its sums. */
  record Sum<A>(Numbers<A> numbers, A gradient, LossSum loss) implements GradientSum {
    @Override
    public GradientSum plus(GradientSum other) {
      @SuppressWarnings("unchecked") // of one tree, and so of one precision
      Sum<A> right = (Sum<A>) other;
      numbers.add(gradient, right.gradient);
      return new Sum<>(numbers, gradient, loss.plus(right.loss));
    }

    @Override
    public void scaled(double factor, double[] g) {
      numbers.scaled(factor, gradient, g);
    }

    @Override
    public byte[] bytes() {
      return GradientBytes.encode(this);
    }
  }
}
