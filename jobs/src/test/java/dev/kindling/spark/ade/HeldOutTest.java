package dev.kindling.spark.ade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.kindling.ade.Rca;
import dev.kindling.ade.WithinScatter;
import dev.kindling.data.LocalSpark;
import dev.kindling.linalg.Blas;
import dev.kindling.linalg.Matrix;
import dev.kindling.spark.job.BlasContract;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeldOutTest {
  @ParameterizedTest
  @CsvSource({"10, 0.2, 2", "1797, 0.2, 359", "3, 0.2, 1", "2, 0.9, 1", "1, 0.9, 0", "1000, 0, 0"})
  void aRowIsHeldOutOrLearnedFrom(long rows, double share, int count) {
    HeldOut held = HeldOut.of(rows, share, 42);
    long[] out = held.drawHeld(rows, 1);
    long[] in = held.drawLearned(rows, 2);
    assertThat(out).hasSize(count);
    assertThat(LongStream.concat(LongStream.of(out), LongStream.of(in)))
        .containsExactlyInAnyOrderElementsOf(LongStream.range(0, rows).boxed().toList());
    boolean[] among = held.among(0, (int) rows);
    for (int row = 0; row < rows; row++) {
      assertThat(among[row]).isEqualTo(Arrays.binarySearch(out, row) >= 0);
    }
    assertThat(in).contains(held.drawLearned(1, 3));
  }

  /** A chi-square test on tenths of the rows, 9 degrees of freedom, at a millionth. */
  @Test
  void everyRowHasTheSameChance() {
    long[] counts = new long[10];
    for (int seed = 0; seed < 200; seed++) {
      for (long row : HeldOut.of(1000, 0.2, seed).drawHeld(1000, 0)) {
        counts[(int) row / 100]++;
      }
    }
    double squares = Arrays.stream(counts).mapToDouble(c -> (c - 4000.0) * (c - 4000) / 4000).sum();
    assertThat(squares).isLessThan(44.8);
  }

  @Test
  void rcaLearnsFromTheOthersAlone() {
    int d = 3;
    int n = 2 * PointBlock.ROWS + 77;
    SplittableRandom random = new SplittableRandom(9);
    Matrix points = Matrix.zeros(d, n);
    int[] labels = new int[n];
    for (int j = 0; j < n; j++) {
      labels[j] = random.nextInt(4);
      for (int i = 0; i < d; i++) {
        points.set(i, j, random.nextDouble() * (i + 1) + labels[j]);
      }
    }
    HeldOut held = HeldOut.of(n, 0.3, 7);
    List<PointBlock> blocks = new ArrayList<>();
    WithinScatter expected = new WithinScatter(d);
    for (int b = 0; b < 3; b++) {
      int from = b * PointBlock.ROWS;
      int count = Math.min(PointBlock.ROWS, n - from);
      Matrix some =
          Matrix.of(d, count, Arrays.copyOfRange(points.values(), from * d, (from + count) * d));
      int[] own = Arrays.copyOfRange(labels, from, from + count);
      RowNames names = new RowNames(false, count);
      for (int i = 0; i < count; i++) {
        names.add((long) from + i);
      }
      blocks.add(new PointBlock(b, some, names, own));
      int[] masked = own.clone();
      boolean[] out = held.among(from, count);
      for (int i = 0; i < count; i++) {
        masked[i] = out[i] ? -1 : masked[i];
      }
      expected =
          b == 0 ? WithinScatter.of(some, masked) : expected.merge(WithinScatter.of(some, masked));
    }
    JavaSparkContext context = new JavaSparkContext(LocalSpark.session().sparkContext());
    PointBlocks all = PointBlocks.of(context, blocks, d, false);
    double[] u =
        LabelFit.rca(all.blocks(), all.count(), held, 0, new BlasContract(Blas.choice()))
            .factor()
            .values();
    double[] right = Rca.learn(expected).factor().values();
    assertThat(expected.count()).isEqualTo(held.learned());
    for (int i = 0; i < u.length; i++) {
      assertThat(u[i]).isCloseTo(right[i], offset(1e-12));
    }
  }
}
