package dev.kindling.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindling.BadInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FinishedRunTest {
  private static final String HEAD =
      "{\"job\":\"j\",\"version\":\"1\",\"input\":\"x\",\"input_fingerprint\":\"f\",";

  @TempDir Path folder;

  private FinishedRun open(String json) throws Exception {
    Files.writeString(folder.resolve("run.json"), json);
    Files.writeString(folder.resolve("_SUCCESS"), "");
    return FinishedRun.open("--runs", folder.toString(), new Configuration());
  }

  @Test
  void whatARunRecordsComesBack() throws Exception {
    RunRecord record = new RunRecord();
    record.put("job", "datasets convert");
    record.put("version", "1.2");
    record.put("input", "bzr");
    record.put("input_fingerprint", "ab");
    record.put("options", java.util.Collections.singletonMap("label-column", null));
    record.metric("rows", 3);
    record.metric("rmse", 0.5);
    record.metric("score", "rmse");
    record.metric("colors", new long[] {1, 2});
    record.timing("read", 1.25);
    record.timing("read", 0.25);
    FinishedRun run = open(record.json());
    assertThat(run.job()).isEqualTo("datasets convert");
    assertThat(run.options()).containsEntry("label-column", null);
    assertThat(run.scalars()).isEqualTo(Map.of("rows", 3L, "rmse", 0.5, "score", "rmse"));
    assertThat(run.timings()).isEqualTo(Map.of("read", 1.5));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          `` | run.json
          {"job": | run.json is no JSON
          [] | run.json is not an object
          {"job":1} | run.json has no text job
          HEAD "metrics":{},"timings":[]} | run.json has no options
          HEAD "options":{},"metrics":[],"timings":[]} | run.json has no metrics
          HEAD "options":{},"metrics":{}} | run.json has no timings
          HEAD "options":{},"metrics":{},"timings":[{"stage":"s","seconds":"1"}]} | run.json has a timing without
          HEAD "options":{},"metrics":{},"timings":[{"stage":"s","seconds":-1}]} | run.json has a timing without
          """)
  void anythingElseIsNamed(String json, String part) {
    assertThatThrownBy(() -> open(json.replace("HEAD ", HEAD)))
        .isInstanceOf(BadInput.class)
        .hasMessageStartingWith("--runs " + folder)
        .hasMessageContaining(part);
  }

  @Test
  void aRecordOfAnyLengthIsNotReadToItsEnd() {
    String padded = HEAD + "\"pad\":\"" + "x".repeat(17 << 20) + "\"}";
    assertThatThrownBy(() -> open(padded))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("run.json is longer than 16 MiB");
  }

  @Test
  void anUnfinishedRunIsNone() throws Exception {
    Files.writeString(folder.resolve("run.json"), "{}");
    assertThatThrownBy(() -> FinishedRun.open("--kernel", folder.toString(), new Configuration()))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("it has no _SUCCESS");
    Files.delete(folder.resolve("run.json"));
    assertThatThrownBy(() -> FinishedRun.open("--kernel", folder.toString(), new Configuration()))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("it has no run.json");
  }
}
