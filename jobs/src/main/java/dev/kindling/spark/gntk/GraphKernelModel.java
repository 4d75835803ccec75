package dev.kindling.spark.gntk;

import dev.kindling.BadInput;
import dev.kindling.gntk.Graph;
import dev.kindling.gntk.TrainedColors;
import dev.kindling.spark.setting.Setting;
import dev.kindling.spark.setting.SettingGroup;
import dev.kindling.spark.setting.StageParams;
import dev.kindling.validation.Score;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A fitted graph kernel machine, whatever fitted it: a linear function of the kernel. {@link
 * #transform} adds the prediction: a number; or for classes the score of each as a vector ({@code
 * rawPrediction}) and the class, a number where all classes are numbers and text elsewhere.
 *
 * <p>The prediction of a graph does not depend on the other rows. Size: about 100 bytes a colour of
 * the fitted graphs.
 */
public abstract class GraphKernelModel<M extends GraphKernelModel<M>> extends Model<M>
    implements GraphKernelParams, MLWritable {
  private static final long serialVersionUID = 1L;

  /** Graphs that share a recursion: enough for it to pay, few enough to stay small. */
  static final int BATCH = 64;

  private static final String RAW = "rawPrediction";

  private final String uid;
  private final StageParams params;
  private final Content content;

  /**
   * What was fitted.
   *
   * @param parameter the penalty λ or the cost C
   */
  record Content(TrainedColors trained, List<String> classes, boolean byDegree, double parameter)
      implements java.io.Serializable {
    Content {
      classes = List.copyOf(classes);
    }
  }

  /**
   * @param more settings of its Estimator beside those of the kernel
   */
  GraphKernelModel(String uid, Content content, SettingGroup more) {
    this.uid = uid;
    this.params = GraphKernelSettings.OF_KERNEL.and(more).params(this);
    this.content = content;
  }

  /** Another one with the same uid and no Params. */
  abstract M bare(Content content);

  /** What the parameter is called: "lambda" or "cost". */
  abstract String parameterName();

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

  /** In the order of {@code rawPrediction}; empty where numbers are predicted. */
  public List<String> classes() {
    return content.classes;
  }

  TrainedColors trained() {
    return content.trained;
  }

  /** What tells nodes apart. */
  NodeLabels features() {
    if (byDegree()) {
      return NodeLabels.degree;
    }
    if (trained().attributes() == 0) {
      return NodeLabels.tag;
    }
    return trained().tagged() ? NodeLabels.both : NodeLabels.attributes;
  }

  boolean byDegree() {
    return content.byDegree;
  }

  /** The penalty or the cost of the fit. */
  double parameter() {
    return content.parameter;
  }

  /** The number, or the name of the class with the highest score. */
  Object prediction(double[] values) {
    return classes().isEmpty() ? (Object) values[0] : classes().get(Score.largest(values));
  }

  private boolean numericClasses() {
    return classes().stream().allMatch(GraphLabels::isNumber);
  }

  private DataType predictionType() {
    return numericClasses() ? DataTypes.DoubleType : DataTypes.StringType;
  }

  /**
   * @throws BadInput for a missing column, here, or a malformed graph, when the rows are read
   */
  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    if (features().needsAttributes()) {
      throw new BadInput(
          "the model was fitted on node attributes, which a DataFrame here has no column for; score new graphs with kindling predict --model");
    }
    Dataset<Row> rows = dataset.toDF();
    StructType schema = transformSchema(rows.schema());
    Broadcast<TrainedColors> model =
        dataset
            .sparkSession()
            .sparkContext()
            .broadcast(trained(), scala.reflect.ClassTag$.MODULE$.apply(TrainedColors.class));
    int tags = rows.schema().fieldIndex(getTagsCol());
    int sources = rows.schema().fieldIndex(getSourcesCol());
    int targets = rows.schema().fieldIndex(getTargetsCol());
    boolean degrees = byDegree();
    Appender append = appender();
    MapPartitionsFunction<Row, Row> predict =
        partition ->
            batches(
                partition,
                batch -> {
                  Graph[] graphs = new Graph[batch.size()];
                  for (int g = 0; g < graphs.length; g++) {
                    Graph graph = graph(batch.get(g), tags, sources, targets);
                    graphs[g] = degrees ? graph.taggedByDegree() : graph;
                  }
                  double[][] values = model.value().predict(graphs);
                  List<Row> result = new ArrayList<>(graphs.length);
                  for (int g = 0; g < graphs.length; g++) {
                    result.add(extended(batch.get(g), append.cells(values[g])));
                  }
                  return result;
                });
    return rows.mapPartitions(predict, Encoders.row(schema));
  }

  private interface Batch {
    List<Row> predict(List<Row> rows);
  }

  private static Iterator<Row> batches(Iterator<Row> rows, Batch batch) {
    return new Iterator<>() {
      private Iterator<Row> ready = List.<Row>of().iterator();

      @Override
      public boolean hasNext() {
        return ready.hasNext() || rows.hasNext();
      }

      @Override
      public Row next() {
        if (!ready.hasNext()) {
          List<Row> next = new ArrayList<>(BATCH);
          while (next.size() < BATCH && rows.hasNext()) {
            next.add(rows.next());
          }
          ready = batch.predict(next).iterator();
        }
        return ready.next();
      }
    };
  }

  private static Graph graph(Row row, int tags, int sources, int targets) {
    try {
      return Graph.of(ints(row, tags), ints(row, sources), ints(row, targets));
    } catch (IllegalArgumentException e) {
      throw new BadInput("a graph cannot be predicted: " + e.getMessage(), e);
    }
  }

  private static int[] ints(Row row, int column) {
    if (row.isNullAt(column)) {
      throw new IllegalArgumentException(
          "column " + row.schema().fieldNames()[column] + " is empty");
    }
    List<Object> values = row.getList(column);
    int[] ints = new int[values.size()];
    for (int i = 0; i < ints.length; i++) {
      ints[i] = Math.toIntExact(((Number) values.get(i)).longValue());
    }
    return ints;
  }

  private static Row extended(Row row, Object[] more) {
    Object[] cells = new Object[row.length() + more.length];
    for (int i = 0; i < row.length(); i++) {
      cells[i] = row.get(i);
    }
    System.arraycopy(more, 0, cells, row.length(), more.length);
    return RowFactory.create(cells);
  }

  /** What a row gets from the values of the function; travels to executors. */
  interface Appender extends java.io.Serializable {
    Object[] cells(double[] values);
  }

  /** The cells that {@link #transformSchema} has columns for. */
  Appender appender() {
    List<String> named = classes();
    if (named.isEmpty()) {
      return values -> new Object[] {values[0]};
    }
    boolean numeric = numericClasses();
    return values -> {
      String best = named.get(Score.largest(values));
      return new Object[] {
        Vectors.dense(values), numeric ? (Object) Double.parseDouble(best) : best
      };
    };
  }

  /** Whether a model of this kind has so many outputs. */
  boolean fits(int outputs) {
    return outputs == Math.max(1, classes().size());
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return predicted(
        classes().isEmpty() ? schema : schema.add(RAW, SQLDataTypes.VectorType()),
        this,
        predictionType());
  }

  static StructType predicted(StructType schema, GraphKernelParams stage, DataType type) {
    return appended(schema, stage, GraphKernelSettings.PREDICTION_COL, type);
  }

  /**
   * @param column whose value names the new column
   */
  static StructType appended(
      StructType schema, GraphKernelParams stage, Setting<String> column, DataType type) {
    require(schema, stage.getTagsCol(), "tagsCol");
    require(schema, stage.getSourcesCol(), "sourcesCol");
    require(schema, stage.getTargetsCol(), "targetsCol");
    String name = stage.value(column);
    if (List.of(schema.fieldNames()).contains(name)) {
      throw BadInput.of("column %s exists already; set %s to another name", name, column.name());
    }
    return schema.add(name, type);
  }

  static void require(StructType schema, String column, String param) {
    if (!List.of(schema.fieldNames()).contains(column)) {
      throw BadInput.of(
          "no column %s (%s); there are %s", column, param, String.join(", ", schema.fieldNames()));
    }
  }

  @Override
  public M copy(ParamMap extra) {
    return copyValues(bare(content), extra).setParent(parent());
  }

  @Override
  public MLWriter write() {
    return new GraphKernelModelFiles.Writer(this);
  }
}
