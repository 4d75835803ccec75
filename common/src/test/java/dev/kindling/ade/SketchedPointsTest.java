package dev.kindling.ade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.kindling.linalg.Matrix;
import dev.kindling.sketch.SketchKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SketchedPointsTest {
  private static final int K = 20;
  private static final int N = 30;

  private final Random random = new Random(17);

  private double[] vector(int length) {
    return random.doubles(length, -1, 1).toArray();
  }

  private Matrix points() {
    return Matrix.of(K, N, vector(K * N));
  }

  private static double[] point(Matrix points, int i) {
    return Arrays.copyOfRange(points.values(), i * K, (i + 1) * K);
  }

  private static double[] minus(double[] a, double[] b) {
    double[] difference = a.clone();
    for (int i = 0; i < a.length; i++) {
      difference[i] -= b[i];
    }
    return difference;
  }

  private static double norm(double[] v) {
    return Math.sqrt(Arrays.stream(v).map(x -> x * x).sum());
  }

  /** The median of |Π_j (q − x)|, as it is written. */
  private static double literal(Sketches sketches, int[] drawn, double[] q, double[] x) {
    double[] lengths =
        Arrays.stream(drawn)
            .mapToDouble(j -> norm(sketches.get(j).apply(minus(q, x))))
            .sorted()
            .toArray();
    return lengths[drawn.length / 2];
  }

  @ParameterizedTest
  @EnumSource(SketchKind.class)
  void estimatesAreMediansOfSketchedDifferences(SketchKind kind) {
    Sketches sketches = new Sketches(kind, 6, 11, K, 3);
    Matrix points = points();
    SketchedPoints s = new SketchedPoints(sketches, points);
    double[] q = vector(K);
    int[] drawn = {4, 0, 4, 2, 5};
    double[] estimates = new double[N];
    s.estimate(drawn, sketches.apply(drawn, q), estimates);
    for (int i = 0; i < N; i++) {
      double[] x = point(points, i);
      assertThat(estimates[i]).isCloseTo(literal(sketches, drawn, q, x), within(1e-5));
      assertThat(s.pair(drawn, i, 3))
          .isCloseTo(literal(sketches, drawn, x, point(points, 3)), within(1e-5));
    }
  }

  /** A batch against one query at a time; queries that are points are at no distance. */
  @ParameterizedTest
  @CsvSource({"1,1", "6,1", "6,5", "2,3", "9,33", "4,7", "5,17"})
  void aBatchIsItsQueries(int count, int draws) {
    Sketches sketches = new Sketches(SketchKind.GAUSSIAN, count, 11, K, 3);
    Matrix points = points();
    SketchedPoints s = new SketchedPoints(sketches, points);
    Matrix queries = Matrix.of(K, 8, vector(K * 8));
    System.arraycopy(points.values(), 4 * K, queries.values(), 2 * K, K);
    int[][] drawn = new int[8][];
    Arrays.setAll(drawn, q -> random.ints(draws, 0, count).toArray());
    SketchedPoints.Room room = new SketchedPoints.Room(N, 8, draws);
    s.squares(SketchedBatch.of(sketches, drawn, queries), room);
    SketchSearch search =
        new SketchSearch(SketchedBatch.of(sketches, drawn, queries), 5, Double.POSITIVE_INFINITY);
    search.scan(s, 100, room);
    for (int q = 0; q < 8; q++) {
      double[] alone = new double[N];
      s.estimate(drawn[q], sketches.apply(drawn[q], point(queries, q)), alone);
      for (int i = 0; i < N; i++) {
        assertThat(Math.sqrt(room.squares()[q * N + i])).isCloseTo(alone[i], within(2e-6));
      }
      long[] nearest =
          IntStream.range(0, N)
              .boxed()
              .sorted(Comparator.comparingDouble(i -> alone[i]))
              .limit(5)
              .mapToLong(i -> 100 + i)
              .toArray();
      assertThat(search.candidates().get(q).ids()).isEqualTo(nearest);
    }
    assertThat(room.squares()[2 * N + 4]).isLessThan(1e-10f);
  }

  @Test
  void sketchesTravel() throws Exception {
    Sketches sketches = new Sketches(SketchKind.SRHT, 3, 8, K, 3);
    double[] v = vector(K);
    Matrix before = sketches.apply(new int[] {0, 2}, v);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(sketches);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      Sketches travelled = (Sketches) in.readObject();
      assertThat(travelled.apply(new int[] {0, 2}, v).values()).isEqualTo(before.values());
    }
  }

  /** Two hundred updates U + w uᵀ, and points that change between them, against a rebuild. */
  @Test
  void updatesAreARebuild() {
    Sketches sketches = new Sketches(SketchKind.GAUSSIAN, 4, 9, K, 3);
    int d = 12;
    double[][] u = new double[K][d];
    for (double[] row : u) {
      System.arraycopy(vector(d), 0, row, 0, d);
    }
    double[][] x = new double[N][];
    for (int i = 0; i < N; i++) {
      x[i] = vector(d);
    }
    SketchedPoints s = new SketchedPoints(sketches, images(u, x));
    for (int step = 0; step < 200; step++) {
      double[] w = vector(K);
      double[] direction = vector(d);
      double[] c = new double[N];
      for (int i = 0; i < N; i++) {
        for (int t = 0; t < d; t++) {
          c[i] += 0.1 * direction[t] * x[i][t];
        }
      }
      for (int r = 0; r < K; r++) {
        for (int t = 0; t < d; t++) {
          u[r][t] += 0.1 * w[r] * direction[t];
        }
      }
      s.update(c, sketches.apply(new int[] {0, 1, 2, 3}, w));
      if (step % 50 == 7) {
        x[step % N] = vector(d);
        s.replace(step % N, sketches.apply(new int[] {0, 1, 2, 3}, point(images(u, x), step % N)));
      }
    }
    SketchedPoints rebuilt = new SketchedPoints(sketches, images(u, x));
    int[] drawn = {2, 1, 3};
    for (int i = 1; i < N; i++) {
      double expected = rebuilt.pair(drawn, 0, i);
      assertThat(s.pair(drawn, 0, i)).isCloseTo(expected, within(1e-5 * expected));
    }
  }

  private static Matrix images(double[][] u, double[][] x) {
    Matrix images = Matrix.zeros(u.length, x.length);
    for (int i = 0; i < x.length; i++) {
      for (int r = 0; r < u.length; r++) {
        double sum = 0;
        for (int t = 0; t < x[i].length; t++) {
          sum += u[r][t] * x[i][t];
        }
        images.set(r, i, sum);
      }
    }
    return images;
  }

  @Test
  void duplicatePointsAreAtNoDistance() {
    Sketches sketches = new Sketches(SketchKind.OSNAP, 3, 8, K, 3);
    Matrix points = points();
    System.arraycopy(points.values(), 0, points.values(), 5 * K, K);
    SketchedPoints s = new SketchedPoints(sketches, points);
    assertThat(s.pair(new int[] {1}, 0, 5)).isZero();
  }

  @Test
  void refusesShapesThatDoNotFit() {
    Sketches sketches = new Sketches(SketchKind.GAUSSIAN, 3, 8, K, 3);
    SketchedPoints s = new SketchedPoints(sketches, points());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> s.estimate(new int[] {0, 1}, Matrix.zeros(8, 2), new double[N]))
        .withMessageContaining("2 draws");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> s.estimate(new int[] {0}, Matrix.zeros(7, 1), new double[N]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> s.update(new double[N - 1], Matrix.zeros(8, 3)));
  }
}
