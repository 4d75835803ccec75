package dev.kindling.ade;

import dev.kindling.block.RowKeys;
import dev.kindling.linalg.Matrix;
import dev.kindling.sketch.Normals;
import dev.kindling.sketch.SketchKind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Both attacks against one structure, and what its answers are worth in the directions they find.
 *
 * <p>A single answer there is a matter of luck, so none is asked for: {@link AnswerLaw} is computed
 * over all that the draws can give. A structure keeps its promise of ε and δ if at most a share δ
 * of them are off by more than ε.
 *
 * <p>Everything comes from the seed, the key of the draws too, so that an audit can be repeated; a
 * service takes a {@link KeyedDraws#freshKey}. Points are normal numbers, of the identity metric:
 * the law of a Gaussian sketch is the same in every metric.
 */
public final class Audit {
  private static final int FIRST_LOOK = 16;

  private final Sketches sketches;
  private final AdaptivePlan plan;
  private final double epsilon;
  private final long seed;

  /**
   * What an attack came to.
   *
   * @param answers estimates of distances that it saw
   * @param low the least over the crafted directions of estimate/true of the median answer
   * @param high the greatest
   * @param wrong the greatest share of answers in a crafted direction that are off by more than ε
   */
  public record Reached(long answers, double low, double high, double wrong) {}

  /**
   * Of an adaptive structure; of a fixed sketch if the plan has one sketch and one draw.
   *
   * @param k of the points' images
   * @param epsilon ε in (0, 1)
   * @param seed two structures of one seed share their first sketches
   * @throws IllegalArgumentException if the plan's draws are an even number
   */
  public Audit(SketchKind kind, AdaptivePlan plan, int k, double epsilon, long seed) {
    if (plan.draws() % 2 == 0) {
      throw new IllegalArgumentException(plan.draws() + " draws have no median of their own");
    }
    this.sketches =
        new Sketches(kind, plan.sketches(), plan.rows(), k, RowKeys.key(seed, Part.SKETCHES));
    this.plan = plan;
    this.epsilon = epsilon;
    this.seed = seed;
  }

  /** What is drawn from the seed. */
  private static final class Part {
    static final int SKETCHES = 0;
    static final int POINTS = 1;
    static final int DIRECTIONS = 2;
    static final int GRAM_KEY = 3;
    static final int ANSWERS_KEY = 4;
  }

  /** Points that {@link #gram} knows: a quarter more than it must, for the condition. */
  public static int known(int g) {
    return GramAttack.points(g) * 5 / 4 + 1;
  }

  /**
   * {@link GramAttack}, by one query of {@link #known} points in the span of the first g
   * coordinates: all k would take k⁴/2 numbers.
   *
   * <p>Memory: 4·n·L·m bytes and {@link GramAttack}'s, for g.
   *
   * @param g from 1 to k
   */
  public Reached gram(int g) {
    int k = sketches.columns();
    int n = known(g);
    Matrix points = Matrix.zeros(g, n);
    new Normals(RowKeys.key(seed, Part.POINTS)).fill(0, points.values());
    Matrix images = Matrix.zeros(k, n);
    for (int i = 0; i < n; i++) {
      System.arraycopy(points.values(), i * g, images.values(), i * k, g);
    }
    double[] answers = structure(images, Part.GRAM_KEY).all(new double[k]);
    return reached(n, GramAttack.directions(points, answers));
  }

  /**
   * {@link AnswerAttack}: one point is asked for its distance from queries in random directions,
   * again and again.
   *
   * <p>Time: n·r·m·k.
   *
   * @param n answers
   * @param watcher told how many answers there are, now and then
   * @return what it reached after each power of two from 16 on, and after n
   */
  public List<Reached> answers(long n, LongConsumer watcher) {
    int k = sketches.columns();
    AdaptiveDistances structure = structure(Matrix.zeros(k, 1), Part.ANSWERS_KEY);
    AnswerAttack attack = new AnswerAttack(k);
    long directions = RowKeys.key(seed, Part.DIRECTIONS);
    double[] v = new double[k];
    List<Reached> looks = new ArrayList<>();
    for (long t = 1; t <= n; t++) {
      new Normals(RowKeys.key(directions, t)).fill(0, v);
      normalise(v);
      attack.answered(v, structure.all(v)[0]);
      boolean isPower = t >= FIRST_LOOK && Long.bitCount(t) == 1;
      if (isPower || t == n) {
        looks.add(reached(t, attack.directions()));
      }
      if (t % 256 == 0) {
        watcher.accept(t);
      }
    }
    return looks;
  }

  /** Bytes that an audit takes at its largest. */
  public static double bytes(SketchKind kind, AdaptivePlan plan, int k, int g) {
    double n = known(g);
    double unknowns = GramAttack.points(g);
    double numbers = plan.numbersPerPoint();
    double sketches =
        switch (kind) {
          case GAUSSIAN -> 8 * numbers * k;
          case SRHT -> 18.0 * plan.sketches() * k + 4 * numbers;
          case OSNAP -> 96.0 * plan.sketches() * k;
        };
    double gram =
        4 * n * numbers + 8 * n * (plan.rows() + g + k) + 8 * (n + 4 * unknowns) * unknowns;
    return sketches + Math.max(gram, 8 * (6.0 * k + 1024) * k);
  }

  private static void normalise(double[] v) {
    double squares = 0;
    for (double x : v) {
      squares += x * x;
    }
    double length = Math.sqrt(squares);
    for (int i = 0; i < v.length; i++) {
      v[i] /= length;
    }
  }

  private AdaptiveDistances structure(Matrix images, int part) {
    ByteBuffer key = ByteBuffer.allocate(KeyedDraws.KEY);
    for (int i = 0; key.hasRemaining(); i++) {
      key.putLong(RowKeys.key(RowKeys.key(seed, part), i));
    }
    return new AdaptiveDistances(
        sketches,
        new SketchedPoints(sketches, images),
        new KeyedDraws(key.array(), plan.sketches(), plan.draws()));
  }

  /**
   * @param directions of length 1, in as many of the first coordinates as they have. Not modified
   */
  private Reached reached(long answers, double[][] directions) {
    double low = Double.POSITIVE_INFINITY;
    double high = 0;
    double wrong = 0;
    for (double[] direction : directions) {
      AnswerLaw law = law(direction);
      low = Math.min(low, law.middle());
      high = Math.max(high, law.middle());
      wrong = Math.max(wrong, law.wrong(epsilon));
    }
    return new Reached(answers, low, high, wrong);
  }

  private AnswerLaw law(double[] direction) {
    int k = sketches.columns();
    SketchedPoints origin = new SketchedPoints(sketches, Matrix.zeros(k, 1));
    double[] query = Arrays.copyOf(direction, k);
    double[] ratios = new double[sketches.count()];
    double[] estimate = new double[1];
    for (int j = 0; j < ratios.length; j++) {
      int[] drawn = {j};
      origin.estimate(drawn, sketches.apply(drawn, query), estimate);
      ratios[j] = estimate[0];
    }
    return new AnswerLaw(ratios, plan.draws());
  }
}
