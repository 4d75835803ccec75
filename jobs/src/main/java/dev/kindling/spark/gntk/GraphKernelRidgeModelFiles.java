package dev.kindling.spark.gntk;

import dev.kindling.gntk.ColorSet;
import dev.kindling.gntk.GntkParameters;
import dev.kindling.gntk.TrainedColors;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsReader$;
import org.apache.spark.ml.util.DefaultParamsWriter$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A model on disk, in the way of spark.ml: {@code metadata} as JSON, {@code colors} as Parquet with
 * a row a fitted colour, {@code model} as Parquet with one row. Nothing is deserialised by Java.
 */
final class GraphKernelRidgeModelFiles {
  private static final StructType COLORS =
      new StructType()
          .add("level", DataTypes.IntegerType, false)
          .add("high", DataTypes.LongType, false)
          .add("low", DataTypes.LongType, false)
          .add("member_high", DataTypes.createArrayType(DataTypes.LongType, false), false)
          .add("member_low", DataTypes.createArrayType(DataTypes.LongType, false), false)
          .add("counts", DataTypes.createArrayType(DataTypes.LongType, false), false)
          .add("norm", DataTypes.DoubleType, false)
          .add("weights", DataTypes.createArrayType(DataTypes.DoubleType, false), false);

  private static final StructType MODEL =
      new StructType()
          .add("format", DataTypes.IntegerType, false)
          .add("classes", DataTypes.createArrayType(DataTypes.StringType, false), false)
          .add("by_degree", DataTypes.BooleanType, false)
          .add("lambda", DataTypes.DoubleType, false)
          .add("intercept", DataTypes.createArrayType(DataTypes.DoubleType, false), false);

  private static final int FORMAT = 1;

  private GraphKernelRidgeModelFiles() {}

  static final class Writer extends MLWriter {
    private final GraphKernelRidgeModel model;

    Writer(GraphKernelRidgeModel model) {
      this.model = model;
    }

    @Override
    public void saveImpl(String path) {
      SparkSession spark = sparkSession();
      DefaultParamsWriter$.MODULE$.saveMetadata(model, path, spark);
      TrainedColors trained = model.trained();
      List<Row> colors = new ArrayList<>();
      int m = trained.outputs();
      for (int level = 0; level <= trained.parameters().blocks(); level++) {
        ColorSet set = trained.set(level);
        for (int i = 0; i < set.size(); i++) {
          ColorSet.Entry entry = set.entry(i);
          double[] weights = new double[m];
          if (trained.parameters().reads(level)) {
            System.arraycopy(trained.weights(level), i * m, weights, 0, m);
          }
          colors.add(
              RowFactory.create(
                  level,
                  entry.high(),
                  entry.low(),
                  entry.memberHigh(),
                  entry.memberLow(),
                  entry.counts(),
                  level == 0 ? 1.0 : trained.norms(level)[i],
                  weights));
        }
      }
      spark.createDataFrame(colors, COLORS).coalesce(1).write().parquet(path + "/colors");
      Row row =
          RowFactory.create(
              FORMAT,
              model.classes().toArray(String[]::new),
              model.byDegree(),
              model.lambda(),
              trained.intercept());
      spark.createDataFrame(List.of(row), MODEL).coalesce(1).write().parquet(path + "/model");
    }
  }

  static final class Reader extends MLReader<GraphKernelRidgeModel> {
    @Override
    public GraphKernelRidgeModel load(String path) {
      SparkSession spark = sparkSession();
      DefaultParamsReader.Metadata metadata =
          DefaultParamsReader$.MODULE$.loadMetadata(
              path, spark, GraphKernelRidgeModel.class.getName());
      Row model = spark.read().schema(MODEL).parquet(path + "/model").first();
      if (model.getInt(0) != FORMAT) {
        throw new IllegalArgumentException(
            path + " is of format " + model.getInt(0) + "; this version reads " + FORMAT);
      }
      double[] intercept = doubles(model.getList(4));
      GraphKernelRidgeModel bare =
          new GraphKernelRidgeModel(metadata.uid(), null, List.of(), false, 0);
      metadata.getAndSetParams(bare, scala.Option.empty());
      GntkParameters parameters = GraphKernelParams.parameters(bare);
      GraphKernelRidgeModel loaded =
          new GraphKernelRidgeModel(
              metadata.uid(),
              colors(spark, path, intercept, parameters),
              model.getList(1),
              model.getBoolean(2),
              model.getDouble(3));
      metadata.getAndSetParams(loaded, scala.Option.empty());
      return loaded;
    }

    private static TrainedColors colors(
        SparkSession spark, String path, double[] intercept, GntkParameters parameters) {
      int levels = parameters.blocks() + 1;
      List<List<ColorSet.Entry>> entries = new ArrayList<>();
      List<List<Double>> norms = new ArrayList<>();
      List<List<Double>> weights = new ArrayList<>();
      for (int level = 0; level < levels; level++) {
        entries.add(new ArrayList<>());
        norms.add(new ArrayList<>());
        weights.add(new ArrayList<>());
      }
      for (Row row :
          spark
              .read()
              .schema(COLORS)
              .parquet(path + "/colors")
              .sort("level", "high", "low")
              .collectAsList()) {
        int level = row.getInt(0);
        entries
            .get(level)
            .add(
                new ColorSet.Entry(
                    row.getLong(1),
                    row.getLong(2),
                    longs(row.getList(3)),
                    longs(row.getList(4)),
                    longs(row.getList(5))));
        norms.get(level).add(row.getDouble(6));
        weights.get(level).addAll(row.getList(7));
      }
      return new TrainedColors(
          entries.stream().map(ColorSet::of).toArray(ColorSet[]::new),
          norms.stream().map(Reader::doubles).toArray(double[][]::new),
          weights.stream().map(Reader::doubles).toArray(double[][]::new),
          intercept,
          parameters);
    }

    private static long[] longs(List<Long> values) {
      return values.stream().mapToLong(Long::longValue).toArray();
    }

    private static double[] doubles(List<Double> values) {
      return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
  }
}
