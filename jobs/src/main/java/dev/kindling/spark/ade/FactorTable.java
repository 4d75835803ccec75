package dev.kindling.spark.ade;

import dev.kindling.ade.Metric;
import dev.kindling.linalg.Matrix;
import dev.kindling.spark.job.CsvExport;
import dev.kindling.spark.job.JobFailure;
import dev.kindling.spark.job.Run;
import dev.kindling.spark.job.Table;
import dev.kindling.spark.job.TableSchema;
import dev.kindling.spark.job.TableSchema.Kind;
import java.io.IOException;
import java.io.Writer;
import java.util.stream.IntStream;

/**
 * The table {@code factor}: U, a row a row, under the name by which numeric tables are read, so
 * that {@code factor:DIR/tables/factor} and {@code --initial DIR/tables/factor} take it as it is.
 */
final class FactorTable {
  private static final int ROWS = 256;

  private FactorTable() {}

  static void write(Run run, Metric metric) {
    Matrix u = metric.factor();
    Table table =
        run.table(
            "factor", TableSchema.empty().with("row", Kind.LONG).with("features", Kind.VECTOR));
    for (int from = 0, block = 0; from < u.rows(); from += ROWS, block++) {
      table.write(
          block,
          IntStream.range(from, Math.min(u.rows(), from + ROWS))
              .mapToObj(i -> new Object[] {i, row(u, i)})
              .iterator());
    }
  }

  /** Also as {@code csv/factor.csv}: k lines of d numbers, no header. */
  static void writeCsv(Run run, Metric metric) {
    Matrix u = metric.factor();
    try (Writer out = CsvExport.writer(run.hadoop(), run.path("csv/factor.csv"))) {
      for (int i = 0; i < u.rows(); i++) {
        for (int j = 0; j < u.cols(); j++) {
          out.write(j == 0 ? "" : ",");
          out.write(Double.toString(u.get(i, j)));
        }
        out.write('\n');
      }
    } catch (IOException e) {
      throw new JobFailure("--export csv: " + e.getMessage(), e);
    }
  }

  /** Row i, new. */
  static double[] row(Matrix u, int i) {
    double[] row = new double[u.cols()];
    for (int j = 0; j < row.length; j++) {
      row[j] = u.get(i, j);
    }
    return row;
  }
}
