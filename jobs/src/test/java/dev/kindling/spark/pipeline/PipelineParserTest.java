package dev.kindling.spark.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindling.BadInput;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PipelineParserTest {
  private static PipelineText parse(String text) {
    return PipelineParser.parse("p.yaml", "p", text);
  }

  @Test
  void aFileInFull() {
    PipelineText pipeline =
        parse(
            """
            name: molecules
            home: runs/${date}
            parameters: {blocks: 3, factor: 1e0}
            retries: 5
            stages:
              - name: kernel
                job: gntk
                input: graphs.txt
                jk: false
                runs: [a, "${b}"]
                backoff: 2m
                output: X
              - {name: model, job: datasets convert, retries: 0, after: kernel}
            """);
    assertThat(pipeline.name()).isEqualTo("molecules");
    assertThat(pipeline.home().text()).isEqualTo("runs/${date}");
    assertThat(pipeline.parameters()).isEqualTo(Map.of("blocks", "3", "factor", "1e0"));
    StageText kernel = pipeline.stages().get(0);
    assertThat(kernel.options().keySet()).containsExactly("input", "jk", "runs");
    assertThat(kernel.options().get("runs").values()).hasSize(2);
    assertThat(kernel.retries()).isEqualTo(5);
    assertThat(kernel.backoff()).isEqualTo(Duration.ofMinutes(2));
    StageText model = pipeline.stages().get(1);
    assertThat(model.job()).containsExactly("datasets", "convert");
    assertThat(model.retries()).isZero();
    assertThat(model.backoff()).isEqualTo(Duration.ofSeconds(10));
    assertThat(model.after()).containsExactly("kernel");
    assertThat(model.place()).hasToString("p.yaml:13");
  }

  @Test
  void aListOfStagesAlone() {
    PipelineText pipeline = parse("- {name: kernel, job: gntk, data: bzr}\n");
    assertThat(pipeline.name()).isEqualTo("p");
    assertThat(pipeline.home().text()).isEqualTo("kindling-runs/p");
    assertThat(pipeline.stages()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          `` | p.yaml:1: empty
          stages: [ | p.yaml:1: not YAML
          a: 1%na: 2 | key a is given twice
          nam: x%nstages: [] | p.yaml:1: unknown key nam; did you mean name?
          name: x | no stages
          stages: [] | p.yaml:1: no stages
          stages: {a: 1} | p.yaml:1: stages should be a list
          just text | the pipeline should be a map
          - text | p.yaml:1: a stage should be a map
          - {name: a} | p.yaml:1: a stage without job
          - {job: gntk} | p.yaml:1: a stage without name
          - {name: a, job: gntk}%n- {name: a, job: gntk} | p.yaml:2: the name a is taken
          - {name: history, job: gntk} | p.yaml:1: stage 'history'
          - {name: a b, job: gntk} | p.yaml:1: stage 'a b'
          - name: a%n  job: gntk%n  blocks:%n | p.yaml:3: blocks is empty
          - name: a%n  job: gntk%n  blocks: {x: 1} | p.yaml:3: blocks should be one value
          - name: a%n  job: gntk%n  blocks: [[1]] | p.yaml:3: blocks should be one value
          - name: a%n  job: gntk%n  runs: ["x,y"] | p.yaml:3: 'x,y': a value in a list
          - name: a%n  job: gntk%n  runs: [] | p.yaml:3: runs is an empty list
          - name: a%n  job: gntk%n  blocks: 1%n  blocks: 2 | key blocks is given twice
          - name: a%n  job: gntk%n  blocks: !!java.io.File x | p.yaml:3: blocks has the type
          - name: a%n  job: gntk%n  retries: many | p.yaml:3: retries many
          - name: a%n  job: gntk%n  backoff: soon | p.yaml:3: backoff soon
          - name: a%n  job: gntk%n  runs: [${a}] | p.yaml:3: not YAML
          parameters: {date: 1}%nstages: [] | parameter 'date'
          parameters: {a: [1]}%nstages: [] | p.yaml:1: parameter a should be one value
          [[[[[[[[[[[[1]]]]]]]]]]]] | p.yaml:1: nested more than 10 deep
          - &a [*a] | p.yaml:1: a stage should be a map
          --- 1%n--- 2 | not YAML
          """)
  void anErrorHasFileAndLine(String text, String message) {
    assertThatThrownBy(() -> parse(String.format(text)))
        .isInstanceOf(BadInput.class)
        .hasMessageStartingWith("p.yaml:")
        .hasMessageContaining(message);
  }

  @Test
  void muchTextManyAliasesAndControlCharactersAreRefused() {
    assertThatThrownBy(() -> parse("#" + "x".repeat(YamlText.MOST_CHARACTERS)))
        .hasMessageContaining("more than 1 MiB");
    assertThatThrownBy(() -> parse("a: &a 1\nb: [" + "*a, ".repeat(200) + "]"))
        .hasMessageContaining("p.yaml:2: more than 100 aliases");
    assertThatThrownBy(() -> parse("a: 1\nb: \u0001\n"))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("p.yaml:2: ");
    assertThatThrownBy(() -> parse("[".repeat(100_000))).hasMessageContaining("nested more than");
  }

  @Test
  void variablesAreFilledInAndEscaped() {
    Place place = new Place("p.yaml", 7);
    Map<String, String> values = Map.of("a", "1$", "b", "${a}");
    assertThat(new Template(place, "x${a}y${ b }$${a}$z").fill(values::get))
        .isEqualTo("x1$y${a}${a}$z");
    assertThatThrownBy(() -> new Template(place, "${a").fill(values::get))
        .hasMessageStartingWith("p.yaml:7: ");
  }
}
