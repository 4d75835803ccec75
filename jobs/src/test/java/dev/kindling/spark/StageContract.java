package dev.kindling.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindling.data.LocalSpark;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What spark.ml asks of an Estimator and its model. A test of a stage extends it.
 *
 * @param <E> the Estimator
 * @param <M> its model
 */
public abstract class StageContract<E extends Estimator<M>, M extends Model<M>> {
  @TempDir Path temp;

  /** One that fits {@link #data} in a moment. */
  protected abstract E estimator();

  /** One of which every Param that has no column's name differs from its default. */
  protected abstract E changed();

  /** Another of the same class. */
  protected abstract E named(String uid);

  protected abstract Dataset<Row> data();

  /** A column of {@link #data} without which nothing can be fitted. */
  protected abstract String neededColumn();

  protected abstract E loadEstimator(String path);

  protected abstract M loadModel(String path);

  /** The Param with the name of the column that the model adds. */
  protected String outputParam() {
    return "predictionCol";
  }

  @BeforeAll
  static void startSpark() {
    LocalSpark.session();
  }

  @Test
  void aStageHasItsUid() {
    assertThat(named("given").uid()).isEqualTo("given");
    assertThat(estimator().uid()).isNotEqualTo(estimator().uid()).contains("_");
    assertThat(named("given").params())
        .isNotEmpty()
        .allMatch(param -> param.parent().equals("given"));
  }

  @Test
  void everyParamHasADescriptionAndADefault() {
    E stage = estimator();
    for (Param<?> param : stage.params()) {
      assertThat(param.doc()).as(param.name()).isNotBlank();
      boolean optional = List.of("weightCol", "thresholds").contains(param.name());
      boolean depends = param.doc().contains("Default: ");
      assertThat(optional || depends || stage.hasDefault(param)).as(param.name()).isTrue();
    }
  }

  @Test
  void theSeedIsThatOfTheJobsUnlessSet() {
    E stage = estimator();
    if (stage.hasParam("seed")) {
      assertThat(stage.getDefault(param(stage, "seed")).get()).isEqualTo(42L);
    }
  }

  @Test
  void changedDiffersFromTheDefaultsInEveryParam() {
    E stage = changed();
    for (Param<?> param : stage.params()) {
      if (!param.name().endsWith("Col") && !param.name().equals("thresholds")) {
        assertThat(stage.isSet(param)).as(param.name()).isTrue();
        assertThat(value(stage, param))
            .as(param.name())
            .isNotEqualTo(stage.hasDefault(param) ? text(stage.getDefault(param).get()) : "");
      }
    }
  }

  @Test
  void everyParamHasASetterAndAGetter() throws ReflectiveOperationException {
    E stage = changed();
    for (Param<?> param : stage.params()) {
      if (stage.isDefined(param)) {
        String name = Character.toUpperCase(param.name().charAt(0)) + param.name().substring(1);
        Object got = stage.getClass().getMethod("get" + name).invoke(stage);
        assertThat(text(got)).as(param.name()).isEqualTo(value(stage, param));
        assertThat(stage.getClass().getMethods())
            .as(param.name())
            .anyMatch(m -> m.getName().equals("set" + name) && m.getParameterCount() == 1);
      }
    }
  }

  @Test
  void aCopyKeepsEveryParamAndTakesOthers() {
    E stage = changed();
    assertThat(values(stage.copy(ParamMap.empty()))).isEqualTo(values(stage));
    Param<Object> prediction = param(stage, outputParam());
    Estimator<M> other = stage.copy(ParamMap.empty().put(prediction, "other"));
    assertThat(other.getOrDefault(param(other, outputParam()))).isEqualTo("other");
    assertThat(stage.getOrDefault(prediction)).isNotEqualTo("other");
  }

  @Test
  void anEstimatorComesBackFromDisk() throws IOException {
    E stage = changed();
    String path = temp.resolve("estimator").toString();
    ((MLWritable) stage).save(path);
    E loaded = loadEstimator(path);
    assertThat(loaded.uid()).isEqualTo(stage.uid());
    assertThat(values(loaded)).isEqualTo(values(stage));
  }

  @Test
  void aModelHasItsEstimatorsParamsAndComesBackFromDisk() throws IOException {
    E stage = estimator();
    M model = stage.fit(data());
    assertThat(model.parent()).isSameAs(stage);
    for (Param<?> param : stage.params()) {
      assertThat(model.hasParam(param.name())).as(param.name()).isTrue();
    }
    for (Param<?> param : model.params()) {
      assertThat(value(model, param))
          .as(param.name())
          .isEqualTo(value(stage, param(stage, param.name())));
    }
    String path = temp.resolve("model").toString();
    ((MLWritable) model).save(path);
    M loaded = loadModel(path);
    assertThat(loaded.uid()).isEqualTo(model.uid());
    assertThat(values(loaded)).isEqualTo(values(model));
    assertThat(loaded.transform(data()).collectAsList())
        .isEqualTo(model.transform(data()).collectAsList());
    assertThat(model.copy(ParamMap.empty()).transform(data()).collectAsList())
        .isEqualTo(model.transform(data()).collectAsList());
  }

  @Test
  void theSchemaIsAnnounced() {
    E stage = estimator();
    M model = stage.fit(data());
    Dataset<Row> out = model.transform(data());
    assertThat(out.schema().fieldNames())
        .containsExactlyInAnyOrder(model.transformSchema(data().schema()).fieldNames());
    assertThat(stage.transformSchema(data().schema()).fieldNames())
        .containsExactlyInAnyOrder(out.schema().fieldNames());
  }

  @Test
  void aMissingColumnIsNamed() {
    assertThatThrownBy(() -> estimator().fit(data().drop(neededColumn())))
        .hasMessageContaining(neededColumn());
  }

  @Test
  void itWorksInAPipeline() throws IOException {
    Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {estimator()});
    PipelineModel fitted = pipeline.fit(data());
    String path = temp.resolve("pipeline").toString();
    fitted.save(path);
    assertThat(PipelineModel.load(path).transform(data()).collectAsList())
        .isEqualTo(fitted.transform(data()).collectAsList());
  }

  /**
   * A model of an earlier version, checked in under {@code models/} with what it predicted: a row a
   * line, of a vector its first numbers. When a format changes on purpose, the folder is made anew
   * and the note says so.
   */
  @Test
  void aModelThatIsCheckedInIsStillRead() throws IOException, URISyntaxException {
    M fitted = estimator().fit(data());
    String name = fitted.getClass().getSimpleName();
    Path folder = Path.of(StageContract.class.getResource("/models/" + name).toURI());
    M old = loadModel(folder.toString());
    List<String> predicted = Files.readAllLines(folder.resolve("predictions.txt"));
    List<Row> rows =
        old.transform(data())
            .select(old.getOrDefault(param(old, outputParam())).toString())
            .collectAsList();
    assertThat(rows).hasSize(predicted.size());
    for (int i = 0; i < predicted.size(); i++) {
      Object value = rows.get(i).get(0);
      double[] numbers =
          value instanceof Vector vector ? vector.toArray() : new double[] {(Double) value};
      String[] expected = predicted.get(i).split(" ");
      for (int j = 0; j < expected.length; j++) {
        assertThat(numbers[j]).isCloseTo(Double.parseDouble(expected[j]), within(1e-9));
      }
    }
  }

  private static List<String> values(Params stage) {
    List<String> values = new ArrayList<>();
    for (Param<?> param : stage.params()) {
      if (stage.isDefined(param)) {
        values.add(param.name() + "=" + value(stage, param));
      }
    }
    return values;
  }

  private static String value(Params stage, Param<?> param) {
    return stage.isDefined(param) ? text(stage.getOrDefault(param)) : "undefined";
  }

  private static String text(Object value) {
    return value instanceof int[] ints ? java.util.Arrays.toString(ints) : String.valueOf(value);
  }

  private static Param<Object> param(Params stage, String name) {
    return stage.getParam(name);
  }
}
