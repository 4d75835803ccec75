package dev.kindling.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindling.data.LocalSpark;
import dev.kindling.spark.job.TableSchema.Kind;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Util;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableBlockTest {
  private static final long SEED = 37;
  private static final Configuration CONF = new Configuration();
  private static final TableSchema SCHEMA =
      TableSchema.empty()
          .with("id", Kind.LONG)
          .with("value", Kind.DOUBLE)
          .with("name", Kind.TEXT)
          .with("good", Kind.TRUTH)
          .with("values", Kind.DOUBLES)
          .with("counts", Kind.LONGS);

  @TempDir Path folder;

  @Test
  void everyKindComesBackBitForBit() throws Exception {
    List<Object[]> rows = rows(500);
    Path file = write("a", rows);
    assertThat(read(file).stream().map(TableBlockTest::bits).toList())
        .as("seed %d", SEED)
        .isEqualTo(rows.stream().map(TableBlockTest::bits).toList());
  }

  @Test
  void integersAreWrittenAsLongs() throws Exception {
    Object[] row = {7, 1.0, "x", true, new double[] {1}, new long[] {2}};
    assertThat(read(write("a", List.<Object[]>of(row))).get(0)[0]).isEqualTo(7L);
  }

  @Test
  void theSameRowsAreTheSameBytes() throws Exception {
    assertThat(write("a", rows(300))).hasSameBinaryContentAs(write("b", rows(300)));
  }

  @Test
  void theFooterListsEncodingsInOneOrderInEveryJvm() throws Exception {
    write("a", rows(30));
    byte[] file = Files.readAllBytes(folder.resolve("a.parquet"));
    int length = ByteBuffer.wrap(file, file.length - 8, 4).order(ByteOrder.LITTLE_ENDIAN).getInt();
    FileMetaData footer =
        Util.readFileMetaData(new ByteArrayInputStream(file, file.length - 8 - length, length));
    for (ColumnChunk chunk : footer.getRow_groups().get(0).getColumns()) {
      assertThat(chunk.getMeta_data().getEncodings()).isSorted();
    }
  }

  @Test
  void aBlockWithoutRowsIsAFile() throws Exception {
    assertThat(read(write("a", List.of()))).isEmpty();
  }

  @Test
  void sparkReadsBlocksAsItsOwn() throws Exception {
    List<Object[]> rows = rows(5_000); // more than one batch of Spark's reader
    write("a", rows.subList(0, 4_500));
    write("b", rows.subList(4_500, 5_000));
    Dataset<Row> frame = LocalSpark.session().read().parquet(folder.toUri().toString());
    assertThat(frame.schema().simpleString())
        .isEqualTo(
            "struct<id:bigint,value:double,name:string,good:boolean,values:array<double>,counts:array<bigint>>");
    List<String> back = new ArrayList<>();
    for (Row row : frame.collectAsList()) {
      double[] values = row.<Double>getList(4).stream().mapToDouble(Double::doubleValue).toArray();
      long[] counts = row.<Long>getList(5).stream().mapToLong(Long::longValue).toArray();
      Object[] cells = {row.get(0), row.get(1), row.get(2), row.get(3), values, counts};
      back.add(bits(cells));
    }
    assertThat(back)
        .as("seed %d", SEED)
        .containsExactlyInAnyOrderElementsOf(rows.stream().map(TableBlockTest::bits).toList());
  }

  @Test
  void aFailedWriteLeavesNoFileUnderTheFinalName() throws Exception {
    Iterator<Object[]> failing =
        Stream.concat(
                rows(10).stream(),
                Stream.<Object[]>generate(
                    () -> {
                      throw new IllegalStateException("the task died");
                    }))
            .iterator();
    assertThatThrownBy(() -> TableBlock.write(CONF, path("a"), SCHEMA, failing))
        .hasMessage("the task died");
    assertThat(folder.resolve("a.parquet")).doesNotExist();
    Path file = write("a", rows(3));
    assertThat(read(file)).hasSize(3);
    assertThat(visible()).containsExactly("a.parquet");
  }

  @Test
  void aFailedWriteLeavesTheBlockThatWasThere() throws Exception {
    Path file = write("a", rows(3));
    Object[] wrong = {"text", 1.0, "x", true, new double[0], new long[0]};
    assertThatThrownBy(() -> write("a", List.<Object[]>of(wrong)))
        .isInstanceOf(ClassCastException.class);
    assertThat(read(file)).hasSize(3);
    assertThat(visible()).containsExactly("a.parquet");
  }

  static List<Object[]> rows(int count) {
    Random random = new Random(SEED);
    String[] names = {"", "plain", "ρ̂ – 山 \uD83D\uDD25", "a,\"b\"\r\nc", "  "};
    double[] special = {
      Double.NaN, Double.NEGATIVE_INFINITY, -0.0, Double.MIN_VALUE, Double.MAX_VALUE, 0.1
    };
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              double value = i % 3 == 0 ? special[i / 3 % special.length] : random.nextGaussian();
              double[] values = random.doubles(i % 40).toArray();
              return new Object[] {
                i % 7 == 1 ? null : random.nextLong(),
                i % 7 == 2 ? null : value,
                i % 7 == 3 ? null : names[i % names.length],
                i % 7 == 4 ? null : random.nextBoolean(),
                values,
                random.longs((i + 20) % 40).toArray()
              };
            })
        .toList();
  }

  /** A row as text in which doubles show every bit. */
  static String bits(Object[] row) {
    StringBuilder text = new StringBuilder();
    for (Object cell : row) {
      if (cell instanceof Double value) {
        text.append(Double.doubleToRawLongBits(value));
      } else if (cell instanceof double[] values) {
        long[] bits = Arrays.stream(values).mapToLong(Double::doubleToRawLongBits).toArray();
        text.append(Arrays.toString(bits));
      } else if (cell instanceof long[] counts) {
        text.append(Arrays.toString(counts));
      } else {
        text.append(cell);
      }
      text.append('|');
    }
    return text.toString();
  }

  private org.apache.hadoop.fs.Path path(String name) {
    return new org.apache.hadoop.fs.Path(folder.resolve(name + ".parquet").toUri());
  }

  private Path write(String name, List<Object[]> rows) throws Exception {
    TableBlock.write(CONF, path(name), SCHEMA, rows.iterator());
    return folder.resolve(name + ".parquet");
  }

  private List<Object[]> read(Path file) throws Exception {
    List<Object[]> rows = new ArrayList<>();
    TableRows.read(CONF, new org.apache.hadoop.fs.Path(file.toUri()), SCHEMA, rows::add);
    return rows;
  }

  /** What a reader of the folder would see. */
  private List<String> visible() throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith(".") && !name.startsWith("_"))
          .sorted()
          .toList();
    }
  }
}
