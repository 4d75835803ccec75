package dev.kindling.spark.gntk;

import dev.kindling.BadInput;
import dev.kindling.data.graph.GraphSet;
import dev.kindling.data.graph.GraphSets;
import dev.kindling.gntk.ColorLevels;
import dev.kindling.gntk.GntkParameters;
import dev.kindling.gntk.TrainedColors;
import dev.kindling.linalg.Blas;
import dev.kindling.linalg.Matrix;
import dev.kindling.ridge.RidgeModel;
import dev.kindling.ridge.Score;
import dev.kindling.spark.job.BlasContract;
import dev.kindling.spark.job.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Kernel ridge regression, or classification by one-hot regression, with the Graph Neural Tangent
 * Kernel (Du et al. 2019, arXiv 1905.13192): graphs in rows with array columns of tags and edges.
 *
 * <p>Labels that are text, or at most 20 different whole numbers, are classes; others are numbers.
 * The n×n Gram matrix goes to one task: 48 n² bytes on an executor. The driver holds the colours,
 * about 150 bytes each.
 */
public final class GraphKernelRidge extends Estimator<GraphKernelRidgeModel>
    implements WithGraphKernelParams, DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final GraphKernelParams shared;
  private final DoubleParam regParam;
  private final Param<String> workDir;

  public GraphKernelRidge() {
    this(Identifiable$.MODULE$.randomUID("graphKernelRidge"));
  }

  public GraphKernelRidge(String uid) {
    this.uid = uid;
    this.shared = new GraphKernelParams(this);
    this.regParam =
        new DoubleParam(
            this,
            "regParam",
            "penalty λ; 0: the one on the path with the best leave-one-out",
            ParamValidators.gtEq(0));
    this.workDir =
        new Param<>(
            this,
            "workDir",
            "folder that driver and executors share, for tiles while fitting; empty: Spark's checkpoint folder, in local mode a temporary one");
    setDefault(shared.graphCol, "graph");
    setDefault(shared.tagsCol, "tags");
    setDefault(shared.sourcesCol, "sources");
    setDefault(shared.targetsCol, "targets");
    setDefault(shared.labelCol, "label");
    setDefault(shared.predictionCol, "prediction");
    setDefault(shared.blocks, 1);
    setDefault(shared.mlpLayers, 2);
    setDefault(shared.scale, "uniform");
    setDefault(shared.jumpingKnowledge, true);
    setDefault(shared.factor, 2.0);
    setDefault(shared.nodeLabels, "auto");
    setDefault(regParam, 0.0);
    setDefault(workDir, "");
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public GraphKernelParams shared() {
    return shared;
  }

  public DoubleParam regParam() {
    return regParam;
  }

  public Param<String> workDir() {
    return workDir;
  }

  public GraphKernelRidge setGraphCol(String value) {
    set(graphCol(), value);
    return this;
  }

  public GraphKernelRidge setTagsCol(String value) {
    set(tagsCol(), value);
    return this;
  }

  public GraphKernelRidge setSourcesCol(String value) {
    set(sourcesCol(), value);
    return this;
  }

  public GraphKernelRidge setTargetsCol(String value) {
    set(targetsCol(), value);
    return this;
  }

  public GraphKernelRidge setLabelCol(String value) {
    set(labelCol(), value);
    return this;
  }

  public GraphKernelRidge setPredictionCol(String value) {
    set(predictionCol(), value);
    return this;
  }

  public GraphKernelRidge setBlocks(int value) {
    set(blocks(), value);
    return this;
  }

  public GraphKernelRidge setMlpLayers(int value) {
    set(mlpLayers(), value);
    return this;
  }

  public GraphKernelRidge setScale(String value) {
    set(scale(), value);
    return this;
  }

  public GraphKernelRidge setJumpingKnowledge(boolean value) {
    set(jumpingKnowledge(), value);
    return this;
  }

  public GraphKernelRidge setFactor(double value) {
    set(factor(), value);
    return this;
  }

  public GraphKernelRidge setNodeLabels(String value) {
    set(nodeLabels(), value);
    return this;
  }

  public GraphKernelRidge setRegParam(double value) {
    set(regParam, value);
    return this;
  }

  public GraphKernelRidge setWorkDir(String value) {
    set(workDir, value);
    return this;
  }

  /**
   * @throws BadInput if a column is missing, a graph is malformed (with its value of graphCol), or
   *     the labels hold nothing to learn
   */
  @Override
  public GraphKernelRidgeModel fit(Dataset<?> dataset) {
    SparkSession spark = dataset.sparkSession();
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    GntkParameters parameters = GraphKernelParams.parameters(this);
    Path work = new Path(work(context), "kindling-" + UUID.randomUUID());
    try (GraphSet set = GraphSets.of(columns(dataset), null);
        GraphBlocks blocks = GraphBlocks.of(set, byDegree(set), context.defaultParallelism())) {
      GraphLabels labels = GraphLabels.of(blocks, set.name(), GntkOptions.Labels.auto);
      if (labels == null || labels.classes().size() == 1) {
        throw new BadInput(
            "the DataFrame: column "
                + getOrDefault(labelCol())
                + " holds fewer than two different labels");
      }
      ColorLevels colors = GntkKernel.colors(blocks, parameters);
      Broadcast<ColorLevels> sharedColors = context.broadcast(colors);
      GntkKernel engine =
          new GntkKernel(
              context, parameters, new WorkFiles(work, new SerializableConfiguration(hadoop)));
      double[][] norms = engine.levels(blocks, sharedColors);
      GramTable gram =
          new GramTable(
              Table.at(new Path(work, "gram"), GramTable.SCHEMA, hadoop), blocks.layout());
      engine.readOut(blocks.layout(), sharedColors, gram);
      RidgeModel ridge = ridge(context, gram, labels);
      double[][] weights = engine.weights(blocks.layout(), sharedColors, ridge.coefficients());
      sharedColors.destroy();
      TrainedColors trained =
          TrainedColors.of(colors, norms, weights, ridge.intercept().values(), parameters);
      return model(trained, labels.classes(), byDegree(set), ridge.lambda());
    } finally {
      delete(work, hadoop);
    }
  }

  private boolean byDegree(GraphSet set) {
    return NodeLabels.valueOf(getOrDefault(nodeLabels())).byDegree(set);
  }

  /** A fitted model with this stage's Params. */
  GraphKernelRidgeModel model(
      TrainedColors trained, List<String> classes, boolean byDegree, double lambda) {
    GraphKernelRidgeModel model =
        new GraphKernelRidgeModel(uid, trained, classes, byDegree, lambda);
    return copyValues(model, ParamMap.empty()).setParent(this);
  }

  private RidgeModel ridge(JavaSparkContext context, GramTable gram, GraphLabels labels) {
    BlasContract blas = new BlasContract(Blas.choice());
    Matrix targets = labels.targets();
    double lambda = (Double) getOrDefault(regParam);
    Score score = labels.score();
    return context
        .parallelize(List.of(gram), 1)
        .map(
            g -> {
              blas.enter();
              return RidgeModel.fit(g.matrix(), targets, lambda, score);
            })
        .first();
  }

  private Dataset<Row> columns(Dataset<?> dataset) {
    return dataset.select(
        dataset.col(getOrDefault(graphCol())).as("graph"),
        dataset.col(getOrDefault(labelCol())).as("label"),
        dataset.col(getOrDefault(tagsCol())).as("tags"),
        dataset.col(getOrDefault(sourcesCol())).as("sources"),
        dataset.col(getOrDefault(targetsCol())).as("targets"));
  }

  private Path work(JavaSparkContext context) {
    String given = getOrDefault(workDir);
    if (!given.isEmpty()) {
      return new Path(given);
    }
    if (context.getCheckpointDir().isPresent()) {
      return new Path(context.getCheckpointDir().get());
    }
    if (context.isLocal()) {
      return new Path("file:" + System.getProperty("java.io.tmpdir"));
    }
    throw new BadInput(
        "GraphKernelRidge: executors need a folder that they share with the driver; set workDir or SparkContext.setCheckpointDir");
  }

  private static void delete(Path work, Configuration hadoop) {
    try {
      work.getFileSystem(hadoop).delete(work, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public StructType transformSchema(StructType schema) {
    GraphKernelRidgeModel.require(schema, getOrDefault(graphCol()), "graphCol");
    GraphKernelRidgeModel.require(schema, getOrDefault(labelCol()), "labelCol");
    return GraphKernelRidgeModel.predicted(schema, this, DataTypes.DoubleType);
  }

  @Override
  public Estimator<GraphKernelRidgeModel> copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  public static MLReader<GraphKernelRidge> read() {
    return new DefaultParamsReader<>();
  }

  public static GraphKernelRidge load(String path) {
    return read().load(path);
  }
}
