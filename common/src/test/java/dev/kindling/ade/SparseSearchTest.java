package dev.kindling.ade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SparseSearchTest {
  /** n points of d numbers; some are 0 altogether, some equal, scales differ. */
  private static double[][] points(int n, int d, double share, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] points = new double[n][d];
    for (int i = 0; i < n; i++) {
      double scale = Math.pow(10, random.nextInt(-3, 4));
      for (int j = 0; j < d; j++) {
        points[i][j] = random.nextDouble() < share ? scale * random.nextDouble(-1, 1) : 0;
      }
      if (i % 9 == 8) {
        points[i] = points[i - 1].clone();
      }
    }
    return points;
  }

  private static SparsePoints sparse(double[][] points, int from, int to) {
    SparsePoints.Builder builder = new SparsePoints.Builder(points[0].length);
    for (double[] x : Arrays.copyOfRange(points, from, to)) {
      for (int j = 0; j < x.length; j++) {
        builder.add(j, x[j]);
      }
      builder.end();
    }
    return builder.build();
  }

  private static double squared(double[] x, double[] y, double[] diagonal) {
    double sum = 0;
    for (int j = 0; j < x.length; j++) {
      double difference = diagonal[j] * x[j] - diagonal[j] * y[j];
      sum += difference * difference;
    }
    return sum;
  }

  @ParameterizedTest
  @CsvSource({"60, 30, 0.1, 5", "200, 400, 0.01, 3", "50, 8, 0.9, 50", "40, 5, 0, 4"})
  void findsWhatAllPairsTell(int n, int d, double share, int k) {
    double[][] points = points(n, d, share, n);
    double[][] queries = points(20, d, share, n + 1);
    System.arraycopy(points, 0, queries, 0, 7);
    SplittableRandom random = new SplittableRandom(2);
    double[] diagonal = new double[d];
    Arrays.setAll(diagonal, j -> j % 5 == 4 ? 0 : random.nextDouble(0.5, 2));
    Metric metric = Metric.factor(diagonal);
    SparseSearch search =
        new SparseSearch(sparse(queries, 0, 20).under(metric), k, Double.POSITIVE_INFINITY);
    int cut = n / 3;
    search.scan(new SparseTile(0, sparse(points, 0, cut).under(metric)));
    search.scan(new SparseTile(cut, sparse(points, cut, n).under(metric)));
    for (int q = 0; q < 20; q++) {
      int query = q;
      double[] all =
          Arrays.stream(points).mapToDouble(x -> squared(x, queries[query], diagonal)).toArray();
      int[] expected =
          IntStream.range(0, n)
              .boxed()
              .sorted((a, b) -> all[a] != all[b] ? Double.compare(all[a], all[b]) : a - b)
              .limit(k)
              .mapToInt(i -> i)
              .toArray();
      Nearest found = search.nearest().get(q);
      assertThat(Arrays.stream(found.ids()).mapToInt(id -> (int) id))
          .containsExactly(box(expected));
      for (int i = 0; i < expected.length; i++) {
        assertThat(found.squares()[i])
            .isEqualTo(all[expected[i]], within(1e-12 * all[expected[i]]));
      }
    }
  }

  private static Integer[] box(int[] some) {
    return Arrays.stream(some).boxed().toArray(Integer[]::new);
  }

  @Test
  void aPointFindsItselfAndTwinsAtExactlyNoDistance() {
    double[][] points = points(90, 300, 0.05, 4);
    SparsePoints all = sparse(points, 0, 90);
    SparseSearch search = new SparseSearch(all, 2, Double.POSITIVE_INFINITY);
    search.scan(new SparseTile(0, all));
    for (int i = 8; i < 90; i += 9) {
      assertThat(search.nearest().get(i).squares()).containsExactly(0, 0);
      assertThat(search.nearest().get(i).ids()).containsExactly(i - 1, i);
    }
  }

  @Test
  void noneIsTakenBeyondTheRadius() {
    double[][] points = {{3, 0}, {0, 4}, {0, 0}};
    SparseSearch search = new SparseSearch(sparse(new double[][] {{0, 0}}, 0, 1), 9, 3);
    search.scan(new SparseTile(5, sparse(points, 0, 3)));
    assertThat(search.nearest().get(0).ids()).containsExactly(7, 5);
  }

  @Test
  void partsAreThoseOfTheWhole() {
    double[][] points = points(40, 20, 0.3, 8);
    SparsePoints part = sparse(points, 0, 40).range(10, 25);
    SparsePoints alone = sparse(points, 10, 25);
    assertThat(List.of(part.count(), part.size())).isEqualTo(List.of(15, alone.size()));
    for (int i = 0; i < 15; i++) {
      assertThat(part.squared(i, alone, i)).isZero();
    }
    SparsePoints.Builder builder = new SparsePoints.Builder(3);
    builder.add(1, 2);
    assertThatIllegalArgumentException().isThrownBy(() -> builder.add(1, 2));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.add(3, 2));
  }
}
