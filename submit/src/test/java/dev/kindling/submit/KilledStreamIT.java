package dev.kindling.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A stream that is killed: the epoch before answers as before, and given again, every line counts
 * once.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledStreamIT {
  private static final int FEATURES = 64;
  private static final String SECOND = "index/epochs/000000002.json";

  @TempDir static Path folder;
  private final Random random = new Random(20_309);
  @AutoClose private OneJvm jvm;
  private String before;
  private String after;
  private Map<String, String> whole;

  private Launcher.Finished kindling(String words) throws Exception {
    return jvm.run(words).succeeded();
  }

  private void write(String name, int... first) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(
        file,
        IntStream.of(first)
            .mapToObj(
                id ->
                    IntStream.range(0, FEATURES)
                        .mapToObj(j -> Integer.toString(random.nextInt(17)))
                        .collect(Collectors.joining(",", id + ",", "")))
            .toList());
  }

  /** What an index answers. */
  private String asked(String index) throws Exception {
    kindling(
        "ade query -q --overwrite --query-id-column first --queries q/1.csv --output asked --index "
            + index);
    return Folder.sha256(folder.resolve("asked/tables/neighbors"));
  }

  private static String stream(String index) {
    return "ade stream -q --point-updates pu --point-deletes pd --metric-updates mu --queries q"
        + " --constraints co --learner itml --upper 900 --lower 2000 --overwrite --output run-"
        + index
        + " --index "
        + index
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

  /** Names, without the stream's, and contents of what a stream has written. */
  private static Map<String, String> written(String index) throws IOException {
    Map<String, String> written = new TreeMap<>();
    for (String in :
        List.of("answers", "rejected", "index/points", "index/metric", "index/learner")) {
      try (Stream<Path> files = Files.list(folder.resolve(index).resolve(in))) {
        for (Path file : files.filter(f -> f.getFileName().toString().matches("\\d.*")).toList()) {
          String name = file.getFileName().toString().replaceFirst("-[0-9a-f]{32}-", "-");
          written.put(in + "/" + name, HexFormat.of().formatHex(Files.readAllBytes(file)));
        }
      }
    }
    return written;
  }

  @BeforeAll
  void aStreamThatNobodyDisturbs() throws Exception {
    jvm = OneJvm.in(folder);
    write("q/1.csv", IntStream.range(0, 300).toArray());
    write("pu/1.csv", 3, 1200, 5000, 5001);
    write("mu/1.csv", 0, 17, 0, 64);
    Files.createDirectory(folder.resolve("pd"));
    Files.write(folder.resolve("pd/1.csv"), List.of("7", "1500", "9999"));
    Files.createDirectory(folder.resolve("co"));
    Files.write(folder.resolve("co/1.csv"), List.of("0,10,1", "0,1,-1", "5,17,-1", "10,30,1"));
    kindling("ade build -q --data digits --output built");
    before = asked("built");
    copy("built", "whole");
    kindling(stream("whole") + " --until-done");
    after = asked("whole");
    assertThat(after).isNotEqualTo(before);
    whole = written("whole");
    assertThat(whole.keySet()).anyMatch(name -> name.startsWith("rejected/"));
  }

  /** How many files there are whose coming is the moment. */
  private static int found(String moment, Path index) {
    return switch (moment) {
      case "planned" -> there(index.resolve("stream/spark/offsets/0"));
      case "points", "learner" -> Folder.count(index.resolve("index/" + moment), "000000002-");
      case "epoch" -> there(index.resolve(SECOND));
      default -> there(index.resolve("answers/000000000000-00000.parquet"));
    };
  }

  private static int there(Path file) {
    return Files.exists(file) ? 1 : 0;
  }

  /** Killed at one moment after the other, each time going on from what the last has left. */
  @Test
  void everyLineCountsOnce() throws Exception {
    copy("built", "killed");
    Path index = folder.resolve("killed");
    Path second = index.resolve(SECOND);
    for (String moment : List.of("planned", "learner", "points", "epoch", "answers")) {
      // Each try writes its points and learner anew, until the epoch is there; the others come
      // once.
      boolean anew = moment.matches("points|learner");
      int old = anew ? found(moment, index) : 0;
      try (Launcher run = Launcher.start(folder, stream("killed").split(" "))) {
        run.until(() -> found(moment, index) > old || (anew && Files.exists(second)));
        run.kill();
      }
      assertThat(asked("killed")).as(moment).isEqualTo(Files.exists(second) ? after : before);
    }
    kindling(stream("killed") + " --until-done");
    assertThat(asked("killed")).isEqualTo(after);
    assertThat(index.resolve("index/epochs/000000003.json")).doesNotExist();
    assertThat(written("killed")).isEqualTo(whole);
  }

  @Test
  void stoppedItEndsWithItsMicroBatch() throws Exception {
    copy("built", "stopped");
    try (Launcher run = Launcher.start(folder, stream("stopped").split(" "))) {
      run.until(() -> found("epoch", folder.resolve("stopped")) > 0);
      run.signal("INT");
      Launcher.Finished finished = run.end();
      assertThat(finished.exit()).as(finished.err()).isEqualTo(130);
      assertThat(finished.out()).contains("micro-batches 1, epochs made 1");
    }
    assertThat(folder.resolve("run-stopped/_SUCCESS")).exists();
    assertThat(written("stopped")).isEqualTo(whole);
    assertThat(kindling(stream("stopped") + " --until-done").out()).contains("micro-batches 0,");
  }
}
