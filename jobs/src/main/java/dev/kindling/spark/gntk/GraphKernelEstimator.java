package dev.kindling.spark.gntk;

import dev.kindling.BadInput;
import dev.kindling.data.graph.GraphSet;
import dev.kindling.data.graph.GraphSets;
import dev.kindling.gntk.ColorLevels;
import dev.kindling.gntk.GntkParameters;
import dev.kindling.gntk.TrainedColors;
import dev.kindling.kernel.KernelFunction;
import dev.kindling.kernel.Normalization;
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
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Learning with the Graph Neural Tangent Kernel (Du et al. 2019, arXiv 1905.13192) from graphs in
 * rows with array columns of tags and edges: what the learners share, from the columns to the
 * kernel and from the coefficients to the model.
 *
 * <p>Labels that are text, or at most 20 different whole numbers, are classes; others are numbers.
 * The driver holds the colours, about 150 bytes each; the n×n Gram matrix goes to one task.
 */
public abstract class GraphKernelEstimator<
        E extends GraphKernelEstimator<E, M>, M extends GraphKernelModel<M>>
    extends Estimator<M> implements WithGraphKernelParams, DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final GraphKernelParams shared;
  private final Param<String> workDir;

  GraphKernelEstimator(String uid) {
    this.uid = uid;
    this.shared = new GraphKernelParams(this);
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
    setDefault(shared.normalize, "none");
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

  public Param<String> workDir() {
    return workDir;
  }

  /** This, as its own class. */
  abstract E self();

  /** An unset model. */
  abstract M bare(GraphKernelModel.Content content);

  /**
   * Learns, on executors.
   *
   * @return a function of the kernel as it stands in the Gram matrix
   */
  abstract KernelFunction learn(JavaSparkContext context, GramTable gram, GraphLabels labels);

  public E setGraphCol(String value) {
    set(graphCol(), value);
    return self();
  }

  public E setTagsCol(String value) {
    set(tagsCol(), value);
    return self();
  }

  public E setSourcesCol(String value) {
    set(sourcesCol(), value);
    return self();
  }

  public E setTargetsCol(String value) {
    set(targetsCol(), value);
    return self();
  }

  public E setLabelCol(String value) {
    set(labelCol(), value);
    return self();
  }

  public E setPredictionCol(String value) {
    set(predictionCol(), value);
    return self();
  }

  public E setBlocks(int value) {
    set(blocks(), value);
    return self();
  }

  public E setMlpLayers(int value) {
    set(mlpLayers(), value);
    return self();
  }

  public E setScale(String value) {
    set(scale(), value);
    return self();
  }

  public E setJumpingKnowledge(boolean value) {
    set(jumpingKnowledge(), value);
    return self();
  }

  public E setFactor(double value) {
    set(factor(), value);
    return self();
  }

  public E setNodeLabels(String value) {
    set(nodeLabels(), value);
    return self();
  }

  /** What is learnt from: cosine or none. */
  public E setNormalize(String value) {
    set(normalize(), value);
    return self();
  }

  public E setWorkDir(String value) {
    set(workDir, value);
    return self();
  }

  /**
   * @throws BadInput if a column is missing, a graph is malformed (with its value of graphCol), or
   *     the labels hold nothing to learn
   */
  @Override
  public M fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    SparkSession spark = dataset.sparkSession();
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    GntkParameters parameters = GraphKernelParams.parameters(this);
    Path work = new Path(work(context), "kindling-" + UUID.randomUUID());
    try (GraphSet set = GraphSets.of(columns(dataset), null);
        GraphBlocks blocks = GraphBlocks.of(set, byDegree(set), context.defaultParallelism())) {
      GraphLabels labels = supervised() ? labels(set, blocks) : null;
      Fitted fitted =
          fitted(
              new Scope(
                  context,
                  parameters,
                  blocks,
                  labels,
                  work,
                  new WorkFiles(work, new SerializableConfiguration(hadoop))));
      return model(
          fitted.trained,
          labels == null ? List.of() : labels.classes(),
          byDegree(set),
          fitted.parameter);
    } finally {
      delete(work, hadoop);
    }
  }

  /** What a fit has at hand. */
  record Scope(
      JavaSparkContext context,
      GntkParameters parameters,
      GraphBlocks blocks,
      GraphLabels labels,
      Path work,
      WorkFiles files) {}

  /** The function, and its penalty or cost. */
  record Fitted(TrainedColors trained, double parameter) {}

  /** Fits; here by the whole Gram matrix. */
  Fitted fitted(Scope scope) {
    JavaSparkContext context = scope.context;
    GraphBlocks blocks = scope.blocks;
    ColorLevels colors = GntkKernel.colors(blocks, scope.parameters);
    Broadcast<ColorLevels> sharedColors = context.broadcast(colors);
    GntkKernel engine = new GntkKernel(context, scope.parameters, scope.files);
    double[][] norms = engine.levels(blocks, sharedColors);
    GramTable gram =
        new GramTable(
            Table.at(new Path(scope.work, "gram"), GramTable.SCHEMA, context.hadoopConfiguration()),
            blocks.layout());
    engine.readOut(blocks.layout(), sharedColors, gram);
    KernelFunction learned = learn(context, gram, scope.labels);
    double[][] weights = engine.weights(blocks.layout(), sharedColors, learned.coefficients());
    sharedColors.destroy();
    return new Fitted(
        TrainedColors.of(
            colors,
            norms,
            weights,
            learned.intercept().values(),
            normalization() == Normalization.COSINE,
            scope.parameters),
        learned.parameter());
  }

  /** Whether labels are learnt. */
  boolean supervised() {
    return true;
  }

  private GraphLabels labels(GraphSet set, GraphBlocks blocks) {
    GraphLabels labels = GraphLabels.of(blocks, set.name(), GntkOptions.Labels.auto);
    if (labels == null || labels.classes().size() == 1) {
      throw new BadInput(
          "the DataFrame: column "
              + getOrDefault(labelCol())
              + " holds fewer than two different labels");
    }
    return labels;
  }

  private boolean byDegree(GraphSet set) {
    return NodeLabels.valueOf(getOrDefault(nodeLabels())).byDegree(set);
  }

  Normalization normalization() {
    return GraphKernelParams.normalization(this);
  }

  /** A fitted model with this stage's Params. */
  M model(TrainedColors trained, List<String> classes, boolean byDegree, double parameter) {
    M model = bare(new GraphKernelModel.Content(trained, classes, byDegree, parameter));
    return copyValues(model, ParamMap.empty()).setParent(this);
  }

  private Dataset<Row> columns(Dataset<?> dataset) {
    return dataset.select(
        dataset.col(getOrDefault(graphCol())).as("graph"),
        (supervised()
                ? dataset.col(getOrDefault(labelCol()))
                : functions.lit(null).cast(DataTypes.StringType))
            .as("label"),
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
        getClass().getSimpleName()
            + ": executors need a folder that they share with the driver; set workDir or SparkContext.setCheckpointDir");
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
    GraphKernelModel.require(schema, getOrDefault(graphCol()), "graphCol");
    GraphKernelModel.require(schema, getOrDefault(labelCol()), "labelCol");
    return GraphKernelModel.predicted(schema, this, DataTypes.DoubleType);
  }

  @Override
  public Estimator<M> copy(ParamMap extra) {
    return defaultCopy(extra);
  }
}
