package dev.kindling.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One jar, compiled against one Spark, with the jars of others: the figures are the same. */
class SparkVersionsIT {
  private static final String TEXT =
      """
      parameters: {to: X}
      home: ${to}
      stages:
        - name: gntk
          job: gntk
          input: g.txt
          blocks: 2
          folds: 4
          export: csv
        - name: train
          job: train
          input: points.csv
          label-column: label
          epochs: 3
          export: csv
        - name: ade
          job: ade
          input: points.csv
          label-column: label
          metric: estimate:ledoit-wolf
          export: csv
      """;

  /** Versions as Spark's own build has them, which is what its distributions hold. */
  private static final String POM =
      """
      <project xmlns="http://maven.apache.org/POM/4.0.0">
        <modelVersion>4.0.0</modelVersion>
        <groupId>test</groupId>
        <artifactId>spark</artifactId>
        <version>VERSION</version>
        <dependencyManagement>
          <dependencies>
            <dependency>
              <groupId>org.apache.spark</groupId>
              <artifactId>spark-parent_2.13</artifactId>
              <version>VERSION</version>
              <type>pom</type>
              <scope>import</scope>
            </dependency>
          </dependencies>
        </dependencyManagement>
        <dependencies>
          <dependency>
            <groupId>org.apache.spark</groupId>
            <artifactId>spark-mllib_2.13</artifactId>
            <version>VERSION</version>
          </dependency>
        </dependencies>
      </project>
      """;

  @TempDir static Path folder;
  private static Map<String, String> expected;

  @BeforeAll
  static void onTheSparkOfTheBuild() throws Exception {
    RandomGraphs.write(folder.resolve("g.txt"), 20_260, 60, 10, 3);
    Random random = new Random(20_260);
    StringBuilder points = new StringBuilder("x,y,label\n");
    for (int i = 0; i < 300; i++) {
      int label = i % 3;
      points.append(label + random.nextGaussian() / 4).append(',');
      points.append(random.nextGaussian()).append(',').append(label).append('\n');
    }
    Files.writeString(folder.resolve("points.csv"), points);
    Files.writeString(folder.resolve("p.yaml"), TEXT);
    expected = tables(System.getProperty("kindling.spark.version"), Map.of());
    assertThat(expected).containsOnlyKeys("gntk", "train", "ade");
  }

  /** The jobs' tables by job, as text: Parquet files also hold the version of their writer. */
  private static Map<String, String> tables(
      String version, Map<String, String> environment, String... more) throws Exception {
    List<String> words =
        new ArrayList<>(List.of("pipeline", "run", "p.yaml", "-q", "--set", "to=" + version));
    words.addAll(List.of(more));
    try (Launcher launcher =
        Launcher.start(folder, environment, Launcher.script(), words.toArray(String[]::new))) {
      launcher.end().succeeded();
    }
    Map<String, String> tables = new TreeMap<>();
    for (String job : List.of("gntk", "train", "ade")) {
      Path run = folder.resolve(version).resolve(job);
      assertThat(Files.readString(run.resolve("run.json")))
          .contains("\"spark\" : \"" + version + "\"");
      tables.put(job, Folder.sha256(run.resolve("csv")));
    }
    return tables;
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.0.1", "4.1.0"})
  void anOlderSparkGivesTheSameTables(String version) throws Exception {
    Map<String, String> environment = Map.of("SPARK_HOME", home(version).toString());
    String[] words = {"--master", "local[2]", "--spark", "--name", "older"};
    assertThat(tables(version, environment, words)).isEqualTo(expected);
  }

  @Test
  void theReadmeNamesTheVersions() throws Exception {
    assertThat(Files.readString(Launcher.script().getParent().resolveSibling("README.md")))
        .contains("4.0.1", "4.1.0", System.getProperty("kindling.spark.version"));
  }

  /**
   * A folder {@code jars} with links to a Spark's jars, which Maven finds; kept as the build is.
   */
  private static Path home(String version) throws Exception {
    Path home =
        Files.createDirectories(Launcher.script().resolveSibling("target/spark-" + version));
    if (Files.exists(home.resolve("jars"))) {
      return home;
    }
    Files.writeString(home.resolve("pom.xml"), POM.replace("VERSION", version));
    List<String> words =
        new ArrayList<>(
            List.of(
                "-B",
                "-q",
                "-ntp",
                "-Dmaven.repo.local=" + System.getProperty("kindling.maven.repository"),
                "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath",
                "-DincludeScope=runtime",
                "-Dmdep.outputFile=classpath"));
    boolean offline = System.getProperty("kindling.maven.network").equals("offline true");
    if (offline) {
      words.add("-o");
    }
    Path mvn = Path.of(System.getProperty("kindling.maven"));
    try (Launcher launcher = Launcher.start(home, Map.of(), mvn, words.toArray(String[]::new))) {
      Launcher.Finished resolved = launcher.end();
      assumeTrue(
          resolved.exit() == 0 || !offline,
          "Spark " + version + " is not in the local Maven repository, and Maven is offline");
      assertThat(resolved.exit()).as(resolved.out() + resolved.err()).isZero();
    }
    Path jars = Files.createTempDirectory(home, "jars");
    for (String jar : Files.readString(home.resolve("classpath")).strip().split(":")) {
      Files.createSymbolicLink(jars.resolve(Path.of(jar).getFileName()), Path.of(jar));
    }
    Files.move(jars, home.resolve("jars"));
    return home;
  }

  @Test
  void whatIsNoSpark4IsRefused() throws Exception {
    for (String jar : List.of("", "spark-core_2.12-3.5.7.jar")) {
      Path home = Files.createDirectories(folder.resolve("home"));
      Files.createDirectories(home.resolve("jars"));
      if (!jar.isEmpty()) {
        Files.createFile(home.resolve("jars").resolve(jar));
      }
      try (Launcher launcher =
          Launcher.start(
              folder,
              Map.of("SPARK_HOME", home.toString()),
              Launcher.script(),
              "gntk",
              "--data",
              "bzr",
              "--master",
              "spark://127.0.0.1:1")) {
        launcher
            .end()
            .isRefusedWith(
                "SPARK_HOME=" + home, jar.isEmpty() ? "no Spark in its folder jars" : jar);
      }
    }
  }
}
