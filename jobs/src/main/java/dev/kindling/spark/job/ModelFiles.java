package dev.kindling.spark.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kindling.BadInput;
import dev.kindling.spark.setting.HasSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsReader$;
import org.apache.spark.ml.util.DefaultParamsWriter$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.SparkSession;

/**
 * Models on disk, in the way of spark.ml: {@code metadata} as JSON, and tables. Nothing is
 * deserialised by Java. But for the metadata's uid and time, equal models have equal bytes.
 */
public final class ModelFiles {
  private ModelFiles() {}

  /** The one file of a model's table. */
  public static Path file(String model, String table) {
    return new Path(model + "/" + table + "/part-00000.parquet");
  }

  /** Writes class, uid and Params, as spark.ml reads them. */
  public static void writeMetadata(
      String path, Params model, SparkSession spark, Configuration conf) throws IOException {
    String metadata = DefaultParamsWriter$.MODULE$.getMetadataToSave(model, spark) + "\n";
    FileSystem fs = new Path(path).getFileSystem(conf);
    try (OutputStream out = fs.create(new Path(path + "/metadata/part-00000"), true)) {
      out.write(metadata.getBytes(StandardCharsets.UTF_8));
    }
  }

  /**
   * Reads class, uid and Params.
   *
   * @param kind the name of a class, or empty for any
   * @param whose what makes such models: "a gntk run"
   * @throws BadInput if there is no such model
   */
  public static DefaultParamsReader.Metadata metadata(
      String path, SparkSession spark, String kind, String whose) {
    try {
      return DefaultParamsReader$.MODULE$.loadMetadata(path, spark, kind);
    } catch (Exception e) { // Scala throws checked exceptions that no signature names
      throw BadInput.of(
          e, "%s: not a model of %s, or its metadata is damaged: %s", path, whose, reason(e));
    }
  }

  /**
   * Gives a stage the Params that were saved with it, and the defaults that it had then. What
   * stands for nothing in a file of an earlier version is not set.
   */
  public static void restore(DefaultParamsReader.Metadata metadata, HasSettings stage) {
    try {
      JsonNode saved = new ObjectMapper().readTree(metadata.metadataJson());
      restore(saved.path("defaultParamMap"), stage, stage::setDefault);
      restore(saved.path("paramMap"), stage, stage::set);
    } catch (JsonProcessingException e) {
      throw new BadInput(metadata.className() + ": damaged metadata: " + reason(e), e);
    }
  }

  private static void restore(
      JsonNode saved, HasSettings stage, BiConsumer<Param<Object>, Object> put) {
    for (Map.Entry<String, JsonNode> one : saved.properties()) {
      Param<Object> param = stage.getParam(one.getKey());
      Object value = param.jsonDecode(one.getValue().toString());
      if (!stage.stageParams().isNone(param, value)) {
        put.accept(param, value);
      }
    }
  }

  /**
   * Reads an Estimator.
   *
   * @param maker of one with a uid and no Params set
   */
  public static <E extends HasSettings> MLReader<E> estimator(
      Class<E> kind, Function<String, E> maker) {
    return new MLReader<>() {
      @Override
      public E load(String path) {
        DefaultParamsReader.Metadata metadata =
            metadata(path, sparkSession(), kind.getName(), kind.getSimpleName());
        E stage = maker.apply(metadata.uid());
        restore(metadata, stage);
        return stage;
      }
    };
  }

  /**
   * Reads a table.
   *
   * @throws BadInput if it cannot be read
   */
  public static List<Object[]> rows(
      Configuration conf, String path, String table, TableSchema schema) {
    List<Object[]> rows = new ArrayList<>();
    try {
      TableRows.read(conf, file(path, table), schema, rows::add);
    } catch (IOException | RuntimeException e) {
      throw new BadInput(path + "/" + table + ": not a readable model: " + e.getMessage(), e);
    }
    return rows;
  }

  /** The first line of a message, for an error. */
  public static String reason(Throwable e) {
    String text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return text.replaceFirst("^requirement failed: ", "").lines().findFirst().orElse("");
  }
}
