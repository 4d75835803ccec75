package dev.kindling.spark.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindling.data.LocalSpark;
import dev.kindling.linalg.Precision;
import dev.kindling.nn.RowBlock;
import dev.kindling.nn.Shards;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PackedRowsTest {
  private static final Shards SHARDS = new Shards(2, 3);

  @BeforeAll
  static void startSpark() {
    LocalSpark.session();
  }

  private static PackedRows pack(MadeRows rows, double validation, boolean standardize) {
    return PackedRows.of(
        JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext()),
        new TrainingRows(
            rows.frame(2).withColumnRenamed("label", "y"),
            "rows",
            rows.rows().size(),
            MadeRows.FEATURES,
            0,
            true,
            null),
        SHARDS,
        new TrainingRows.Packing(Precision.DOUBLE, validation, standardize, 1, false, 2));
  }

  /** Every row of the blocks as features, y and weight. */
  private static List<List<Double>> rows(PackedRows packed, boolean validation) {
    List<List<Double>> rows = new ArrayList<>();
    for (PackedPart part : packed.parts().collect()) {
      for (RowBlock block : validation ? part.validation() : part.train()) {
        double[] x = (double[]) block.x();
        for (int i = 0; i < block.rows(); i++) {
          List<Double> row = new ArrayList<>();
          for (int j = 0; j < MadeRows.FEATURES; j++) {
            row.add(x[i * MadeRows.FEATURES + j]);
          }
          row.add(block.y()[i]);
          row.add(block.weight() == null ? 1 : block.weight()[i]);
          rows.add(row);
        }
      }
    }
    return rows;
  }

  @Test
  void everyRowIsThereOnceAsItWas() {
    MadeRows made = MadeRows.of(3, 700, 0);
    try (PackedRows packed = pack(made, 0.2, false)) {
      List<List<Double>> train = rows(packed, false);
      List<List<Double>> validation = rows(packed, true);
      List<List<Double>> all = new ArrayList<>(train);
      all.addAll(validation);
      List<List<Double>> expected = new ArrayList<>();
      for (Row row : made.rows()) {
        List<Double> values = new ArrayList<>();
        for (double v : row.<Vector>getAs(0).toArray()) {
          values.add(v);
        }
        values.add(row.getDouble(1));
        values.add(row.getDouble(2));
        expected.add(values);
      }
      assertThat(all).containsExactlyInAnyOrderElementsOf(expected);
      // 700 draws at 0.2: outside of this with a chance below 1e-6, for this one seed.
      assertThat(validation.size()).isBetween(85, 195);
      assertThat(packed.validationRows()).isEqualTo(validation.size());
      assertThat(java.util.Arrays.stream(packed.trainRows()).sum()).isEqualTo(train.size());
    }
  }

  @Test
  void standardizedRowsHaveMean0AndDeviation1AndTheWayBack() {
    MadeRows made = MadeRows.of(4, 500, 0);
    try (PackedRows packed = pack(made, 0.1, true)) {
      List<List<Double>> train = rows(packed, false);
      for (int j = 0; j <= MadeRows.FEATURES; j++) {
        int column = j;
        double[] values = train.stream().mapToDouble(row -> row.get(column)).toArray();
        double mean = java.util.Arrays.stream(values).average().orElseThrow();
        double squares = java.util.Arrays.stream(values).map(v -> v * v).sum();
        assertThat(mean).isCloseTo(0, within(1e-12));
        assertThat(squares / (values.length - 1)).isCloseTo(1, within(1e-12));
      }
    }
  }

  @Test
  void rowsOfWeight0AreLeftOut() {
    MadeRows made = MadeRows.of(5, 50, 0);
    List<Row> rows = new ArrayList<>(made.rows());
    rows.add(RowFactory.create(Vectors.dense(1, 2, 3, 4, 5), 1.0, 0.0));
    try (PackedRows packed = pack(new MadeRows(rows), 0, false)) {
      assertThat(rows(packed, false)).hasSize(50).noneMatch(row -> row.get(5) == 1.0);
      assertThat(packed.validationRows()).isZero();
    }
  }

  @Test
  void aRowThatCannotBeUsedIsRefused() {
    refuses(RowFactory.create(Vectors.dense(1, 2, 3), 1.0, 1.0), "3 features, the first has 5");
    refuses(RowFactory.create(Vectors.dense(1, Double.NaN, 3, 4, 5), 1.0, 1.0), "a feature is NaN");
    refuses(
        RowFactory.create(Vectors.dense(1, 2, 3, 4, 5), Double.POSITIVE_INFINITY, 1.0),
        "a target is Infinity");
    refuses(RowFactory.create(Vectors.dense(1, 2, 3, 4, 5), 1.0, -1.0), "a weight is -1.0");
    refuses(RowFactory.create(null, 1.0, 1.0), "a row has no features");
  }

  private static void refuses(Row bad, String message) {
    List<Row> rows = new ArrayList<>(MadeRows.of(6, 20, 0).rows());
    rows.add(bad);
    assertThatThrownBy(() -> pack(new MadeRows(rows), 0, false).close())
        .hasStackTraceContaining(message);
  }
}
