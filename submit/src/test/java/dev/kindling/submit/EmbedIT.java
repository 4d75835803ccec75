package dev.kindling.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The example of a project outside, built on what {@code mvn install} publishes. */
class EmbedIT {
  private static final Path SUBMIT = Launcher.script().getParent();
  private static final Path EXAMPLE = SUBMIT.resolve("examples/app");
  private static final Path PUBLISHED = SUBMIT.resolve("target/repository/dev/kindling");

  @TempDir static Path folder;
  private static Path app;
  private static Launcher.Finished finished;

  @BeforeAll
  static void buildAndRun() throws Exception {
    app = folder.resolve("app");
    copy(EXAMPLE.resolve("pom.xml"), app.resolve("pom.xml"));
    copy(EXAMPLE.resolve("src"), app.resolve("src"));
    List<String> words =
        new ArrayList<>(
            List.of("-B", "-q", "-ntp", "-Dmaven.repo.local=" + repository(), "package"));
    if (System.getProperty("kindling.maven.network").equals("offline true")) {
      words.add("-o");
    }
    Path mvn = Path.of(System.getProperty("kindling.maven"));
    Launcher.Finished built = run(mvn, words.toArray(String[]::new));
    assertThat(built.exit()).as(built.out() + built.err()).isZero();
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    finished = run(java, "-Xmx1g", Launcher.FAST_START, "-jar", "target/app.jar").succeeded();
  }

  private static Launcher.Finished run(Path program, String... words) throws Exception {
    try (Launcher launcher = Launcher.start(app, Map.of(), program, words)) {
      return launcher.end();
    }
  }

  /** The local Maven repository by links, but of Kindling what this build publishes. */
  private static Path repository() throws IOException {
    Path local = Path.of(System.getProperty("kindling.maven.repository"));
    Path repository = folder.resolve("repository");
    link(local, repository, "dev");
    link(local.resolve("dev"), repository.resolve("dev"), "kindling");
    Files.createSymbolicLink(repository.resolve("dev/kindling"), PUBLISHED);
    return repository;
  }

  private static void link(Path from, Path to, String without) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> children = Files.list(from)) {
      for (Path child : children.toList()) {
        Path name = child.getFileName();
        if (!name.toString().equals(without)) {
          Files.createSymbolicLink(to.resolve(name), child);
        }
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> walk = Files.walk(from)) {
      for (Path path : walk.toList()) {
        Path target = to.resolve(from.relativize(path).toString());
        Files.createDirectories(Files.isDirectory(path) ? target : target.getParent());
        if (!Files.isDirectory(path)) {
          Files.copy(path, target);
        }
      }
    }
  }

  @Test
  void aKernelIsCrossValidatedInAPipelineAndLoadedAgain() {
    assertThat(figures("ridge: RMSE ([0-9.]+), 2 blocks ([0-9.]+)"))
        .allMatch(error -> 0.5 < error && error < 1.3);
    assertThat(figures("ridge: RMSE of its own rows, loaded ([0-9.]+)"))
        .allMatch(error -> 0 < error && error < 0.9);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"perceptron: accuracy ([0-9.]+)", "neighbors: accuracy ([0-9.]+), loaded"})
  void classesAreFound(String line) {
    assertThat(figures(line).get(0)).isBetween(0.9, 1.0);
  }

  private static List<Double> figures(String line) {
    Pattern pattern = Pattern.compile(line);
    return finished
        .out()
        .lines()
        .map(pattern::matcher)
        .filter(Matcher::matches)
        .findFirst()
        .map(
            match ->
                IntStream.rangeClosed(1, match.groupCount())
                    .mapToObj(i -> Double.valueOf(match.group(i)))
                    .toList())
        .orElseThrow(() -> new AssertionError(line + " is not in " + finished.out()));
  }

  /**
   * The jars of local mode, which are those that Spark ships, but for two that a direct dependency
   * on hadoop-client-runtime brings, and Spark's part for YARN.
   */
  @Test
  void theProjectResolvesTheVersionsOfSpark() throws Exception {
    String classpath = Files.readString(SUBMIT.resolve("target/kindling.classpath")).strip();
    List<String> ours =
        Arrays.stream(classpath.split(":"))
            .map(jar -> Path.of(jar).getFileName().toString())
            .filter(jar -> !jar.matches("(commons-logging|jsr305|spark-yarn_2.13)-.*"))
            .toList();
    try (Stream<Path> jars = Files.list(app.resolve("target/lib"))) {
      assertThat(jars.map(jar -> jar.getFileName().toString())).containsAll(ours);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"common", "datasets", "jobs"})
  void aPublishedPomStandsAlone(String module) throws Exception {
    String version = System.getProperty("kindling.version");
    String name = "kindling-" + module;
    String pom =
        Files.readString(
            PUBLISHED.resolve(name).resolve(version + "/" + name + "-" + version + ".pom"));
    assertThat(pom)
        .contains("<artifactId>scala-library</artifactId>", "<name>Apache-2.0</name>")
        .doesNotContain("${", "<parent>", "junit");
  }

  @Test
  void theSnippetsOfTheReadmeAreOfTheExample() throws Exception {
    String readme = Files.readString(SUBMIT.resolveSibling("README.md"));
    String section = readme.split("\n## As a library\n", 2)[1].split("\n## ", 2)[0];
    assertThat(squeezed(Files.readString(EXAMPLE.resolve("src/main/java/example/App.java"))))
        .contains(squeezed(block(section, "java")));
    assertThat(squeezed(Files.readString(EXAMPLE.resolve("pom.xml"))))
        .contains(squeezed(block(section, "xml")));
  }

  private static String block(String markdown, String language) {
    return markdown.split("```" + language + "\n", 2)[1].split("```", 2)[0];
  }

  /** Without indentation. */
  private static String squeezed(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }
}
