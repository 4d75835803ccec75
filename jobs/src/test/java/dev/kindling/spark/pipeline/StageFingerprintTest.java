package dev.kindling.spark.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageFingerprintTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void anInput() throws Exception {
    Files.createDirectories(folder.resolve("in/deep"));
    file = Files.writeString(folder.resolve("in/deep/a.txt"), "one");
    Files.writeString(folder.resolve("in/b.txt"), "two");
  }

  private String content() {
    ContentHash hash =
        new ContentHash(
            new Configuration(),
            () -> {
              throw new AssertionError("a small input needs no Spark");
            });
    return hash.of(folder.resolve("in").toString());
  }

  private static Stage stage(String name, Map<String, String> options, String... uses) {
    return new Stage(
        name, null, "gntk", "X/" + name, options, List.of(uses), List.of("in"), 0, Duration.ZERO);
  }

  private static List<String> texts(String content, Stage... stages) {
    List<String> texts = new ArrayList<>();
    StageFingerprint.of(List.of(stages), path -> content)
        .values()
        .forEach(p -> texts.add(p.text()));
    return texts;
  }

  @Test
  void sameSizeAndTimeWithOtherBytesIsOtherContent() throws Exception {
    String before = content();
    FileTime time = Files.getLastModifiedTime(file);
    Files.writeString(file, "eno");
    Files.setLastModifiedTime(file, time);
    assertThat(content()).isNotEqualTo(before);
  }

  @Test
  void timesAndHiddenFilesDoNotCountNamesDo() throws Exception {
    String before = content();
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
    Files.writeString(folder.resolve("in/_SUCCESS"), "");
    Files.writeString(folder.resolve("in/.hidden"), "x");
    assertThat(content()).isEqualTo(before);
    Files.move(file, file.resolveSibling("z.txt"));
    assertThat(content()).isNotEqualTo(before);
  }

  @Test
  void optionsContentAndUsedStagesDecideNamesOfStagesDoNot() {
    Map<String, String> reading = Map.of("input", "${a}/tables");
    List<String> before = texts("c", stage("a", Map.of("blocks", "2")), stage("b", reading, "a"));
    assertThat(texts("c", stage("a", Map.of("blocks", "2")), stage("b", reading, "a")))
        .isEqualTo(before);
    List<String> renamed =
        texts(
            "c",
            stage("z", Map.of("blocks", "2")),
            stage("b", Map.of("input", "${z}/tables"), "z"));
    assertThat(renamed).isEqualTo(before);
    List<String> option = texts("c", stage("a", Map.of("blocks", "3")), stage("b", reading, "a"));
    List<String> content = texts("d", stage("a", Map.of("blocks", "2")), stage("b", reading, "a"));
    for (int i = 0; i < 2; i++) {
      assertThat(option.get(i)).isNotEqualTo(before.get(i));
      assertThat(content.get(i)).isNotEqualTo(before.get(i)).isNotEqualTo(option.get(i));
    }
  }

  @Test
  void theDifferenceIsNamed() {
    StageFingerprint two = one("c", stage("a", Map.of("blocks", "2")));
    StageFingerprint three = one("c", stage("a", Map.of("blocks", "3")));
    assertThat(three.difference(two.parts())).isEqualTo("option blocks 2 → 3");
    assertThat(one("d", stage("a", Map.of("blocks", "2"))).difference(two.parts()))
        .isEqualTo("input in changed");
    Map<String, String> old = new java.util.TreeMap<>(two.parts());
    old.put("build", "another");
    assertThat(two.difference(old)).isEqualTo("code changed");
  }

  private static StageFingerprint one(String content, Stage stage) {
    return StageFingerprint.of(List.of(stage), path -> content).get(stage.name());
  }
}
