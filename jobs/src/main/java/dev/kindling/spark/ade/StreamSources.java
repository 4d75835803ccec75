package dev.kindling.spark.ade;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.regexp_replace;

import dev.kindling.BadInput;
import dev.kindling.data.InputPath;
import dev.kindling.data.ParquetFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Option;

/** Where the lines of a stream come from. */
final class StreamSources {
  /** What Spark takes for a pattern of names. */
  private static final Pattern PATTERN = Pattern.compile("[\\[\\]{}*?]");

  private static final String KAFKA = "kafka:";
  private static final String KAFKA_CLASS = "org.apache.spark.sql.kafka010.KafkaSourceProvider";

  @Option(
      names = "--queries",
      paramLabel = "URI",
      description =
          "Lines id,x_0,…: queries. This and the other sources: a folder that is watched for new files, or kafka:BROKERS/TOPIC.")
  String queries;

  @Option(
      names = "--point-updates",
      paramLabel = "URI",
      description = "Lines id,x_0,…: points that change, or come if their id is new.")
  String pointUpdates;

  @Option(
      names = "--point-deletes",
      paramLabel = "URI",
      description = "Lines with an id each: points that go.")
  String pointDeletes;

  @Option(
      names = "--metric-updates",
      paramLabel = "URI",
      description = "Lines a,u_0,…: row a of U, from 0, and what is added to it.")
  String metricUpdates;

  @Option(
      names = "--constraints",
      paramLabel = "URI",
      description =
          "Lines i,j,target between points of the index, for --learner lego, itml or pola, as in ade learn.")
  String constraints;

  @Option(
      names = "--max-files",
      paramLabel = "n",
      description =
          "Files of a folder in one micro-batch, at most; the oldest come first. Default: ${DEFAULT-VALUE}.")
  int maxFiles = 100;

  @Option(
      names = "--max-messages",
      paramLabel = "n",
      description = "Messages of a topic in one micro-batch, at most. Default: ${DEFAULT-VALUE}.")
  long maxMessages = 100_000;

  /** By kind, those that are given. */
  Map<StreamKind, String> given() {
    Map<StreamKind, String> given = new EnumMap<>(StreamKind.class);
    given.put(StreamKind.METRIC_UPDATE, metricUpdates);
    given.put(StreamKind.CONSTRAINT, constraints);
    given.put(StreamKind.POINT_UPDATE, pointUpdates);
    given.put(StreamKind.POINT_DELETE, pointDeletes);
    given.put(StreamKind.QUERY, queries);
    given.values().removeIf(uri -> uri == null);
    return given;
  }

  /**
   * @throws BadInput naming the option, its value and what it may be
   */
  void check() {
    if (given().isEmpty()) {
      throw new BadInput(
          "no source: give --queries, --point-updates, --point-deletes, --constraints or --metric-updates");
    }
    if (maxFiles < 1) {
      throw new BadInput("--max-files " + maxFiles + ": must be at least 1");
    }
    if (maxMessages < 1) {
      throw new BadInput("--max-messages " + maxMessages + ": must be at least 1");
    }
    given()
        .forEach(
            (kind, uri) -> {
              if (isTopic(uri)) {
                checkTopic(kind.option() + " " + uri, uri);
              }
            });
  }

  private static boolean isTopic(String uri) {
    return uri.startsWith(KAFKA);
  }

  private static void checkTopic(String shown, String uri) {
    int slash = uri.lastIndexOf('/');
    if (slash <= KAFKA.length() || slash == uri.length() - 1) {
      throw new BadInput(shown + ": should be kafka:BROKERS/TOPIC, as kafka:host:9092/queries");
    }
    try {
      Class.forName(KAFKA_CLASS, false, Thread.currentThread().getContextClassLoader());
    } catch (ClassNotFoundException e) {
      throw BadInput.of(
          e,
          "%s: Spark's Kafka source is not on the class path; give --spark --packages org.apache.spark:spark-sql-kafka-0-10_%s:%s",
          shown,
          scala.util.Properties.versionNumberString().replaceFirst("([.]\\d+)[.].*", "$1"),
          org.apache.spark.package$.MODULE$.SPARK_VERSION());
    }
  }

  /** The folders. */
  List<String> reads() {
    return given().values().stream().filter(uri -> !isTopic(uri)).toList();
  }

  /**
   * Each source as its option, with a path that does not depend on where the command is given.
   *
   * @throws BadInput if one is no folder
   */
  List<String> words(Configuration conf) {
    List<String> words = new ArrayList<>();
    given()
        .forEach(
            (kind, uri) -> words.add(kind.option() + " " + qualified(kind.option(), uri, conf)));
    return words;
  }

  private static String qualified(String option, String uri, Configuration conf) {
    if (isTopic(uri)) {
      return uri;
    }
    try {
      FileStatus status = InputPath.require(uri, conf);
      if (!status.isDirectory()) {
        throw BadInput.of(
            "%s %s: a file; name the folder to which files of lines come", option, uri);
      }
      if (PATTERN.matcher(status.getPath().toUri().getPath()).find()) {
        throw BadInput.of(
            "%s %s: Spark's stream source takes [ ] { } * ? in the name of a folder for a pattern; rename it",
            option, uri);
      }
      return status.getPath().toString();
    } catch (BadInput e) {
      throw e.getMessage().startsWith("--") ? e : new BadInput(option + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new BadInput(option + " " + uri + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * All lines: kind (its number), source, part, row (null for files, whose rows are counted when
   * they are read) and value.
   */
  Dataset<Row> read(SparkSession spark) {
    Dataset<Row> all = null;
    for (Map.Entry<StreamKind, String> source : given().entrySet()) {
      String uri = source.getValue();
      Dataset<Row> lines =
          (isTopic(uri) ? topic(spark, uri) : folder(spark, uri))
              .withColumn("kind", lit(source.getKey().ordinal()))
              .select("kind", "source", "part", "row", "value");
      all = all == null ? lines : all.union(lines);
    }
    return all;
  }

  /** The lines of files right in a folder, whatever their names. */
  private Dataset<Row> folder(SparkSession spark, String uri) {
    Configuration conf = spark.sparkContext().hadoopConfiguration();
    String folder = new Path(qualified("the folder", uri, conf)).toUri().toString();
    return spark
        .readStream()
        .format("text")
        .option("maxFilesPerTrigger", maxFiles)
        .options(ParquetFiles.NAMES)
        .load(uri)
        .select(
            col("_metadata.file_path").as("source"),
            col("_metadata.file_block_start").as("part"),
            lit(null).cast("long").as("row"),
            col("value"))
        .filter(regexp_replace(col("source"), "/[^/]*$", "").equalTo(lit(folder)));
  }

  private Dataset<Row> topic(SparkSession spark, String uri) {
    int slash = uri.lastIndexOf('/');
    return spark
        .readStream()
        .format("kafka")
        .option("kafka.bootstrap.servers", uri.substring(KAFKA.length(), slash))
        .option("subscribe", uri.substring(slash + 1))
        .option("startingOffsets", "earliest")
        .option("maxOffsetsPerTrigger", maxMessages)
        .load()
        .select(
            col("topic").as("source"),
            col("partition").cast("long").as("part"),
            col("offset").as("row"),
            col("value").cast("string").as("value"));
  }
}
