package dev.kindling.spark.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
  @TempDir Path home;
  private History history;

  @BeforeEach
  void aHome() {
    history = new History(new org.apache.hadoop.fs.Path(home.toUri()), new Configuration());
  }

  @Test
  void aRunThatNeverEndedIsToldByTheNext() {
    history.start("1", "2026-11-20T00:00:00Z", "ann");
    assertThat(history.runs().get(0).path("status").asText()).isEqualTo("running");
    history.start("2", "2026-11-21T00:00:00Z", "ben");
    history.end("2", "2026-11-21T00:00:09.5Z", "done", 0, Map.of("a", "done", "b", "skipped"));
    assertThat(history.runs().get(0).path("status").asText()).isEqualTo("killed");
    assertThat(history.runs().get(1).path("exit").asInt(-1)).isZero();
    assertThat(home.toFile().list()).containsExactly("history.jsonl");
    assertThat(HistoryCommand.table(history.runs()))
        .hasSize(3)
        .last()
        .asString()
        .contains("done", "9.5", "1 done, 1 skipped", "ben");
  }

  @Test
  void itIsBounded() throws Exception {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < History.MOST; i++) {
      text.append("{\"run\":\"").append(i).append("\"}\n");
    }
    Files.writeString(home.resolve("history.jsonl"), text + "damaged {\n");
    history.start("new", "2026-11-20T00:00:00Z", "ann");
    assertThat(history.runs()).hasSize(History.MOST);
    assertThat(history.runs().get(0).path("run").asText()).isEqualTo("1");
  }
}
