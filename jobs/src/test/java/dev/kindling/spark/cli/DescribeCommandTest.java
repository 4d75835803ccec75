package dev.kindling.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.data.LocalSpark;
import dev.kindling.data.graph.GraphSet;
import dev.kindling.data.graph.GraphSets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DescribeCommandTest {
  @TempDir Path folder;

  @Test
  void aBuiltinTableIsDescribedWithItsColumnsAndClasses() throws Exception {
    List<String> lines = described("--data", "digits", "--label-column", "label");
    assertThat(lines)
        .contains(
            "table        digits, CSV",
            "rows         1,797",
            "features     64",
            "… and 44 more features");
    assertThat(cells(lines, "p0 ")).containsExactly("p0", "0", "0", "0", "0");
    assertThat(cells(lines, "0 ")).containsExactly("0", "178");
    assertThat(lines).filteredOn(line -> line.startsWith("fingerprint")).hasSize(1);
  }

  @Test
  void columnsAreWhatTheOptionsSay() throws Exception {
    String rows =
        IntStream.range(0, 9_000)
            .mapToObj(i -> i + ",2,0.5,n" + i)
            .collect(Collectors.joining("\n"));
    Path file = Files.writeString(folder.resolve("x.csv"), "a,b,w,name\n" + rows + "\n");
    List<String> lines =
        described(
            "--input",
            file.toString(),
            "--target-column",
            "b",
            "--weight-column",
            "w",
            "--id-column",
            "name");
    assertThat(lines).contains("rows         9,000", "features     1");
    assertThat(cells(lines, "a ")).containsExactly("a", "4499.50", "2598.22", "0", "8999");
    assertThat(cells(lines, "target ")).containsExactly("target", "2", "0", "2", "2");
    assertThat(cells(lines, "weight "))
        .containsExactly("weight", "0.500000", "0", "0.500000", "0.500000");
  }

  @Test
  void controlCharactersInNamesAndCellsAreEscaped() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("x\u001b[2J.csv"), "a\u0007,k\n1,one\u202e\n2,\u001b]0;t\u0007\n");
    List<String> lines = described("--input", file.toString(), "--label-column", "k");
    assertThat(lines).contains("table        x\\u001b[2J.csv, CSV");
    assertThat(String.join("", lines))
        .contains("a\\u0007 ", "one\\u202e", "\\u001b]0;t\\u0007")
        .doesNotContainPattern("[\\p{Cc}\\p{Cf}]");
    CommandRun.of("datasets", "describe", "--input", file.toString())
        .isRefusedWith("x\\u001b[2J.csv:2: ", "one\\u202e");
    CommandRun.of("datasets", "describe", "--input", file + "\n.csv")
        .isRefusedWith("x\\u001b[2J.csv");
  }

  @Test
  void graphsAreCounted() throws Exception {
    assertThat(described("--data", "bzr"))
        .contains(
            "graphs       bzr",
            "size         163",
            "nodes        3,649, 22.4 a graph, 29 in the largest",
            "edges        4,044",
            "labels       104 different ones");
    Path text = Files.writeString(folder.resolve("g.txt"), "2\n2 a\n1 2 0 1\n1 1 0\n1 b\n1 0\n");
    assertThat(described("--input", text.toString()))
        .contains(
            "edges        1",
            "tags         all 1; degrees can tell nodes apart",
            "left out     1 self loops, 0 repeated edges",
            "a                           1");
  }

  @Test
  void parquetIsGraphsOrATableByItsColumns() throws Exception {
    SparkSession spark = LocalSpark.session();
    String graphs = folder.resolve("graphs.parquet").toString();
    try (GraphSet set = GraphSets.builtin(spark, "bzr")) {
      set.toDataFrame(spark).write().parquet(graphs);
    }
    String table = folder.resolve("table.parquet").toString();
    spark.range(5).toDF("x").write().parquet(table);
    assertThat(described("--input", graphs)).contains("edges        4,044");
    assertThat(described("--input", table)).contains("rows         5");
  }

  @Test
  void badInputIsOneLine() throws Exception {
    run().isRefusedWith("no data: give --input URI or --data NAME");
    run("--data", "digts").isRefusedWith("did you mean digits?");
    run("--data", "bzr", "--weight-column", "w")
        .isRefusedWith("--weight-column is for tables, and bzr is a set of graphs");
    run("--data", "digits", "--label-column", "lable").isRefusedWith("did you mean label?");
    Path bad = Files.writeString(folder.resolve("bad.csv"), "1,2\n3,x\n");
    run("--input", bad.toString()).isRefusedWith("bad.csv:2: ");
    run("--input", folder.resolve("bda.csv").toString())
        .isRefusedWith("bda.csv does not exist; did you mean bad.csv?");
  }

  @Test
  void helpShowsAnExample() throws Exception {
    CommandRun run = CommandRun.of("datasets", "describe", "--help");
    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("submit/kindling datasets describe --data digits");
  }

  private static List<String> described(String... options) throws Exception {
    CommandRun run = run(options);
    assertThat(run.exit()).as(run.err()).isZero();
    return run.out().lines().toList();
  }

  private static CommandRun run(String... options) throws Exception {
    List<String> words = new java.util.ArrayList<>(List.of("datasets", "describe"));
    words.addAll(List.of(options));
    return CommandRun.of(words);
  }

  private static String[] cells(List<String> lines, String start) {
    return lines.stream()
        .filter(line -> line.startsWith(start))
        .findFirst()
        .map(line -> line.split("\\s+"))
        .orElseThrow();
  }
}
