package dev.kindling.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunRecordTest {
  private final RunRecord record = new RunRecord();

  @Test
  void fieldsTimingsAndMetricsStandInOrder() throws Exception {
    record.put("job", "gntk");
    Map<String, Object> options = new HashMap<>();
    options.put("input", null);
    options.put("blocks", 1);
    record.put("options", options);
    record.timing("start", 1.23456);
    record.timing("kernel", 2);
    record.metric("accuracy", 0.1 + 0.2);
    record.metric("folds", List.of(1, 2));
    JsonNode json = new ObjectMapper().readTree(record.json());
    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly("job", "options", "timings", "metrics");
    assertThat(json.at("/options/input").isNull()).isTrue();
    assertThat(json.at("/options/blocks").asInt()).isEqualTo(1);
    assertThat(json.at("/timings/0/stage").asText()).isEqualTo("start");
    assertThat(json.at("/timings/0/seconds").asDouble()).isEqualTo(1.235);
    assertThat(json.at("/metrics/accuracy").asDouble()).isEqualTo(0.1 + 0.2);
    assertThat(json.at("/metrics/folds/1").asInt()).isEqualTo(2);
    assertThat(record.json()).endsWith("}\n");
  }

  @Test
  void textOfAnyKindSurvives() throws Exception {
    String text = "ρ \"quoted\" \\ \n\t山";
    record.put("input", text);
    assertThat(new ObjectMapper().readTree(record.json()).get("input").asText()).isEqualTo(text);
  }

  @Test
  void numbersThatAreNoneDoNotBreakTheFile() throws Exception {
    record.metric("loss", Double.NaN);
    record.metric("step", Double.POSITIVE_INFINITY);
    record.line(new HashMap<>(Map.of("loss", Double.NaN)));
    JsonNode json = new ObjectMapper().readTree(record.json());
    assertThat(json.at("/metrics/loss").asText()).isEqualTo("NaN");
    assertThat(json.at("/metrics/step").asText()).isEqualTo("Infinity");
    assertThat(record.metricLines()).isEqualTo("{\"loss\":\"NaN\"}\n");
  }

  @Test
  void everyStageIsALineOfMetrics() throws Exception {
    record.timing("start", 0.5);
    record.line(Map.of("step", 1, "loss", 0.25));
    record.timing("kernel", 0.25);
    List<String> lines = Arrays.asList(record.metricLines().split("\n"));
    assertThat(lines)
        .containsExactly(
            "{\"seconds\":0.5,\"stage\":\"start\"}",
            "{\"loss\":0.25,\"step\":1}",
            "{\"seconds\":0.25,\"stage\":\"kernel\"}");
  }
}
