package dev.kindling.submit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The two fallbacks of OpenBLAS, chosen by hand. */
class BlasModesIT {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"java, Java", "vector, Vector"})
  void theRecordNamesItAndTheSameOneGivesTheSameBytes(String mode, String part) throws Exception {
    for (String run : new String[] {"first", "second"}) {
      Launcher.run(folder, "gntk", "--data", "bzr", "--blas", mode, "--output", run).succeeded();
      JsonNode json = new ObjectMapper().readTree(folder.resolve(run + "/run.json").toFile());
      assertThat(json.path("options").path("blas").asText()).isEqualTo(mode);
      assertThat(json.path("executors").path(0).path("blas").asText()).contains(part);
    }
    assertThat(Folder.sha256(folder.resolve("first/tables")))
        .isEqualTo(Folder.sha256(folder.resolve("second/tables")));
  }
}
