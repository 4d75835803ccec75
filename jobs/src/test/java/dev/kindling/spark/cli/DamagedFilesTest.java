package dev.kindling.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.data.LocalSpark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.SaveMode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whatever is in a file: it is input or bad input, said in one line that names the file or the
 * option, and nothing is left. 500 files.
 */
class DamagedFilesTest {
  private static final long SEED = 1;

  private static final List<byte[]> TOKENS =
      Stream.of(
              "nan",
              "-1",
              "1e999",
              "99999999999999999999",
              ",",
              ",,",
              "\n",
              "\n\n",
              "\r",
              "\"",
              ":",
              " ",
              "\t",
              "#",
              "{",
              "]",
              "${x}",
              "é",
              "\u202e",
              "\0",
              "0x10",
              "last",
              "PAR1",
              "$$$$\n")
          .map(token -> token.getBytes(StandardCharsets.UTF_8))
          .toList();

  @TempDir static Path folder;

  @BeforeAll
  static void writeWholeFiles() throws Exception {
    String rows = rows(12);
    write("csv/zqx.csv", ("a,b,k\n" + rows).getBytes(StandardCharsets.UTF_8));
    write("csvgz/zqx.csv.gz", gzip(("a,b,k\n" + rows).getBytes(StandardCharsets.UTF_8)));
    write("svm/zqx.svm", "0 1:2 3:4.5\n1 2:-1e3\n0 1:1 2:2 3:3\n".repeat(4));
    write("npy/zqx.npy", npy());
    write("idx/zqx-images-idx3-ubyte", idx(3, 6, 2, 2));
    write("idx/zqx-labels-idx1-ubyte", idx(1, 6));
    write("gin/zqx.txt", "3\n3 1\n5 1 1\n6 2 0 2\n5 1 1\n1 0\n9 0\n2 1\n1 1 1\n1 1 0\n");
    write("gin/zqx_ids.txt", "one\ntwo\nthree\n");
    write("tu/zqx_A.txt", "1, 2\n2, 1\n3, 4\n4, 3\n");
    write("tu/zqx_graph_indicator.txt", "1\n1\n2\n2\n3\n");
    write("tu/zqx_graph_labels.txt", "1\n-1\n1\n");
    write("tu/zqx_node_labels.txt", "7\n8\n7\n7\n9\n");
    write("smi/zqx.smi", "smiles name y\nCCO a 1\nc1ccccc1 b 2\nC[N+](C)(C)C c 3\nO=C=O d 4\n");
    String mol = "\n  made\n\n  2  1  0  0  0  0  0  0  0  0999 V2000\n";
    String atom = "    0.0000    0.0000    0.0000 %s   0  0\n";
    write(
        "sdf/zqx.sdf",
        ("m"
                + mol
                + String.format(atom, "C")
                + String.format(atom, "O")
                + "  1  2  1  0\nM  END\n> <y>\n1\n\n$$$$\n")
            .repeat(3));
    write("conf/zqx.conf", "seed = 7\ntrain { epochs = 1, hidden = [4, 3] }\nbatch = 8\n");
    write("properties/zqx.properties", "seed=7\ntrain.epochs=1\ntrain.hidden=4,3\nbatch=8\n");
    write(
        "yaml/zqx.yaml",
        """
        home: home
        parameters: {blocks: 1}
        retries: 0
        stages:
          - name: kernel
            job: gntk
            data: bzr
            blocks: ${blocks}
          - {name: page, job: report, runs: ["${kernel}"]}
        """);
    parquet("csv/zqx.csv", "parquet/zqx.parquet", "cast(a as int) a", "b", "k");
    parquet("csv/zqx.csv", "arrays/zqx.parquet", "array(double(a), double(b)) features", "1 label");
    parquet(
        "csv/zqx.csv",
        "graphs/zqx.parquet",
        "cast(a as int) graph",
        "'y' label",
        "array(1, 2) tags",
        "array(0) sources",
        "array(1) targets");
    assertThat(
            command(
                    "train --input WHOLE/csv/zqx.csv --label-column k --epochs 1 --hidden 2 -q --validation 0",
                    "model/zqx")
                .exit())
        .isZero();
    assertThat(
            command("ade build --input WHOLE/csv/zqx.csv --label-column k -q", "index/zqx").exit())
        .isZero();
  }

  private static CommandRun command(String words, String output) throws Exception {
    List<String> all = new ArrayList<>();
    for (String word : words.split(" ")) {
      all.add(
          word.replace("WHOLE", folder.resolve("whole").toString())
              .replace("CASE", folder.resolve("case").toString()));
    }
    if (output != null) {
      all.addAll(List.of("--output", folder.resolve("whole").resolve(output).toString()));
    }
    return CommandRun.of(all);
  }

  /** Kind, how many damaged ones, words. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          csv | 50 | datasets describe --input CASE/zqx.csv --label-column k
          csv | 4 | train --input CASE/zqx.csv --label-column k --epochs 1 --hidden 2 -q
          csv | 4 | ade --input CASE/zqx.csv --label-column k --k 2 -q
          csvgz | 20 | datasets describe --input CASE/zqx.csv.gz
          svm | 50 | datasets describe --input CASE/zqx.svm
          npy | 60 | datasets describe --input CASE/zqx.npy
          idx | 43 | datasets describe --input CASE/zqx-images-idx3-ubyte
          parquet | 20 | datasets describe --input CASE/zqx.parquet --label-column k
          arrays | 10 | datasets describe --input CASE/zqx.parquet
          graphs | 10 | datasets describe --input CASE/zqx.parquet
          gin | 40 | datasets describe --input CASE/zqx.txt
          gin | 4 | gntk --input CASE/zqx.txt --task none -q
          tu | 40 | datasets describe --input CASE
          smi | 30 | datasets describe --input CASE/zqx.smi --label-column y
          sdf | 30 | datasets describe --input CASE/zqx.sdf --label-column y
          conf | 25 | train --data digits --plan --config CASE/zqx.conf
          properties | 15 | train --data digits --plan --config CASE/zqx.properties
          yaml | 25 | pipeline run CASE/zqx.yaml --plan
          model | 10 | predict --model CASE/zqx/model --input WHOLE/csv/zqx.csv --label-column k -q
          index | 10 | ade query --index CASE/zqx --queries WHOLE/csv/zqx.csv --query-features a,b --k 2 -q
          """)
  void itIsInputOrBadInput(String kind, int count, String words) throws Exception {
    LocalSpark.session();
    Path cases = folder.resolve("case");
    Path output = folder.resolve("runs/run");
    boolean runs = words.endsWith(" -q");
    int refused = 0;
    Random random = new Random(SEED + kind.hashCode());
    for (int i = 0; i < count; i++) {
      copy(folder.resolve("whole").resolve(kind), cases);
      Path file = pick(cases, random);
      byte[] whole = Files.readAllBytes(file);
      byte[] damaged = damage(whole, random);
      Files.write(file, damaged);
      FolderState before = FolderState.of(cases);
      CommandRun run = command(runs ? words + " --output " + output : words, null);

      String what =
          Stream.of(kind, i, file, "seed " + SEED, run.exit(), run.err())
              .map(String::valueOf)
              .reduce((a, b) -> a + " | " + b)
              .orElseThrow();
      assertThat(run.exit()).as(what).isIn(0, 2);
      assertThat(run.out()).as(what).doesNotContain("NaN");
      if (run.exit() == 2) {
        refused++;
        assertThat(run.err().lines()).as(what).hasSize(1);
        assertThat(run.err()).as(what).matches("kindling: .*(zqx|--[a-z]).*\\n");
        assertThat(run.out()).as(what).isEmpty();
        assertThat(output).as(what).doesNotExist();
      }
      assertThat(output.resolveSibling(".run.unfinished")).as(what).doesNotExist();
      assertThat(FolderState.of(cases)).as(what).isEqualTo(before);
      delete(output);
    }
    assertThat(refused).as("of %d, seed %d", count, SEED).isPositive();
  }

  private static byte[] damage(byte[] whole, Random random) {
    int at = random.nextInt(whole.length);
    int to = Math.min(whole.length, at + 1 + random.nextInt(16));
    return switch (random.nextInt(6)) {
      case 0 -> {
        byte[] flipped = whole.clone();
        flipped[at] ^= (byte) (1 << random.nextInt(8));
        yield flipped;
      }
      case 1 -> Arrays.copyOf(whole, at);
      case 2 -> joined(whole, to, Arrays.copyOfRange(whole, at, to), to); // doubled
      case 3 -> joined(whole, at, new byte[0], to); // left out
      case 4 -> {
        byte[] noise = new byte[to - at];
        random.nextBytes(noise);
        yield joined(whole, at, noise, to);
      }
      default -> joined(whole, at, TOKENS.get(random.nextInt(TOKENS.size())), at);
    };
  }

  /** The first bytes up to one place, a piece, and what begins at another. */
  private static byte[] joined(byte[] whole, int to, byte[] piece, int from) {
    return ByteBuffer.allocate(to + piece.length + whole.length - from)
        .put(whole, 0, to)
        .put(piece)
        .put(whole, from, whole.length - from)
        .array();
  }

  /** Any file that is not empty, but for what tells nothing of the content. */
  private static Path pick(Path in, Random random) throws IOException {
    try (Stream<Path> walk = Files.walk(in)) {
      List<Path> files =
          walk.filter(Files::isRegularFile)
              .filter(f -> !f.toString().matches(".*([.]crc|_SUCCESS|report.html|jsonl|run.json)"))
              .filter(f -> !f.toString().contains("/tables/"))
              .filter(f -> f.toFile().length() > 0)
              .sorted()
              .toList();
      return files.get(random.nextInt(files.size()));
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    delete(to);
    try (Stream<Path> walk = Files.walk(from)) {
      for (Path path : walk.toList()) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    }
  }

  private static void delete(Path path) throws IOException {
    if (Files.exists(path)) {
      try (Stream<Path> walk = Files.walk(path)) {
        for (Path each : walk.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }

  private static Path write(String name, String text) throws IOException {
    return write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private static Path write(String name, byte[] bytes) throws IOException {
    Path file = folder.resolve("whole").resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, bytes);
  }

  private static String rows(int count) {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < count; i++) {
      rows.append(i)
          .append(',')
          .append(i * i % 7)
          .append(".5,")
          .append(i % 2 == 0 ? "x" : "y\u00e9");
      rows.append('\n');
    }
    return rows.toString();
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] npy() {
    String header = "{'descr': '<f8', 'fortran_order': False, 'shape': (4, 3), }";
    ByteBuffer out = ByteBuffer.allocate(128 + 96).order(ByteOrder.LITTLE_ENDIAN);
    out.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) 118);
    out.put(String.format("%-117s\n", header).getBytes(StandardCharsets.US_ASCII));
    IntStream.range(0, 12).forEach(i -> out.putDouble(i * 0.5));
    return out.array();
  }

  private static byte[] idx(int dimensions, int... sizes) {
    int cells = Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
    ByteBuffer out = ByteBuffer.allocate(4 + 4 * dimensions + cells);
    out.put(new byte[] {0, 0, 8, (byte) dimensions});
    Arrays.stream(sizes).forEach(out::putInt);
    IntStream.range(0, cells).forEach(i -> out.put((byte) (i % 3)));
    return out.array();
  }

  private static void parquet(String csv, String name, String... columns) throws IOException {
    Path made = folder.resolve("made");
    LocalSpark.session()
        .read()
        .option("header", true)
        .csv(folder.resolve("whole").resolve(csv).toString())
        .selectExpr(columns)
        .coalesce(1)
        .write()
        .mode(SaveMode.Overwrite)
        .parquet(made.toString());
    try (Stream<Path> parts = Files.list(made)) {
      Path part = parts.filter(f -> f.toString().endsWith(".parquet")).findFirst().orElseThrow();
      write(name, Files.readAllBytes(part));
    }
  }
}
