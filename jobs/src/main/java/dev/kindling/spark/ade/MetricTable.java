package dev.kindling.spark.ade;

import dev.kindling.ade.Metric;
import dev.kindling.linalg.Matrix;
import dev.kindling.spark.job.Run;
import dev.kindling.spark.job.Table;
import dev.kindling.spark.job.TableSchema;
import dev.kindling.spark.job.TableSchema.Kind;
import java.util.stream.IntStream;

/** The table {@code metric}: A = UᵀU, row by row. */
final class MetricTable {
  /** Of A's sides: beyond it the table would be a gigabyte, and the factor is what one wants. */
  static final int LARGEST = 4096;

  private static final int ROWS = 256;

  private MetricTable() {}

  /** Writes it, of a diagonal one the diagonal; nothing for more than {@link #LARGEST} features. */
  static void write(Run run, Metric metric) {
    int d = metric.dimension();
    if (metric.isDiagonal()) {
      double[] u = metric.diagonal();
      table(run)
          .write(
              0, IntStream.range(0, d).mapToObj(i -> new Object[] {i, i, u[i] * u[i]}).iterator());
      return;
    }
    if (d > LARGEST) {
      run.note("metric_table", "left out: " + d + " features; it is written up to " + LARGEST);
      return;
    }
    Matrix a = metric.matrix();
    Table table = table(run);
    for (int from = 0, block = 0; from < d; from += ROWS, block++) {
      table.write(
          block,
          IntStream.range(from, Math.min(d, from + ROWS))
              .boxed()
              .flatMap(i -> IntStream.range(0, d).mapToObj(j -> new Object[] {i, j, a.get(i, j)}))
              .iterator());
    }
  }

  private static Table table(Run run) {
    return run.table(
        "metric",
        TableSchema.empty()
            .with("row", Kind.LONG)
            .with("column", Kind.LONG)
            .with("value", Kind.DOUBLE));
  }
}
