package dev.kindling.spark.gntk;

import dev.kindling.BadInput;
import dev.kindling.data.graph.GraphSet;
import dev.kindling.data.graph.GraphSets;
import dev.kindling.gntk.ColorLevels;
import dev.kindling.gntk.GntkParameters;
import dev.kindling.gntk.TrainedColors;
import dev.kindling.kernel.KernelFunction;
import dev.kindling.kernel.Normalization;
import dev.kindling.linalg.Blas;
import dev.kindling.spark.job.BlasContract;
import dev.kindling.spark.setting.SettingGroup;
import dev.kindling.spark.setting.StageParams;
import dev.kindling.validation.Score;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
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
    extends Estimator<M> implements GraphKernelParams.Set<E>, DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final StageParams params;

  /**
   * @param more settings beside those of the kernel
   */
  GraphKernelEstimator(String uid, SettingGroup more) {
    this.uid = uid;
    this.params = GraphKernelSettings.OF_KERNEL.and(more).params(this);
    params.setDefaults(this);
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public StageParams stageParams() {
    return params;
  }

  @Override
  public Param<?>[] params() {
    return StageParams.all(super.params(), params);
  }

  /** An unset model. */
  abstract M bare(GraphKernelModel.Content content);

  /**
   * What was learned from one kernel.
   *
   * @param function of the kernel as it stands in the Gram matrix
   * @param score by which its penalty or cost was chosen; not looked at where there is one kernel
   *     only
   */
  record Candidate(KernelFunction function, double score) implements Serializable {}

  /**
   * Learns, on executors.
   *
   * @return from each Gram matrix, in their order
   */
  abstract List<Candidate> learn(
      JavaSparkContext context, List<GramTable> grams, GraphLabels labels);

  /**
   * @throws BadInput naming a Param that does not go with the others
   */
  void check(GntkOptions options) {}

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
    GntkOptions options = checked();
    Path work = new Path(work(context), "kindling-" + UUID.randomUUID());
    try (GraphSet set = GraphSets.of(columns(dataset), null);
        GraphBlocks blocks = GraphBlocks.of(set, byDegree(set), context.defaultParallelism())) {
      GraphLabels labels = supervised() ? labels(set, blocks, options) : null;
      Fitted fitted =
          fitted(
              new Scope(
                  context,
                  options.kernels(),
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
      KernelFamily kernels,
      GraphBlocks blocks,
      GraphLabels labels,
      Path work,
      WorkFiles files) {
    /** Of the only kernel. */
    GntkParameters parameters() {
      return kernels.largest();
    }
  }

  /** The function, and its penalty or cost. */
  record Fitted(TrainedColors trained, double parameter) {}

  /**
   * Fits; here by the whole Gram matrix. Of several kernels the one is kept whose score is the
   * best, of equals the one with the fewest BLOCKs.
   */
  Fitted fitted(Scope scope) {
    JavaSparkContext context = scope.context;
    GraphBlocks blocks = scope.blocks;
    ColorLevels colors = GntkKernel.colors(blocks, scope.kernels.largest());
    Broadcast<ColorLevels> sharedColors = context.broadcast(colors);
    GntkKernel engine = new GntkKernel(context, scope.kernels, scope.files);
    double[][] norms = engine.levels(blocks, sharedColors);
    List<GramTable> grams =
        engine.readOuts(scope.work, blocks.layout(), sharedColors, context.hadoopConfiguration());
    List<Candidate> candidates = learn(context, grams, scope.labels);
    int chosen = best(candidates, scope.labels.score());
    GntkParameters parameters = scope.kernels.all().get(chosen);
    KernelFunction learned = candidates.get(chosen).function;
    double[][] weights = engine.weights(blocks.layout(), sharedColors, learned.coefficients());
    sharedColors.destroy();
    return new Fitted(
        TrainedColors.of(
            colors.upTo(parameters.blocks()),
            norms,
            weights,
            learned.intercept().values(),
            normalization() == Normalization.COSINE,
            parameters),
        learned.parameter());
  }

  private static int best(List<Candidate> candidates, Score score) {
    int last = candidates.size() - 1;
    double[] descending =
        IntStream.rangeClosed(0, last).mapToDouble(i -> candidates.get(last - i).score).toArray();
    return last - score.lastBest(descending);
  }

  /** Features, and the landmarks that they are of. */
  record Approximation(Landmarks landmarks, NystromFeatures features) {}

  /**
   * @throws BadInput if there are more landmarks than graphs
   */
  Approximation approximate(Scope scope, LandmarkOptions options) {
    options.check(scope.blocks.layout().graphs(), "the DataFrame");
    NystromKernel kernel =
        new NystromKernel(
            scope.context,
            scope.parameters(),
            scope.files,
            scope.blocks,
            false,
            normalization(),
            new BlasContract(Blas.choice()));
    kernel.sides();
    Landmarks chosen = kernel.choose(options.by(), options.count(), getSeed());
    return new Approximation(
        chosen,
        kernel.features(kernel.columns(chosen, options.pieces()), options.features(), getSeed()));
  }

  /** Whether labels are learnt. */
  boolean supervised() {
    return true;
  }

  private GraphLabels labels(GraphSet set, GraphBlocks blocks, GntkOptions options) {
    GraphLabels labels = GraphLabels.of(blocks, set.name(), options.labels());
    if (labels == null || labels.classes().size() == 1) {
      throw BadInput.of(
          "the DataFrame: column %s holds fewer than two different labels", getLabelCol());
    }
    return labels;
  }

  /**
   * @throws BadInput naming a Param that does not go with the others
   */
  private GntkOptions checked() {
    GntkOptions options = GntkOptions.of(settings());
    if (options.nodeLabels().needsAttributes()) {
      throw settings()
          .bad(
              GraphKernelSettings.NODE_LABELS,
              "a DataFrame has no column of attributes; give auto, tag or degree");
    }
    check(options);
    return options;
  }

  private boolean byDegree(GraphSet set) {
    return value(GraphKernelSettings.NODE_LABELS).byDegree(set);
  }

  Normalization normalization() {
    return GntkOptions.of(settings()).normalization();
  }

  /** A fitted model with this stage's Params. */
  M model(TrainedColors trained, List<String> classes, boolean byDegree, double parameter) {
    M model =
        copyValues(
                bare(new GraphKernelModel.Content(trained, classes, byDegree, parameter)),
                ParamMap.empty())
            .setParent(this);
    if (getBlocks().length > 1) { // the model has the one that was chosen
      model.set(
          model.getParam(GraphKernelSettings.BLOCKS.name()),
          new int[] {trained.parameters().blocks()});
    }
    return model;
  }

  private Dataset<Row> columns(Dataset<?> dataset) {
    return dataset.select(
        dataset.col(getGraphCol()).as("graph"),
        (supervised() ? dataset.col(getLabelCol()) : functions.lit(null).cast(DataTypes.StringType))
            .as("label"),
        dataset.col(getTagsCol()).as("tags"),
        dataset.col(getSourcesCol()).as("sources"),
        dataset.col(getTargetsCol()).as("targets"));
  }

  private Path work(JavaSparkContext context) {
    Optional<String> given = settings().given(GraphKernelSettings.WORK_DIR);
    if (given.isPresent()) {
      return new Path(given.get());
    }
    if (context.getCheckpointDir().isPresent()) {
      return new Path(context.getCheckpointDir().get());
    }
    if (context.isLocal()) {
      return new Path("file:" + System.getProperty("java.io.tmpdir"));
    }
    throw BadInput.of(
        "%s: executors need a folder that they share with the driver; set workDir or SparkContext.setCheckpointDir",
        getClass().getSimpleName());
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
    GraphKernelModel.require(schema, getGraphCol(), "graphCol");
    GraphKernelModel.require(schema, getLabelCol(), "labelCol");
    return GraphKernelModel.predicted(schema, this, DataTypes.DoubleType);
  }

  @Override
  public Estimator<M> copy(ParamMap extra) {
    return defaultCopy(extra);
  }
}
