package dev.kindling.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowBytesTest {
  /** From evenly spread numbers to numbers of each kind. */
  private static final List<DoubleUnaryOperator> KINDS =
      List.of(
          u -> u,
          u -> (float) u,
          u -> (int) (256 * u),
          u -> u < 0.6 ? 0 : u,
          u -> u < 0.6 ? 0 : (float) u,
          u -> 0,
          u -> -1e300 * u);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 63, 64, 65, 784})
  void rowsComeBackAsTheyWere(int features) {
    Random random = new Random(features);
    List<Vector> rows = new ArrayList<>();
    for (DoubleUnaryOperator kind : KINDS) {
      for (int i = 0; i < 20; i++) {
        Vector dense =
            Vectors.dense(random.doubles(features).map(kind).map(v -> v == 0 ? 0 : v).toArray());
        rows.add(dense);
        rows.add(dense.toSparse());
      }
    }
    RowBytes bytes = new RowBytes();
    for (int i = 0; i < rows.size(); i++) {
      bytes.add(i * 7L, i, i + 0.5, rows.get(i));
    }

    double[] x = new double[features];
    List<Vector> back = new ArrayList<>();
    RowBytes.each(
        bytes.take(),
        features,
        row -> {
          assertThat(row.key()).isEqualTo(back.size() * 7L);
          assertThat(row.y()).isEqualTo(back.size());
          assertThat(row.weight()).isEqualTo(back.size() + 0.5);
          row.features(x);
          back.add(Vectors.dense(x.clone()));
        });

    assertThat(back).isEqualTo(rows);
  }
}
