package dev.kindling.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Maths and readers serve users of Java, too: their messages name no option of a shell. */
class MessagesTest {
  /** Of ours; spark-submit has one that matters to both. */
  private static final Pattern OPTION = Pattern.compile("\"[^\"]*--(?!jars)[a-z][a-z-]+");

  @Test
  void noMessageNamesAnOptionOfTheCommandLine() throws IOException {
    List<Path> sources;
    try (Stream<Path> here = Files.walk(Path.of("src/main/java"));
        Stream<Path> common = Files.walk(Path.of("../common/src/main/java"))) {
      sources = Stream.concat(here, common).filter(f -> f.toString().endsWith(".java")).toList();
    }
    assertThat(sources).hasSizeGreaterThan(200);
    for (Path source : sources) {
      assertThat(Files.readAllLines(source))
          .as("%s: name settings by SettingName", source)
          .noneMatch(line -> OPTION.matcher(line).find());
    }
  }
}
