package dev.kindling.spark.ade;

import dev.kindling.BadInput;
import dev.kindling.SettingName;
import dev.kindling.ade.RankOne;
import dev.kindling.linalg.Matrix;
import dev.kindling.spark.ade.TileScan.Question;
import dev.kindling.spark.job.ModelFiles;
import dev.kindling.spark.setting.StageParams;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.linalg.DenseMatrix;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Points with their images in memory: appends to each row its nearest points, and the class of most
 * of them where points have classes; of several with as many, the one whose first is nearest, null
 * where none is known.
 *
 * <p>{@code transform} is lazy. Done, it passes over its rows once; a batch of 256 of them goes to
 * every partition of points as 8·k bytes a row, meets a tile as one matrix product, and what was
 * found goes back to it: two shuffles, of (8·k·P + its size) and about 30·K·P bytes a row for P
 * partitions of points and K neighbours. A task holds the tiles of a partition and some batches;
 * nothing comes to the driver. Ids and distances are those of {@code ade}.
 *
 * <p>A saved model is an index, which {@code ade query --index}, {@code ade update} and a further
 * {@code load} read: points, metric and epochs under {@code index}. It gives the same answers, bit
 * for bit. {@link #close} gives the memory back; DataFrames of this model are of no use then.
 */
public final class MahalanobisNeighborsModel extends Model<MahalanobisNeighborsModel>
    implements SearchParams.SetQuestion<MahalanobisNeighborsModel>, MLWritable, AutoCloseable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final transient NeighborIndex index;
  private final StageParams params;

  MahalanobisNeighborsModel(String uid, NeighborIndex index) {
    this.uid = uid;
    this.index = index;
    this.params = SearchSettings.OF_STAGES.params(this);
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

  @Override
  public MahalanobisNeighborsModel self() {
    return this;
  }

  /** U, k×d, new; distances are |U(x − y)|. */
  @Override
  public DenseMatrix getFactor() {
    Matrix u = index.metric().metric().factor();
    return new DenseMatrix(u.rows(), u.cols(), u.values());
  }

  /** d. */
  public int numFeatures() {
    return index.points().dimension();
  }

  /** How many points there are. */
  public long numPoints() {
    return index.points().rows();
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType schema = transformSchema(dataset.schema());
    Dataset<Row> rows = dataset.toDF();
    Question question = NearOptions.of(settings()).question(false);
    int classes = index.labelled() ? index.points().classes().size() : -1;
    return rows.sparkSession()
        .createDataFrame(
            index.join(
                rows.javaRDD(),
                rows.schema().fieldIndex(getFeaturesCol()),
                question,
                (row, near) -> answered(row, near, classes)),
            schema);
  }

  private static Row answered(Row row, Neighbors near, int classes) {
    int fields = row.size();
    Object[] values = new Object[fields + (classes < 0 ? 1 : 2)];
    for (int i = 0; i < fields; i++) {
      values[i] = row.get(i);
    }
    Row[] found = new Row[near.count()];
    Arrays.setAll(found, i -> RowFactory.create(near.ids()[i], Math.sqrt(near.squares()[i])));
    values[fields] = found;
    if (classes >= 0) {
      int vote = near.vote(classes);
      values[fields + 1] = vote < 0 ? null : (Object) (double) vote;
    }
    return RowFactory.create(values);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return appended(
        schema,
        this,
        index.points().namedInWords() ? DataTypes.StringType : DataTypes.LongType,
        index.labelled());
  }

  /**
   * The schema with what a model adds.
   *
   * @param id of the points
   * @throws BadInput if there are no vectors, or a column is there already
   */
  static StructType appended(StructType schema, SearchParams stage, DataType id, boolean labeled) {
    MahalanobisMetricModel.requireVectors(schema, stage.getFeaturesCol());
    StructType near = new StructType().add("id", id).add("distance", DataTypes.DoubleType);
    StructType out =
        with(
            schema,
            SearchSettings.NEIGHBORS_COL.is(stage.getNeighborsCol()),
            DataTypes.createArrayType(near));
    return labeled
        ? with(
            out, SearchSettings.PREDICTION_COL.is(stage.getPredictionCol()), DataTypes.DoubleType)
        : out;
  }

  private static StructType with(StructType schema, SettingName column, DataType type) {
    if (List.of(schema.fieldNames()).contains(column.value())) {
      throw BadInput.of("%s: there is such a column; name another", column);
    }
    return schema.add(column.value(), type);
  }

  /**
   * The model of the same points under U + Σ wⱼuⱼᵀ; this one stays as it is. Images are made anew,
   * in one pass over the points.
   *
   * @throws IllegalArgumentException if a change is of another shape
   */
  public MahalanobisNeighborsModel updated(List<RankOne> changes) {
    NeighborIndex changed = index.updated(SparkSession.active(), changes);
    return copyValues(new MahalanobisNeighborsModel(uid, changed), ParamMap.empty())
        .setParent(parent());
  }

  /**
   * The same points in memory of their own, 20 bytes a number, under a metric that changes between
   * questions at a fraction of what new images cost; this model stays as it is.
   */
  public ChangingNeighbors changing() {
    return index.changing(SparkSession.active());
  }

  /** Shares the points and their images. */
  @Override
  public MahalanobisNeighborsModel copy(ParamMap extra) {
    return copyValues(new MahalanobisNeighborsModel(uid, index), extra).setParent(parent());
  }

  /** Gives the memory of the images back, also of copies. */
  @Override
  public void close() {
    index.close();
  }

  /** Not over the folder that this model was loaded from: its points are read from there. */
  @Override
  public MLWriter write() {
    return new Writer(this);
  }

  public static MLReader<MahalanobisNeighborsModel> read() {
    return new Reader();
  }

  /**
   * @throws BadInput if there is no such model, or it is damaged
   */
  public static MahalanobisNeighborsModel load(String path) {
    return read().load(path);
  }

  private static final class Writer extends MLWriter {
    private final MahalanobisNeighborsModel model;

    Writer(MahalanobisNeighborsModel model) {
      this.model = model;
    }

    @Override
    public void saveImpl(String path) {
      try {
        model.index.write(path, sc().hadoopConfiguration());
        ModelFiles.writeMetadata(path, model, sparkSession(), sc().hadoopConfiguration());
      } catch (IOException e) {
        throw new BadInput(path + ": the model cannot be written: " + e.getMessage(), e);
      }
    }
  }

  private static final class Reader extends MLReader<MahalanobisNeighborsModel> {
    @Override
    public MahalanobisNeighborsModel load(String path) {
      DefaultParamsReader.Metadata metadata =
          ModelFiles.metadata(
              path,
              sparkSession(),
              MahalanobisNeighborsModel.class.getName(),
              "MahalanobisNeighbors");
      MahalanobisNeighborsModel model =
          new MahalanobisNeighborsModel(metadata.uid(), NeighborIndex.read(sparkSession(), path));
      ModelFiles.restore(metadata, model);
      return model;
    }
  }
}
