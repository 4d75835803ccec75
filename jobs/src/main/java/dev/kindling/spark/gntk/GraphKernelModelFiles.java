package dev.kindling.spark.gntk;

import dev.kindling.BadInput;
import dev.kindling.gntk.ColorLevels;
import dev.kindling.gntk.ColorSet;
import dev.kindling.gntk.GntkParameters;
import dev.kindling.gntk.TrainedColors;
import dev.kindling.kernel.Normalization;
import dev.kindling.spark.job.ModelFiles;
import dev.kindling.spark.job.TableBlock;
import dev.kindling.spark.job.TableSchema;
import dev.kindling.spark.job.TableSchema.Kind;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.SparkSession;

/**
 * A model on disk, in the way of spark.ml: {@code metadata} as JSON; {@code colors} as Parquet with
 * a row a fitted colour, {@code classes} with a row a class, {@code model} with one row. Nothing is
 * deserialised by Java. But for the metadata's uid and time, equal models have equal bytes.
 */
final class GraphKernelModelFiles {
  private static final TableSchema COLORS =
      TableSchema.empty()
          .with("level", Kind.LONG)
          .with("high", Kind.LONG)
          .with("low", Kind.LONG)
          .with("member_high", Kind.LONGS)
          .with("member_low", Kind.LONGS)
          .with("counts", Kind.LONGS)
          .with("norm", Kind.DOUBLE)
          .with("weights", Kind.DOUBLES);

  private static final TableSchema CLASSES = TableSchema.empty().with("class", Kind.TEXT);

  private static TableSchema modelSchema(GraphKernelModel<?> model) {
    return TableSchema.empty()
        .with("format", Kind.LONG)
        .with("by_degree", Kind.TRUTH)
        .with(model.parameterName(), Kind.DOUBLE)
        .with("intercept", Kind.DOUBLES);
  }

  private static final long FORMAT = 1;
  private static final String MAKER = "a gntk run";

  private GraphKernelModelFiles() {}

  static final class Writer extends MLWriter {
    private final GraphKernelModel<?> model;

    Writer(GraphKernelModel<?> model) {
      this.model = model;
    }

    @Override
    public void saveImpl(String path) {
      Configuration conf = sc().hadoopConfiguration();
      try {
        TableBlock.write(conf, ModelFiles.file(path, "colors"), COLORS, colors());
        TableBlock.write(
            conf,
            ModelFiles.file(path, "classes"),
            CLASSES,
            model.classes().stream().map(c -> new Object[] {c}).iterator());
        Object[] row = {FORMAT, model.byDegree(), model.parameter(), model.trained().intercept()};
        TableBlock.write(
            conf,
            ModelFiles.file(path, "model"),
            modelSchema(model),
            List.<Object[]>of(row).iterator());
        ModelFiles.writeMetadata(path, model, sparkSession(), conf);
      } catch (IOException e) {
        throw new BadInput(path + ": the model cannot be written: " + e.getMessage(), e);
      }
    }

    private Iterator<Object[]> colors() {
      TrainedColors trained = model.trained();
      return IntStream.rangeClosed(0, trained.parameters().blocks())
          .boxed()
          .flatMap(
              level ->
                  IntStream.range(0, trained.set(level).size())
                      .mapToObj(i -> color(trained, level, i)))
          .iterator();
    }

    private static Object[] color(TrainedColors trained, int level, int i) {
      int m = trained.outputs();
      ColorSet.Entry entry = trained.set(level).entry(i);
      double[] weights =
          trained.parameters().reads(level)
              ? Arrays.copyOfRange(trained.weights(level), i * m, (i + 1) * m)
              : new double[m];
      return new Object[] {
        (long) level,
        entry.high(),
        entry.low(),
        entry.memberHigh(),
        entry.memberLow(),
        entry.counts(),
        level == 0 ? 1.0 : trained.norms(level)[i],
        weights
      };
    }
  }

  /** Makes a model without Params. */
  interface Maker<M> {
    M make(String uid, GraphKernelModel.Content content);
  }

  /**
   * Reads a model of any kind.
   *
   * @throws BadInput if it is none, or damaged
   */
  static GraphKernelModel<?> any(String path, SparkSession spark) {
    String kind = ModelFiles.metadata(path, spark, "", MAKER).className();
    if (kind.equals(GraphKernelFeaturesModel.class.getName())) {
      throw BadInput.of(
          "%s: a model of features, which predicts nothing; give one of a gntk run", path);
    }
    return kind.equals(GraphKernelSvmModel.class.getName())
        ? GraphKernelSvmModel.load(path)
        : GraphKernelRidgeModel.load(path);
  }

  static final class Reader<M extends GraphKernelModel<M>> extends MLReader<M> {
    private final Class<M> kind;
    private final Maker<M> maker;

    Reader(Class<M> kind, Maker<M> maker) {
      this.kind = kind;
      this.maker = maker;
    }

    /**
     * @throws BadInput if it is no such model, or damaged
     */
    @Override
    public M load(String path) {
      DefaultParamsReader.Metadata metadata =
          ModelFiles.metadata(path, sparkSession(), kind.getName(), MAKER);
      try {
        return load(path, metadata);
      } catch (BadInput e) {
        throw e;
      } catch (Exception e) {
        throw BadInput.of(e, "%s: a damaged model: %s; fit it again", path, ModelFiles.reason(e));
      }
    }

    private M load(String path, DefaultParamsReader.Metadata metadata) {
      Configuration conf = sc().hadoopConfiguration();
      M bare = maker.make(metadata.uid(), new GraphKernelModel.Content(null, List.of(), false, 0));
      metadata.getAndSetParams(bare, scala.Option.empty());
      List<Object[]> one = ModelFiles.rows(conf, path, "model", modelSchema(bare));
      check(one.size() == 1, "table model has " + one.size() + " rows");
      Object[] model = one.get(0);
      if (!model[0].equals(FORMAT)) {
        throw BadInput.of(
            "%s: a model of format %s; this version reads %s", path, model[0], FORMAT);
      }
      List<String> classes =
          ModelFiles.rows(conf, path, "classes", CLASSES).stream()
              .map(row -> (String) row[0])
              .toList();
      double[] intercept = (double[]) model[3];
      M empty = maker.make(metadata.uid(), new GraphKernelModel.Content(null, classes, false, 0));
      check(
          empty.fits(intercept.length),
          classes.size() + " classes, " + intercept.length + " outputs");
      checkFinite(intercept);
      GntkOptions options = GntkOptions.of(bare.settings());
      TrainedColors trained =
          trained(
              ModelFiles.rows(conf, path, "colors", COLORS),
              intercept,
              options.normalization() == Normalization.COSINE,
              options.parameters());
      M loaded =
          maker.make(
              metadata.uid(),
              new GraphKernelModel.Content(
                  trained, classes, (Boolean) model[1], (Double) model[2]));
      metadata.getAndSetParams(loaded, scala.Option.empty());
      return loaded;
    }

    private static void check(boolean holds, String otherwise) {
      if (!holds) {
        throw new IllegalArgumentException(otherwise);
      }
    }

    private static void checkFinite(double[] values) {
      for (double value : values) {
        check(Double.isFinite(value), "the number " + value);
      }
    }

    private static TrainedColors trained(
        List<Object[]> rows, double[] intercept, boolean normalized, GntkParameters parameters) {
      int levels = parameters.blocks() + 1;
      int m = intercept.length;
      ColorSet[] sets = new ColorSet[levels];
      double[][] norms = new double[levels][];
      double[][] weights = new double[levels][];
      int colors = 0;
      for (int level = 0; level < levels; level++) {
        long wanted = level;
        List<Object[]> own = rows.stream().filter(row -> row[0].equals(wanted)).toList();
        sets[level] = ColorSet.of(own.stream().map(Reader::entry).toList());
        norms[level] = own.stream().mapToDouble(row -> (Double) row[6]).toArray();
        weights[level] = new double[Math.multiplyExact(own.size(), m)];
        for (int i = 0; i < own.size(); i++) {
          double[] of = (double[]) own.get(i)[7];
          check(of.length == m, "a colour with " + of.length + " weights for " + m + " outputs");
          System.arraycopy(of, 0, weights[level], i * m, m);
        }
        checkFinite(norms[level]);
        checkFinite(weights[level]);
        colors += own.size();
      }
      check(colors == rows.size(), "colours of a level beyond " + (levels - 1));
      ColorLevels.of(sets, parameters.scale()); // each member is a colour of the level below
      return new TrainedColors(sets, norms, weights, intercept, normalized, parameters);
    }

    private static ColorSet.Entry entry(Object[] row) {
      return new ColorSet.Entry(
          (Long) row[1], (Long) row[2], (long[]) row[3], (long[]) row[4], (long[]) row[5]);
    }
  }
}
