package dev.kindling.data.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParquetReadingTest extends TableReading {
  private static final long SEED = 53;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void numericColumnsOfEveryTypeComeBackFromAFolder(int files) throws Exception {
    StructType schema =
        new StructType()
            .add("a.b", DataTypes.DoubleType)
            .add("bit", DataTypes.BooleanType)
            .add("single", DataTypes.FloatType)
            .add("small", DataTypes.ShortType)
            .add("money", DataTypes.createDecimalType(9, 2))
            .add("key", DataTypes.LongType)
            .add("kind", DataTypes.StringType);
    Random random = new Random(SEED);
    List<Row> rows = new ArrayList<>();
    double[][] expected = new double[60][5];
    for (int i = 0; i < 60; i++) {
      double number = random.nextGaussian();
      boolean bit = random.nextBoolean();
      short small = (short) random.nextInt();
      BigDecimal money = BigDecimal.valueOf(random.nextInt(9999), 2);
      float single = random.nextFloat();
      long key = (1L << 53) + 1 + i;
      rows.add(RowFactory.create(number, bit, single, small, money, key, "k" + i % 3));
      expected[i] = new double[] {number, bit ? 1 : 0, single, small, money.doubleValue()};
    }
    Path folder = save(rows, schema, files);
    NumericTable table = read(folder, PLAIN.id("key").label("kind"));
    assertThat(features(table)).as("seed %d", SEED).isEqualTo(expected);
    assertThat(table.featureNames()).containsExactly("a.b", "bit", "single", "small", "money");
    List<Long> ids = column(table, "id");
    List<Double> labels = column(table, "label");
    for (int i = 0; i < 60; i++) {
      assertThat(ids.get(i)).isEqualTo((1L << 53) + 1 + i);
      assertThat(labels.get(i)).isEqualTo(i % 3);
    }
  }

  @Test
  void vectorsComeBackAsTheyAreAndTheLabelIsSupplied() throws Exception {
    StructType schema =
        new StructType()
            .add("label", DataTypes.DoubleType)
            .add("features", SQLDataTypes.VectorType())
            .add("note", DataTypes.StringType);
    Vector dense = Vectors.dense(1, 2, 3);
    Vector sparse = Vectors.sparse(3, new int[] {1}, new double[] {5});
    List<Row> rows =
        List.of(RowFactory.create(4.0, dense, "x"), RowFactory.create(2.0, sparse, null));
    Path folder = save(rows, schema, 1);
    NumericTable table = read(folder, PLAIN.needLabel());
    assertThat(TableReading.<Vector>column(table, "features")).containsExactly(dense, sparse);
    assertThat(TableReading.<Vector>column(table, "features").get(1)).hasSameClassAs(sparse);
    assertThat(TableReading.<Double>column(table, "label")).containsExactly(1.0, 0.0);
    assertThat(table.featureNames()).containsExactly("f0", "f1", "f2");
    assertThat(refusal(folder, PLAIN.carry(List.of("note"))))
        .matches("x.parquet/part-0.parquet: row 1: column note is null: .*");
  }

  @Test
  void arraysAreFeaturesAndOfOneSize() throws Exception {
    StructType schema = new StructType().add("emb", DataTypes.createArrayType(DataTypes.FloatType));
    List<Row> rows =
        List.of(
            RowFactory.create(List.of(1f, 2f)),
            RowFactory.create(List.of(3f, 4f)),
            RowFactory.create(List.of(5f)));
    Path folder = save(rows.subList(0, 2), schema, 1);
    NumericTable table = read(folder, PLAIN.features(List.of("emb")));
    assertThat(features(table)).isEqualTo(new double[][] {{1, 2}, {3, 4}});
    assertThat(refusal(folder, PLAIN))
        .isEqualTo(
            "x.parquet: column emb holds array<float> and not numbers; if it is no feature, name"
                + " those that are with featureColumns");
    assertThat(refusal(save(rows, schema, 1), PLAIN.features(List.of("emb"))))
        .isEqualTo("x.parquet/part-0.parquet: row 2: column emb has 1 numbers, other rows have 2");
    List<Row> holes = List.of(RowFactory.create(Arrays.asList(1f, null)));
    assertThat(refusal(save(holes, schema, 1), PLAIN.features(List.of("emb"))))
        .isEqualTo(
            "x.parquet/part-0.parquet: row 0: column emb[1] is null: fill the cell or leave the"
                + " row out");
  }

  @Test
  void theFirstFaultInTheOrderOfTheFilesIsReported() throws Exception {
    StructType schema = new StructType().add("x", DataTypes.DoubleType);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      rows.add(RowFactory.create(i < 25 ? (double) i : Double.NaN));
    }
    rows.set(30, RowFactory.create((Object) null));
    assertThat(refusal(save(rows, schema, 4), PLAIN))
        .isEqualTo(
            "x.parquet/part-2.parquet: row 5: column x is nan; a feature must be finite: fill the"
                + " cell or leave the row out");
    rows.set(21, RowFactory.create((Object) null));
    assertThat(refusal(save(rows, schema, 4), PLAIN))
        .isEqualTo(
            "x.parquet/part-2.parquet: row 1: column x is null: fill the cell or leave the row"
                + " out");
  }

  @Test
  void fileNamesMayHoldBlanks() throws Exception {
    StructType schema = new StructType().add("x", DataTypes.IntegerType);
    Path saved = save(List.of(RowFactory.create(7)), schema, 1);
    Path file = folder.resolve("with blank %20.parquet");
    Files.copy(saved.resolve("part-0.parquet"), file);
    assertThat(features(read(file, PLAIN))).isEqualTo(new double[][] {{7}});
  }

  /** Spark takes such names for patterns, and lists what is beside them twice. */
  @Test
  void fileNamesMayLookLikePatterns() throws Exception {
    StructType schema = new StructType().add("x", DataTypes.IntegerType);
    Path saved = save(List.of(RowFactory.create(7)), schema, 1);
    for (String name : List.of("a[1].parquet", "b.parquet", "{c,d}.parquet")) {
      Files.createDirectories(folder.resolve("set"));
      Files.copy(saved.resolve("part-0.parquet"), folder.resolve("set").resolve(name));
    }
    assertThat(features(read(folder.resolve("set"), PLAIN)))
        .isEqualTo(new double[][] {{7}, {7}, {7}});
  }

  @Test
  void otherFilesAreRefused() throws Exception {
    assertThat(refusal(write("y.parquet", "PAR1 but not for long"), PLAIN))
        .isEqualTo(
            "y.parquet is no Parquet file, or was cut short: it has 21 bytes and not PAR1 at both"
                + " ends");
    StructType schema = new StructType().add("x", DataTypes.DoubleType);
    assertThat(refusal(save(List.of(), schema, 1), PLAIN)).isEqualTo("x.parquet holds no row");
  }

  @Test
  void columnsThatSparkCannotHaveAreNamed() throws Exception {
    writeZeros("c.parquet", "message m { required double a; required int64 A; }");
    assertThat(refusal(folder.resolve("c.parquet"), PLAIN))
        .isEqualTo(
            "c.parquet: columns a and A differ in upper and lower case only, or not at all; rename"
                + " one of them");
    writeZeros(
        "h.parquet",
        "message m { required double b; required fixed_len_byte_array(2) a (FLOAT16); }");
    assertThat(refusal(folder.resolve("h.parquet"), PLAIN))
        .isEqualTo(
            "h.parquet: column a has a type that Spark does not read, FLOAT16; write it with"
                + " another, or leave it out");
  }

  /** Spark meets all of these in a task. */
  @Test
  void filesThatCannotBeReadAreNamed() throws Exception {
    StructType whole = new StructType().add("x", DataTypes.LongType);
    StructType real = new StructType().add("x", DataTypes.DoubleType);
    Path one = save(List.of(RowFactory.create(7L)), whole, 1).resolve("part-0.parquet");
    byte[] wholes = Files.readAllBytes(one);
    save(List.of(RowFactory.create(7.0)), real, 1);
    Path two = write("x.parquet/part-1.parquet", wholes);
    assertThat(refusal(folder.resolve("x.parquet"), PLAIN))
        .isEqualTo(
            two
                + ": column x holds INT64, and double in another file of the folder; write all"
                + " files with the same types");

    Path damaged = write("d.parquet", Arrays.copyOf(wholes, wholes.length));
    Arrays.fill(wholes, 4, 24, (byte) 0xff);
    Files.write(damaged, wholes);
    assertThat(refusal(damaged, PLAIN))
        .startsWith(damaged + " cannot be read: ")
        .endsWith("; is it damaged? Write it again");
    wholes[wholes.length - 1] = 'E';
    assertThat(refusal(write("e.parquet", wholes), PLAIN))
        .isEqualTo("e.parquet is encrypted Parquet; decrypt it first");
  }

  @Test
  void aCodecThatIsNotThereIsNamed() throws Exception {
    StructType schema = new StructType().add("x", DataTypes.DoubleType);
    byte[] bytes =
        Files.readAllBytes(
            save(List.of(RowFactory.create(7.0)), schema, 1).resolve("part-0.parquet"));
    // Of the footer's column: the field codec, snappy, before the number of values; 8 is Brotli.
    for (int i = 0; i + 2 < bytes.length; i++) {
      if (bytes[i] == 0x15 && bytes[i + 1] == 2 && bytes[i + 2] == 0x16) {
        bytes[i + 1] = 8;
      }
    }
    Path file = write("b.parquet", bytes);
    assertThat(refusal(file, PLAIN))
        .isEqualTo(
            file
                + ": compressed by a codec that is not there: BrotliCodec; write it with snappy,"
                + " zstd or gzip");
  }

  /** One row of zeros, of any schema. */
  private void writeZeros(String name, String schema) throws Exception {
    MessageType type = MessageTypeParser.parseMessageType(schema);
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(folder.resolve(name).toUri()))
            .withType(type)
            .build()) {
      Group row = new SimpleGroup(type);
      for (int i = 0; i < type.getFieldCount(); i++) {
        switch (type.getType(i).asPrimitiveType().getPrimitiveTypeName()) {
          case INT64 -> row.add(i, 0L);
          case DOUBLE -> row.add(i, 0.0);
          default -> row.add(i, Binary.fromConstantByteArray(new byte[2]));
        }
      }
      writer.write(row);
    }
  }

  /** Writes as many files as asked, of equal numbers of rows in order, named part-0, part-1, … */
  private Path save(List<Row> rows, StructType schema, int files) throws Exception {
    Path folder = this.folder.resolve("x.parquet");
    if (Files.exists(folder)) {
      try (Stream<Path> old = Files.list(folder)) {
        for (Path file : old.toList()) {
          Files.delete(file);
        }
      }
    }
    Files.createDirectories(folder);
    for (int i = 0; i < files; i++) {
      List<Row> part = rows.subList(rows.size() * i / files, rows.size() * (i + 1) / files);
      Path one = this.folder.resolve("tmp");
      spark()
          .createDataFrame(new ArrayList<>(part), schema)
          .coalesce(1)
          .write()
          .mode("overwrite")
          .parquet(one.toUri().toString());
      try (Stream<Path> written = Files.list(one)) {
        Path file =
            written.filter(p -> p.getFileName().toString().startsWith("part-")).findFirst().get();
        Files.move(file, folder.resolve("part-" + i + ".parquet"));
      }
    }
    return folder;
  }
}
