package dev.kindling.ade;

import dev.kindling.BadInput;
import dev.kindling.linalg.Blas;
import dev.kindling.linalg.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Large margin nearest neighbours (Weinberger and Saul 2009): with the k nearest points of its
 * class as each point's target neighbours, fixed by the Euclidean metric, (1−μ) times the pull
 * Σ|L(xᵢ − xⱼ)|² over targets j, plus μ times the push Σ[1 + |L(xᵢ − xⱼ)|² − |L(xᵢ − xₗ)|²]₊ over
 * targets j and points l of other classes (eq. 11 to 13).
 *
 * <p>By subgradient steps on L, d×d, from the multiple of the identity at which targets are at a
 * mean squared distance of 1, so that the margin does not depend on the data's unit. Steps look at
 * candidates, the points of other classes within 1.5 times the margin; every ten steps these are
 * found anew and the whole loss is taken: it never rises, since steps after which it did are taken
 * back and tried at half the rate.
 *
 * <p>A step takes 4dkn flops, 4d²n for the products and 3d for each candidate; a refreshment 2dn²
 * flops, by matrix products. Memory 8n({@value Labelled#BLOCK} + 3d) bytes and 4 for each
 * candidate, at worst 4n².
 */
public final class Lmnn {
  private static final int STEPS = 10;
  private static final double REACH = 1.5;
  private static final double LEAST_FALL = 1e-5;
  private static final double LEAST_RATE = 1e-12;

  /**
   * @param neighbours k, target neighbours of each point, at least 1; those of a smaller class have
   *     all its other points, and one of a class of its own has none
   * @param push μ, above 0 and below 1
   * @param refreshments of ten steps each at most, at least 0
   */
  public record Settings(int neighbours, double push, int refreshments) {
    public static final Settings DEFAULT = new Settings(3, 0.5, 50);

    public Settings {
      if (neighbours < 1 || !(push > 0 && push < 1) || refreshments < 0) {
        throw BadInput.of(
            "lmnn: %s neighbors must be ≥ 1, the push %s between 0 and 1 and %s refreshments ≥ 0",
            neighbours, push, refreshments);
      }
    }
  }

  /**
   * @param metric of the least loss
   * @param losses before the first step and after each refreshment: never rising
   */
  record Fit(Metric metric, List<Double> losses) {}

  private final Labelled data;
  private final Settings settings;
  private final int d;
  private final int n;
  private final int[][] targets;
  private final int[][] candidates;
  private final double[] squares;

  /** L as it was left by the last evaluation: images and what multiplies the points. */
  private final Matrix images;

  private final Matrix pulls;

  /**
   * @param data kept
   */
  Lmnn(Labelled data, Settings settings) {
    data.requirePair("lmnn");
    this.data = data;
    this.settings = settings;
    this.d = data.dimension();
    this.n = data.count();
    this.targets = new int[n][];
    this.candidates = new int[n][];
    this.squares = data.block();
    this.images = Matrix.zeros(d, n);
    this.pulls = Matrix.zeros(d, n);
    findTargets();
  }

  /**
   * @param points d×n, one point a column. Not modified
   * @param labels n class numbers; a negative one is of no class, and its point is left out. Not
   *     modified
   * @throws BadInput if there are not two classes, or no class has two points
   * @throws IllegalArgumentException if there are not as many labels as points
   */
  public static Metric learn(Matrix points, int[] labels, Settings settings) {
    return new Lmnn(Labelled.of(points, labels), settings).fit().metric();
  }

  Fit fit() {
    Matrix l = start();
    refresh(l);
    Matrix slope = Matrix.zeros(d, d);
    double loss = loss(l, slope);
    List<Double> losses = new ArrayList<>();
    losses.add(loss);
    double rate = 0.1 * Blas.nrm2(l.values()) / Math.max(Blas.nrm2(slope.values()), 1e-300);
    double least = LEAST_RATE * rate;
    Matrix best = l.copy();
    for (int r = 0; r < settings.refreshments() && rate > least; r++) {
      boolean moved = false;
      double current = loss;
      for (int step = 0; step < STEPS; step++) {
        Matrix trial = l.copy();
        Blas.axpy(-rate, slope.values(), trial.values());
        Matrix trialSlope = Matrix.zeros(d, d);
        double trialLoss = loss(trial, trialSlope);
        if (trialLoss <= current) {
          l = trial;
          slope = trialSlope;
          current = trialLoss;
          rate *= 1.1;
          moved = true;
        } else {
          rate /= 2;
        }
      }
      refresh(l);
      double whole = loss(l, slope);
      if (whole > loss) {
        l = best.copy();
        refresh(l);
        loss(l, slope);
        rate /= 2;
        continue;
      }
      boolean still = moved && loss - whole <= LEAST_FALL * loss;
      loss = whole;
      losses.add(loss);
      best = l.copy();
      if (still) {
        break;
      }
    }
    return new Fit(Metric.factor(best), losses);
  }

  /** d×d. */
  Matrix start() {
    double sum = 0;
    long pairs = 0;
    for (int i = 0; i < n; i++) {
      for (int j : targets[i]) {
        sum += square(data.points(), i, j);
        pairs++;
      }
    }
    Matrix l = Matrix.identity(d);
    Blas.scal(sum > 0 ? Math.sqrt(pairs / sum) : 1, l.values());
    return l;
  }

  /**
   * The loss over the candidates, divided by n, and its gradient 2·Σ wᵢⱼ·L(xᵢ−xⱼ)(xᵢ−xⱼ)ᵀ/n.
   *
   * @param gradient d×d. Modified
   */
  double loss(Matrix l, Matrix gradient) {
    Blas.gemm(false, false, 1, l, data.points(), 0, images);
    Arrays.fill(pulls.values(), 0);
    double mu = settings.push();
    double[] near = new double[settings.neighbours()];
    double[] weights = new double[settings.neighbours()];
    double pull = 0;
    double push = 0;
    for (int i = 0; i < n; i++) {
      int[] own = targets[i];
      double far = Double.NEGATIVE_INFINITY;
      for (int t = 0; t < own.length; t++) {
        near[t] = 1 + square(images, i, own[t]);
        weights[t] = 1 - mu;
        pull += near[t] - 1;
        far = Math.max(far, near[t]);
      }
      for (int other : candidates[i]) {
        double distance = square(images, i, other);
        if (distance < far) {
          int active = 0;
          for (int t = 0; t < own.length; t++) {
            if (distance < near[t]) {
              push += near[t] - distance;
              weights[t] += mu;
              active++;
            }
          }
          attract(i, other, -mu * active);
        }
      }
      for (int t = 0; t < own.length; t++) {
        attract(i, own[t], weights[t]);
      }
    }
    Blas.gemm(false, true, 2.0 / n, pulls, data.points(), 0, gradient);
    return ((1 - mu) * pull + mu * push) / n;
  }

  /** Adds w·(yᵢ − yⱼ) to i's pull and takes it from j's. */
  private void attract(int i, int j, double w) {
    double[] y = images.values();
    double[] pull = pulls.values();
    for (int c = 0, a = i * d, b = j * d; c < d; c++, a++, b++) {
      double force = w * (y[a] - y[b]);
      pull[a] += force;
      pull[b] -= force;
    }
  }

  private double square(Matrix y, int i, int j) {
    double[] v = y.values();
    double sum = 0;
    for (int c = 0, a = i * d, b = j * d; c < d; c++, a++, b++) {
      double delta = v[a] - v[b];
      sum += delta * delta;
    }
    return sum;
  }

  /** The points of other classes that are near enough to matter soon. */
  void refresh(Matrix l) {
    Blas.gemm(false, false, 1, l, data.points(), 0, images);
    double[] norms = Labelled.norms(images);
    int[] found = new int[n];
    int[] labels = data.labels();
    for (int from = 0; from < n; from += Labelled.BLOCK) {
      int count = Math.min(Labelled.BLOCK, n - from);
      Labelled.squares(images, norms, from, count, squares);
      for (int b = 0; b < count; b++) {
        int i = from + b;
        double reach = 0;
        for (int j : targets[i]) {
          reach = Math.max(reach, REACH * (1 + square(images, i, j)));
        }
        int size = 0;
        for (int j = 0; j < n; j++) {
          if (labels[j] != labels[i] && squares[b * n + j] < reach) {
            found[size++] = j;
          }
        }
        candidates[i] = Arrays.copyOf(found, size);
      }
    }
  }

  private void findTargets() {
    double[] norms = Labelled.norms(data.points());
    int[] labels = data.labels();
    int k = settings.neighbours();
    int[] nearest = new int[k];
    double[] distances = new double[k];
    for (int from = 0; from < n; from += Labelled.BLOCK) {
      int count = Math.min(Labelled.BLOCK, n - from);
      Labelled.squares(data.points(), norms, from, count, squares);
      for (int b = 0; b < count; b++) {
        int size = 0;
        for (int j = 0; j < n; j++) {
          double distance = squares[b * n + j];
          if (j == from + b
              || labels[j] != labels[from + b]
              || (size == k && distance >= distances[k - 1])) {
            continue;
          }
          int at = size < k ? size++ : k - 1;
          for (; at > 0 && distances[at - 1] > distance; at--) {
            distances[at] = distances[at - 1];
            nearest[at] = nearest[at - 1];
          }
          distances[at] = distance;
          nearest[at] = j;
        }
        targets[from + b] = Arrays.copyOf(nearest, size);
      }
    }
  }
}
