package dev.kindling.submit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What machines read of a run: lines of JSON, and figures for Prometheus. */
class LogFormatIT {
  @TempDir Path folder;

  private static List<JsonNode> objects(String text) throws Exception {
    List<JsonNode> objects = new ArrayList<>();
    for (String line : text.lines().toList()) {
      objects.add(new ObjectMapper().readTree(line));
    }
    return objects;
  }

  @Test
  void everyLineIsAnObjectThatNamesJobRunAndStage() throws Exception {
    Launcher.Finished end =
        Launcher.run(
                folder, "gntk --data bzr --output X --log json --prometheus bzr.prom".split(" "))
            .succeeded();
    String run =
        new ObjectMapper().readTree(folder.resolve("X/run.json").toFile()).path("run").asText();
    assertThat(objects(end.err())).isNotEmpty();
    for (JsonNode line : objects(end.err())) {
      assertThat(line.path("ts").asText()).matches("20\\d\\d-\\d\\d-\\d\\dT[0-9:.]+Z");
      assertThat(line.path("level").asText()).isEqualTo("INFO");
      assertThat(line.path("job").asText()).isEqualTo("gntk");
      assertThat(line.path("run").asText()).isEqualTo(run);
      assertThat(line.path("msg").asText()).contains(line.path("stage").asText());
    }
    String name = "[a-z_]+\\{job=\"gntk\",run=\"" + run + "\"(,[a-z]+=\"[^\"]*\")?}";
    List<String> samples = Files.readAllLines(folder.resolve("bzr.prom"));
    assertThat(samples).allMatch(s -> s.matches("# (HELP|TYPE) .*|" + name + " [-+0-9.E]+"));
    assertThat(samples).anyMatch(s -> s.startsWith("kindling_run_done{") && s.endsWith(" 1.0"));
    assertThat(samples).anyMatch(s -> s.matches(".*stage=\"levels\"} .*"));
  }

  @Test
  void anErrorIsOneObject() throws Exception {
    Launcher.Finished end = Launcher.run(folder, "gntk", "--data", "bzzr", "--log", "json");
    assertThat(end.exit()).isEqualTo(2);
    List<JsonNode> lines = objects(end.err());
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0).path("level").asText()).isEqualTo("ERROR");
    assertThat(lines.get(0).path("msg").asText()).contains("did you mean bzr?");
  }
}
