package dev.kindling.submit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Command line, then {@code --conf spark.kindling.*}, then the file, then the default. */
class OptionSourcesIT {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          options.conf | gntk { blocks = 5, mlp = 5 }%nfactor = 3%n
          options.properties | gntk.blocks=5%nmlp=5%ngntk.factor=3%n
          """)
  void theNearerSourceWins(String name, String text) throws Exception {
    Files.writeString(folder.resolve(name), String.format(text));
    Files.writeString(folder.resolve("g.txt"), "2\n2 0\n0 1 1\n1 1 0\n1 1\n0 0\n");
    Launcher.run(
            folder,
            "gntk",
            "--input",
            "g.txt",
            "--task=none",
            "--blocks",
            "2",
            "--conf",
            "spark.kindling.blocks=4",
            "--conf=spark.kindling.gntk.mlp=3",
            "--config",
            name,
            "--output",
            "X")
        .succeeded();
    JsonNode options = new ObjectMapper().readTree(folder.resolve("X/run.json").toFile());
    assertThat(options.path("options").path("blocks").asInt()).isEqualTo(2);
    assertThat(options.path("options").path("mlp").asInt()).isEqualTo(3);
    assertThat(options.path("options").path("factor").asDouble()).isEqualTo(3);
    assertThat(options.path("options").path("scale").asText()).isEqualTo("uniform");
  }
}
