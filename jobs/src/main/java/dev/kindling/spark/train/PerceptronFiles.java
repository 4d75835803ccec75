package dev.kindling.spark.train;

import dev.kindling.BadInput;
import dev.kindling.nn.Activation;
import dev.kindling.nn.Architecture;
import dev.kindling.nn.Loss;
import dev.kindling.nn.Perceptron;
import dev.kindling.spark.job.ModelFiles;
import dev.kindling.spark.job.TableBlock;
import dev.kindling.spark.job.TableSchema;
import dev.kindling.spark.job.TableSchema.Kind;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;

/**
 * A perceptron on disk: {@code metadata}, {@code model} with one row, and {@code classes} with the
 * names of the classes where a job has learnt them.
 */
final class PerceptronFiles {
  private static final long FORMAT = 1;
  private static final String MAKER = "a train run";

  private static final TableSchema MODEL =
      TableSchema.empty()
          .with("format", Kind.LONG)
          .with("sizes", Kind.LONGS)
          .with("activation", Kind.TEXT)
          .with("loss", Kind.TEXT)
          .with("weights", Kind.DOUBLES);

  /** Names that stand beside a model. */
  enum Names {
    CLASSES,
    FEATURES;

    private final String table = name().toLowerCase(Locale.ROOT);

    private TableSchema schema() {
      return TableSchema.empty().with(this == CLASSES ? "class" : "feature", Kind.TEXT);
    }
  }

  private PerceptronFiles() {}

  /**
   * @throws BadInput if there are more or fewer features than the model has
   */
  static double[] sized(Vector features, int wanted) {
    if (features.size() != wanted) {
      throw BadInput.of(
          "a row has %s features; the model was fitted on %s", features.size(), wanted);
    }
    return features.toArray();
  }

  static final class Writer extends MLWriter {
    private final Params model;
    private final Perceptron perceptron;

    Writer(Params model, Perceptron perceptron) {
      this.model = model;
      this.perceptron = perceptron;
    }

    @Override
    public void saveImpl(String path) {
      Configuration conf = sc().hadoopConfiguration();
      Architecture a = perceptron.architecture();
      Object[] row = {
        FORMAT,
        Arrays.stream(a.sizes()).asLongStream().toArray(),
        a.activation().toString(),
        a.loss().name().toLowerCase(Locale.ROOT),
        perceptron.weights()
      };
      try {
        TableBlock.write(
            conf, ModelFiles.file(path, "model"), MODEL, List.<Object[]>of(row).iterator());
        ModelFiles.writeMetadata(path, model, sparkSession(), conf);
      } catch (IOException e) {
        throw new BadInput(path + ": the model cannot be written: " + e.getMessage(), e);
      }
    }
  }

  /** Adds names to a model that is written. */
  static void write(String path, Names what, List<String> names, Configuration conf)
      throws IOException {
    TableBlock.write(
        conf,
        ModelFiles.file(path, what.table),
        what.schema(),
        names.stream().map(name -> new Object[] {name}).iterator());
  }

  /** Names beside a model, empty where none were written. */
  static List<String> names(String path, Names what, Configuration conf) {
    Path file = ModelFiles.file(path, what.table);
    try {
      if (!file.getFileSystem(conf).exists(file)) {
        return List.of();
      }
    } catch (IOException e) {
      throw new BadInput(path + ": cannot be read: " + e.getMessage(), e);
    }
    return ModelFiles.rows(conf, path, what.table, what.schema()).stream()
        .map(row -> (String) row[0])
        .toList();
  }

  /** Makes a model without Params. */
  interface Maker<M> {
    M make(String uid, Perceptron perceptron);
  }

  static final class Reader<M extends Params> extends MLReader<M> {
    private final Class<M> kind;
    private final Maker<M> maker;

    Reader(Class<M> kind, Maker<M> maker) {
      this.kind = kind;
      this.maker = maker;
    }

    @Override
    public M load(String path) {
      DefaultParamsReader.Metadata metadata =
          ModelFiles.metadata(path, sparkSession(), kind.getName(), MAKER);
      M model = maker.make(metadata.uid(), perceptron(path, sc().hadoopConfiguration()));
      metadata.getAndSetParams(model, scala.Option.empty());
      return model;
    }
  }

  /**
   * @throws BadInput if it is no perceptron, or damaged
   */
  static Perceptron perceptron(String path, Configuration conf) {
    List<Object[]> rows = ModelFiles.rows(conf, path, "model", MODEL);
    try {
      if (rows.size() != 1 || !rows.get(0)[0].equals(FORMAT)) {
        throw BadInput.of(
            "%s: a model of %s; this version reads one of format %s",
            path, rows.size() == 1 ? "format " + rows.get(0)[0] : rows.size() + " rows", FORMAT);
      }
      Object[] row = rows.get(0);
      Architecture architecture =
          new Architecture(
              Arrays.stream((long[]) row[1]).mapToInt(Math::toIntExact).toArray(),
              Activation.valueOf(((String) row[2]).toUpperCase(Locale.ROOT)),
              Loss.valueOf(((String) row[3]).toUpperCase(Locale.ROOT)));
      return new Perceptron(architecture, (double[]) row[4]);
    } catch (IllegalArgumentException | ArithmeticException | NullPointerException e) {
      throw new BadInput(path + ": a damaged model: " + ModelFiles.reason(e) + "; fit it again", e);
    }
  }
}
