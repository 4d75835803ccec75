package dev.kindling.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.spark.job.TableSchema.Kind;
import java.nio.file.Files;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvExportTest {
  private static final long SEED = 41;
  private static final Configuration CONF = new Configuration();
  private static final TableSchema SCHEMA =
      TableSchema.empty()
          .with("id", Kind.LONG)
          .with("a \"b\", c", Kind.DOUBLE)
          .with("name", Kind.TEXT)
          .with("good", Kind.TRUTH);

  @TempDir java.nio.file.Path folder;

  @Test
  void cellsAreQuotedWhereTheyMustBeAndEmptyWhereNothingIs() throws Exception {
    List<Object[]> rows =
        List.of(
            new Object[] {1L, 0.5, "plain", true},
            new Object[] {null, null, null, null},
            new Object[] {-9_000_000_000L, 1e300, "says \"no\", twice", false},
            new Object[] {2L, Double.NaN, "two\nlines", true},
            new Object[] {3L, Double.NEGATIVE_INFINITY, "one\rreturn", true},
            new Object[] {4L, -0.0, "", true});
    assertThat(export(rows))
        .isEqualTo(
            """
            id,"a ""b"", c",name,good
            1,0.5,plain,true
            ,,,
            -9000000000,1.0E300,"says ""no"", twice",false
            2,NaN,"two
            lines",true
            3,-Infinity,"one\rreturn",true
            4,-0.0,"",true
            """);
  }

  @Test
  void doublesReadBackToTheSameBits() throws Exception {
    Random random = new Random(SEED);
    double[] values =
        DoubleStream.generate(() -> Double.longBitsToDouble(random.nextLong()))
            .filter(Double::isFinite)
            .limit(2_000)
            .toArray();
    List<Object[]> rows =
        DoubleStream.of(values).mapToObj(v -> new Object[] {1L, v, "x", true}).toList();
    List<String> lines = export(rows).lines().skip(1).toList();
    for (int i = 0; i < values.length; i++) {
      double back = Double.parseDouble(lines.get(i).split(",")[1]);
      assertThat(back).as("seed %d", SEED).isEqualTo(values[i]);
    }
  }

  @Test
  void blocksFollowEachOtherUnderOneHeader() throws Exception {
    Object[] one = {1L, 0.5, "x", true};
    Object[] two = {2L, 0.5, "x", true};
    assertThat(export(List.<Object[]>of(one), List.<Object[]>of(two)).lines().skip(1))
        .containsExactly("1,0.5,x,true", "2,0.5,x,true");
    assertThat(export().lines()).hasSize(1);
  }

  @SafeVarargs
  private String export(List<Object[]>... blocks) throws Exception {
    Path root = new Path(folder.toUri());
    Table table = Table.at(new Path(root, "tables/" + blocks.length), SCHEMA, CONF);
    for (int b = 0; b < blocks.length; b++) {
      table.write(b, blocks[b].iterator());
    }
    CsvExport.table(CONF, table.blocks(), SCHEMA, new Path(root, "csv/table.csv"));
    return Files.readString(folder.resolve("csv/table.csv"));
  }
}
