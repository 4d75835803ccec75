package dev.kindling.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindling.data.LocalSpark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Engines, node attributes and verification, as jobs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EnginesTest {
  @TempDir static Path folder;

  @BeforeAll
  void aSetWithAttributesAndAKernel() throws Exception {
    Random random = new Random(71);
    StringBuilder text = new StringBuilder("90\n");
    for (int g = 0; g < 90; g++) {
      int nodes = 2 + random.nextInt(6);
      text.append(nodes).append(' ').append(g % 2).append('\n');
      for (int u = 0; u < nodes; u++) {
        text.append(random.nextInt(2)).append(' ').append(1).append(' ').append((u + 1) % nodes);
        for (int k = 0; k < 2; k++) {
          text.append(
              String.format(Locale.ROOT, " %.3f", random.nextGaussian() + (k == 0 ? g % 2 : 0)));
        }
        text.append('\n');
      }
    }
    Files.writeString(folder.resolve("set.txt"), text);
    Files.writeString(folder.resolve("huge.txt"), "1\n1 0\n0 0 1e30\n");
    Files.writeString(folder.resolve("m.smi"), "CCO ethanol\n");
    succeeds("gntk --input {in} --blocks 2 --task none --output {out}/colors --engine colors");
  }

  private static CommandRun run(String words) throws Exception {
    return CommandRun.of(
        words
            .replace("{in}", folder.resolve("set.txt").toString())
            .replace("{out}", folder.toString())
            .split(" "));
  }

  private static void succeeds(String words) throws Exception {
    CommandRun run = run(words);
    assertThat(run.exit()).as(run.err()).isZero();
  }

  private static List<Row> gram(String run) {
    return LocalSpark.session()
        .read()
        .parquet(folder.resolve(run) + "/tables/gram")
        .sort("row", "first_column")
        .collectAsList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tiles", "dense"})
  void everyEngineGivesTheSameMatrixAndModel(String engine) throws Exception {
    succeeds("gntk --input {in} --blocks 2 --output {out}/" + engine + " --engine " + engine);
    List<Row> expected = gram("colors");
    List<Row> found = gram(engine);
    assertThat(found).hasSameSizeAs(expected);
    for (int r = 0; r < found.size(); r++) {
      List<Double> values = found.get(r).getList(2);
      List<Double> wanted = expected.get(r).getList(2);
      for (int k = 0; k < values.size(); k++) {
        assertThat(values.get(k)).isCloseTo(wanted.get(k), within(1e-8 * wanted.get(k)));
      }
    }
    succeeds("predict --model {out}/" + engine + "/model --input {in} --output {out}/of-" + engine);
  }

  @ParameterizedTest
  @ValueSource(strings = {"attributes", "both"})
  void attributesAreLearntFromAndPredictedWith(String labels) throws Exception {
    succeeds(
        "gntk --input {in} --blocks 1 --node-labels " + labels + " --output {out}/a-" + labels);
    String json = Files.readString(folder.resolve("a-" + labels + "/run.json"));
    assertThat(json).containsPattern("\"engine\" : \"dense\"");
    succeeds(
        "predict --model {out}/a-" + labels + "/model --input {in} --output {out}/p-" + labels);
    CommandRun verified =
        run("gntk verify --kernel {out}/a-" + labels + " --input {in} --pairs 300");
    assertThat(verified.exit()).as(verified.out()).isZero();
  }

  @Test
  void floatsAreRecordedAndVerifiedAsFloats() throws Exception {
    succeeds(
        "gntk --input {in} --node-labels attributes --precision float --task none --output {out}/f");
    Path record = folder.resolve("f/run.json");
    String json = Files.readString(record);
    assertThat(json).contains("\"precision\" : \"float\"");
    CommandRun good = run("gntk verify --kernel {out}/f --input {in}");
    Files.writeString(record, json.replace("\"float\"", "\"double\""));
    CommandRun bad = run("gntk verify --kernel {out}/f --input {in}");
    assertThat(good.exit()).as(good.out() + good.err()).isZero();
    assertThat(bad.exit()).isEqualTo(4);
    assertThat(bad.out()).contains("pairs     FAIL");
  }

  @Test
  void aKernelThatIsNotWhatItSaysIsFound() throws Exception {
    CommandRun good = run("gntk verify --kernel {out}/colors --input {in}");
    assertThat(good.exit()).as(good.err()).isZero();
    assertThat(good.out()).contains("pairs     ok", "spectrum  ok", "all of it holds");
    Path record = folder.resolve("colors/run.json");
    String json = Files.readString(record);
    Files.writeString(record, json.replace("\"factor\" : 2.0", "\"factor\" : 3.0"));
    CommandRun bad = run("gntk verify --kernel {out}/colors --input {in}");
    Files.writeString(record, json);
    assertThat(bad.exit()).isEqualTo(4);
    assertThat(bad.out()).contains("pairs     FAIL", "not all of it holds");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          gntk --data bzr --node-labels both                              | its nodes have no attributes
          gntk --input {in} --node-labels attributes --engine colors      | --engine colors: node attributes make no few colours
          gntk --input {out}/huge.txt --node-labels attributes --precision float --task none --output {out}/h | --precision float: a node's features at level 0
          gntk --input {out}/m.smi --node-labels both                     | molecules have no node attributes
          gntk verify --kernel {out}/nothing --input {in}                 | nothing does not exist
          gntk verify --kernel {out}/colors --data bzr                    | its kernel is between other graphs
          gntk verify --kernel {out}/colors --input {in} --pairs 0        | --pairs 0: must be between
          bench gntk --case mutag                                         | --case mutag: needs --sets
          bench gntk --case nothing                                       | --case nothing: no such case
          bench gntk --sets {out} --case mutag                            | no folder MUTAG in it
          """)
  void oneLineSaysWhatDoesNotFit(String words, String part) throws Exception {
    CommandRun run = run(words.strip());
    assertThat(run.exit()).as(run.err()).isEqualTo(2);
    assertThat(run.err().lines().filter(line -> line.startsWith("kindling: "))).hasSize(1);
    assertThat(run.err()).contains(part);
  }
}
