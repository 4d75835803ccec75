package dev.kindling.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An update of an index that is killed: the epoch before answers as before, and resumed, the update
 * is there once.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledUpdateIT {
  private static final int FEATURES = 64;

  @TempDir static Path folder;
  private final Random random = new Random(20_256);
  @AutoClose private OneJvm jvm;
  private String before;
  private String after;

  private Launcher.Finished kindling(String words) throws Exception {
    return jvm.run(words).succeeded();
  }

  private void write(String name, int... first) throws IOException {
    Files.write(
        folder.resolve(name),
        IntStream.of(first)
            .mapToObj(
                id ->
                    IntStream.range(0, FEATURES)
                        .mapToObj(j -> Integer.toString(random.nextInt(17)))
                        .collect(Collectors.joining(",", id < 0 ? "" : id + ",", "")))
            .toList());
  }

  /** What an index answers. */
  private String answers(String index) throws Exception {
    kindling("ade query -q --overwrite --index " + index + " --queries queries.csv --output asked");
    return Folder.sha256(folder.resolve("asked/tables/neighbors"));
  }

  private static String update(String index, String output) {
    return "ade update -q --index "
        + index
        + " --point-updates points.csv --point-deletes gone.txt --metric-updates metric.csv --output "
        + output
        + " --conf spark.local.dir="
        + folder.resolve("scratch");
  }

  private static void copy(String from, String to) throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve(from))) {
      for (Path path : all.toList()) {
        Files.copy(path, folder.resolve(to).resolve(folder.resolve(from).relativize(path)));
      }
    }
  }

  @BeforeAll
  void anUpdateThatNobodyDisturbs() throws Exception {
    jvm = OneJvm.in(folder);
    write("queries.csv", IntStream.range(0, 30).map(q -> -1).toArray());
    write("points.csv", 3, 1200, 5000, 5001);
    write("metric.csv", 0, 17, 0);
    Files.write(folder.resolve("gone.txt"), List.of("7", "1500"));
    kindling("ade build -q --data digits --output built");
    before = answers("built");
    copy("built", "whole");
    kindling(update("whole", "whole-update"));
    after = answers("whole");
    assertThat(after).isNotEqualTo(before);
  }

  /** Whether a file of the update is there whose coming is the moment. */
  private static boolean isThere(String moment, String index, String output) {
    Path in = folder.resolve(index + "/index");
    return switch (moment) {
      case "name" -> Files.exists(folder.resolve("." + output + ".unfinished/work/update-name"));
      case "points", "metric" -> Folder.count(in.resolve(moment), "000000002-") > 0;
      default -> Files.exists(in.resolve("epochs/000000002.json"));
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"name", "points", "metric", "epoch"})
  void isThereOnceOrNotAtAll(String moment) throws Exception {
    String index = "index-" + moment;
    String output = "update-" + moment;
    copy("built", index);
    try (Launcher run = Launcher.start(folder, update(index, output).split(" "))) {
      run.until(() -> isThere(moment, index, output));
      run.kill();
    }
    Path second = folder.resolve(index + "/index/epochs/000000002.json");
    assertThat(answers(index)).isEqualTo(Files.exists(second) ? after : before);
    if (Files.exists(folder.resolve("." + output + ".unfinished"))) {
      kindling(update(index, output) + " --resume");
    }
    assertThat(folder.resolve(output + "/_SUCCESS")).exists();
    assertThat(answers(index)).isEqualTo(after);
    assertThat(folder.resolve(index + "/index/epochs/000000003.json")).doesNotExist();
  }
}
