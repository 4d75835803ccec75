package dev.kindling.data.graph;

import static dev.kindling.data.graph.Texts.refusal;
import static dev.kindling.data.graph.Texts.show;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.data.LocalSpark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GraphRowsTest {
  private static final long SEED = 31;
  private static final DataType INTS = DataTypes.createArrayType(DataTypes.IntegerType);
  private static final List<Integer> NONE = List.of();

  @TempDir Path folder;

  private final SparkSession spark = LocalSpark.session();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void aSetComesBackFromItsDataFrameThroughParquet(int partitions) throws Exception {
    String stored = folder.resolve("bzr.parquet").toUri().toString();
    try (GraphSet set = GraphSets.builtin(spark, "bzr")) {
      set.toDataFrame(spark).repartition(partitions).write().parquet(stored);
      try (GraphSet back = GraphSets.read(spark, stored, null)) {
        assertThat(sorted(back)).usingRecursiveComparison().isEqualTo(sorted(set));
        assertThat(back.summary()).isEqualTo(set.summary());
        assertThat(back.name()).isEqualTo("bzr.parquet");
        assertThat(back.fingerprint()).hasSize(64);
      }
    }
  }

  @Test
  void indicesFollowTheValueOfNumbersAndTheSpellingOfText() {
    List<Long> numbers = new ArrayList<>(Stream.of(10L, 9L, -1L, 100L, 2L).toList());
    assertThat(ids(DataTypes.LongType, numbers)).containsExactly("-1", "2", "9", "10", "100");
    List<String> texts = List.of("10", "9", "Z", "a", "ä", "");
    assertThat(ids(DataTypes.StringType, texts)).containsExactly("", "10", "9", "Z", "a", "ä");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 8})
  void equalValuesOfGraphAreFoundHoweverTheFrameIsCut(int partitions) {
    List<Integer> keys = new ArrayList<>(IntStream.range(0, 40).boxed().toList());
    Collections.shuffle(keys, new Random(SEED));
    for (int twice : new int[] {0, 25, 39}) {
      List<Row> rows = new ArrayList<>(keys.stream().map(k -> one(k)).toList());
      rows.add(one(twice));
      Dataset<Row> frame = frame(DataTypes.IntegerType, rows).repartition(partitions);
      spark.conf().set("spark.sql.shuffle.partitions", partitions);
      spark.conf().set("spark.sql.adaptive.enabled", false); // which would join them again
      try {
        assertThat(refusal(() -> GraphSets.of(frame, null)))
            .as("seed %d", SEED)
            .isEqualTo(
                "the DataFrame: graph " + twice + ": a second row with the same value of graph");
      } finally {
        spark.conf().set("spark.sql.shuffle.partitions", 2);
        spark.conf().unset("spark.sql.adaptive.enabled");
      }
    }
  }

  @Test
  void aMissingColumnIsAnsweredWithTheNearName() {
    Dataset<Row> frame = frame(DataTypes.LongType, List.of(one(1L)));
    assertThat(refusal(() -> GraphSets.of(frame.withColumnRenamed("targets", "target"), null)))
        .isEqualTo("the DataFrame: no column targets; did you mean target?");
    assertThat(refusal(() -> GraphSets.of(frame.drop("tags"), null)))
        .isEqualTo("the DataFrame: no column tags; it has graph, label, sources, targets");
    assertThat(refusal(() -> GraphSets.of(frame, "lable")))
        .isEqualTo("the DataFrame: no column lable; did you mean label?");
  }

  @Test
  void anyColumnCanBeTheLabel() {
    Dataset<Row> frame =
        frame(DataTypes.LongType, List.of(one(1L))).withColumnRenamed("label", "activity");
    assertThat(GraphSets.of(frame, "activity").records().first().label()).isEqualTo("l");
    assertThat(GraphSets.of(frame, null).records().first().label()).isNull();
  }

  @Test
  void columnsOfOtherTypesAreRefused() {
    Dataset<Row> frame = frame(DataTypes.LongType, List.of(one(1L)));
    Dataset<Row> text = frame.withColumn("tags", frame.col("label"));
    assertThat(refusal(() -> GraphSets.of(text, null)))
        .isEqualTo("the DataFrame: column tags is string; it should be an array of whole numbers");
    Dataset<Row> doubles = frame.withColumn("sources", frame.col("sources").cast("array<double>"));
    assertThat(refusal(() -> GraphSets.of(doubles, null)))
        .isEqualTo(
            "the DataFrame: column sources is array<double>; it should be an array of whole numbers");
    Dataset<Row> keyed = frame.withColumn("graph", frame.col("tags"));
    assertThat(refusal(() -> GraphSets.of(keyed, null)))
        .isEqualTo(
            "the DataFrame: column graph is array<int>; it should hold numbers or text, which order"
                + " the set");
  }

  @Test
  void wideAndNarrowWholeNumbersAreTaken() {
    Dataset<Row> frame = frame(DataTypes.LongType, List.of(one(1L)));
    for (String type : List.of("array<smallint>", "array<bigint>", "array<tinyint>")) {
      Dataset<Row> cast =
          frame
              .withColumn("tags", frame.col("tags").cast(type))
              .withColumn("sources", frame.col("sources").cast(type));
      assertThat(show(GraphSets.of(cast, null).records().first().graph())).isEqualTo("[4, 5] 0-1");
    }
  }

  @Test
  void malformedRowsAreRefusedWithTheirGraph() {
    assertThat(refusedRow(7L, null, NONE, NONE)).isEqualTo("graph 7: tags is empty");
    assertThat(refusedRow(7L, Arrays.asList(1, null), NONE, NONE))
        .isEqualTo("graph 7: tags has an empty entry at 1");
    assertThat(refusedRow(null, List.of(1), NONE, NONE))
        .isEqualTo("graph null: the graph column is empty");
    assertThat(refusedRow(7L, List.of(1, 2), List.of(0), NONE))
        .isEqualTo("graph 7: 1 edge sources but 0 edge targets");
    assertThat(refusedRow(7L, List.of(1, 2), List.of(0), List.of(2)))
        .isEqualTo("graph 7: edge 0–2, but the graph's nodes are 0 to 1");
    assertThat(refusedRow(7L, NONE, NONE, NONE))
        .isEqualTo("graph 7: a graph needs at least one node");
    Dataset<Row> frame = frame(DataTypes.LongType, List.of(one(1L)));
    Dataset<Row> wide =
        frame.withColumn("tags", org.apache.spark.sql.functions.expr("array(3000000000L, 0L)"));
    assertThat(refusal(() -> GraphSets.of(wide, null)))
        .isEqualTo("the DataFrame: graph 1: tags has 3000000000, more than 32 bits");
  }

  @Test
  void noRowsAndNoParquetAreRefused() throws Exception {
    assertThat(refusal(() -> GraphSets.of(frame(DataTypes.LongType, List.of()), null)))
        .isEqualTo("the DataFrame: no graphs; at least one is needed");
    Path fake = Files.writeString(folder.resolve("fake.parquet"), "graph,label");
    assertThat(refusal(() -> GraphSets.read(spark, fake.toString(), null)))
        .isEqualTo(
            "fake.parquet is no Parquet file, or was cut short: it has 11 bytes and not PAR1 at"
                + " both ends");
  }

  private String refusedRow(Object key, List<?> tags, List<?> sources, List<?> targets) {
    Row row = RowFactory.create(key, "l", array(tags), array(sources), array(targets));
    String message = refusal(() -> GraphSets.of(frame(DataTypes.LongType, List.of(row)), null));
    assertThat(message).startsWith("the DataFrame: ");
    return message.substring("the DataFrame: ".length());
  }

  private static Object array(List<?> values) {
    return values == null ? null : values.toArray();
  }

  private static Row one(Object key) {
    Object[] tags = {4, 5};
    return RowFactory.create(key, "l", tags, new Object[] {0}, new Object[] {1});
  }

  private Dataset<Row> frame(DataType key, List<Row> rows) {
    StructType schema =
        new StructType()
            .add("graph", key)
            .add("label", DataTypes.StringType)
            .add("tags", INTS)
            .add("sources", INTS)
            .add("targets", INTS);
    return spark.createDataFrame(rows, schema);
  }

  private List<String> ids(DataType type, List<?> keys) {
    List<Row> rows = keys.stream().map(k -> one(k)).toList();
    try (GraphSet set = GraphSets.of(frame(type, rows), null)) {
      return sorted(set).stream().map(GraphRecord::id).toList();
    }
  }

  static List<GraphRecord> sorted(GraphSet set) {
    List<GraphRecord> records = new ArrayList<>(set.records().collect());
    records.sort(Comparator.comparingLong(GraphRecord::index));
    for (int i = 0; i < records.size(); i++) {
      assertThat(records.get(i).index()).isEqualTo(i);
    }
    return records;
  }
}
