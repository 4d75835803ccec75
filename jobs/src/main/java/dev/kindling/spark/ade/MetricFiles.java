package dev.kindling.spark.ade;

import dev.kindling.BadInput;
import dev.kindling.ade.Metric;
import dev.kindling.linalg.Matrix;
import dev.kindling.spark.job.ModelFiles;
import dev.kindling.spark.job.TableBlock;
import dev.kindling.spark.job.TableSchema;
import dev.kindling.spark.job.TableSchema.Kind;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;

/**
 * A metric on disk: {@code metadata}, and {@code factor} with a row for each row of U, which reads
 * as a numeric table too.
 */
final class MetricFiles {
  private static final long FORMAT = 1;

  private static final TableSchema FACTOR =
      TableSchema.empty()
          .with("format", Kind.LONG)
          .with("row", Kind.LONG)
          .with("features", Kind.DOUBLES);

  private MetricFiles() {}

  static final class Writer extends MLWriter {
    private final MahalanobisMetricModel model;

    Writer(MahalanobisMetricModel model) {
      this.model = model;
    }

    @Override
    public void saveImpl(String path) {
      Configuration conf = sc().hadoopConfiguration();
      Matrix u = model.metric().factor();
      try {
        TableBlock.write(
            conf,
            ModelFiles.file(path, "factor"),
            FACTOR,
            IntStream.range(0, u.rows())
                .mapToObj(i -> new Object[] {FORMAT, i, FactorTable.row(u, i)})
                .iterator());
        ModelFiles.writeMetadata(path, model, sparkSession(), conf);
      } catch (IOException e) {
        throw new BadInput(path + ": the model cannot be written: " + e.getMessage(), e);
      }
    }
  }

  static final class Reader extends MLReader<MahalanobisMetricModel> {
    @Override
    public MahalanobisMetricModel load(String path) {
      DefaultParamsReader.Metadata metadata =
          ModelFiles.metadata(
              path, sparkSession(), MahalanobisMetricModel.class.getName(), "an ade learn run");
      MahalanobisMetricModel model =
          new MahalanobisMetricModel(metadata.uid(), metric(path, sc().hadoopConfiguration()));
      ModelFiles.restore(metadata, model);
      return model;
    }
  }

  /**
   * @throws BadInput if it is no metric, or damaged
   */
  private static Metric metric(String path, Configuration conf) {
    List<Object[]> rows = ModelFiles.rows(conf, path, "factor", FACTOR);
    if (rows.isEmpty() || !Long.valueOf(FORMAT).equals(rows.get(0)[0])) {
      throw BadInput.of(
          "%s: a model of %s; this version reads one of format %s",
          path, rows.isEmpty() ? "no rows" : "format " + rows.get(0)[0], FORMAT);
    }
    int d = ((double[]) rows.get(0)[2]).length;
    PointSet.requireRoom(d, rows.size());
    Matrix u = Matrix.zeros(rows.size(), d);
    for (int i = 0; i < u.rows(); i++) {
      double[] row = (double[]) rows.get(i)[2];
      if (d == 0 || row.length != d || !Long.valueOf(i).equals(rows.get(i)[1])) {
        throw new BadInput(path + ": a damaged model: row " + i + " of U; fit it again");
      }
      for (int j = 0; j < d; j++) {
        u.set(i, j, row[j]);
      }
    }
    try {
      return Metric.factor(u);
    } catch (BadInput e) {
      throw new BadInput(path + ": a damaged model: " + e.getMessage() + "; fit it again", e);
    }
  }
}
