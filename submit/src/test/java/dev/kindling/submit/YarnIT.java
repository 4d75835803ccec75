package dev.kindling.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** {@code --master yarn} on a real YARN with a real HDFS, in both deploy modes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ResourceLock("a cluster's worth of memory")
class YarnIT {
  private static final String YARN_LOGS = "; its log: yarn logs -applicationId application_";

  @TempDir static Path folder;
  private RealHdfs hdfs;
  private RealYarn yarn;
  private Path configuration;
  private String tables;

  @BeforeAll
  void start() throws Exception {
    RandomGraphs.write(folder.resolve("g.txt"), 20_259, 60, 12, 4);
    String words = "gntk --task none --blocks 2 --input g.txt --output local";
    try (Launcher local = Launcher.start(folder, words.split(" "))) {
      hdfs = RealHdfs.start(folder);
      hdfs.put(folder.resolve("g.txt"));
      yarn = RealYarn.start(hdfs.uri(""));
      configuration = yarn.configuration(folder.resolve("conf"));
      local.end().succeeded();
    }
    tables = Folder.sha256(folder.resolve("local/tables"));
  }

  @AfterAll
  void stop() {
    if (yarn != null) {
      yarn.close();
    }
    hdfs.close();
  }

  private static Launcher kindling(Path configuration, String words) throws Exception {
    List<String> all = new ArrayList<>(List.of(words.split(" ")));
    int at = all.contains("--spark") ? all.indexOf("--spark") : all.size();
    String jars = "local:" + Launcher.script().resolveSibling("target/spark/jars") + "/*";
    all.addAll(
        at,
        List.of(
            "--master",
            "yarn",
            "--conf",
            "spark.yarn.jars=" + jars,
            "--conf",
            RealHdfs.TWO_COPIES,
            "--conf",
            "spark.executor.instances=1",
            "--conf",
            "spark.executor.memory=600m",
            "--conf",
            "spark.driver.memory=600m",
            "--conf",
            "spark.executor.extraJavaOptions=" + Launcher.FAST_START,
            "--conf",
            "spark.yarn.am.extraJavaOptions=" + Launcher.FAST_START,
            "--conf",
            "spark.driver.extraJavaOptions=" + Launcher.FAST_START));
    Map<String, String> environment =
        Map.of("HADOOP_CONF_DIR", configuration.toString(), "YARN_CONF_DIR", "");
    return Launcher.start(folder, environment, Launcher.script(), all.toArray(String[]::new));
  }

  private void isTheLocalRun(String output) throws Exception {
    Path copy = hdfs.get(output, folder.resolve("copies/" + output));
    assertThat(Folder.sha256(copy.resolve("tables"))).isEqualTo(tables);
    assertThat(Files.readString(copy.resolve("run.json"))).contains("\"master\" : \"yarn\"");
  }

  @Test
  void theDriverHere() throws Exception {
    String words = "gntk --task none --blocks 2 --input " + hdfs.uri("g.txt") + " --output ";
    try (Launcher good = kindling(configuration, words + hdfs.uri("client"));
        Launcher bad =
            kindling(configuration, "gntk --input " + hdfs.uri("h.txt") + " --output bad")) {
      bad.end().isRefusedWith("h.txt does not exist; did you mean g.txt?");
      Launcher.Finished finished = good.end().succeeded();
      assertThat(finished.err().lines()).allMatch(line -> line.startsWith("gntk: "));
    }
    isTheLocalRun("client");
  }

  /** Paths are of the cluster's file system; the file of options comes along. */
  @Test
  void theDriverOnTheCluster() throws Exception {
    Path options = Files.writeString(folder.resolve("options.properties"), "blocks = 2\n");
    String cluster = " --spark --deploy-mode cluster";
    String words = "gntk --task none --input /g.txt --output ";
    try (Launcher good =
            kindling(
                configuration,
                words
                    + "deployed --config options.properties"
                    + cluster
                    + " --files "
                    + options.toAbsolutePath());
        Launcher bad = kindling(configuration, words + "/g.txt" + cluster)) {
      Launcher.Finished refused = bad.end();
      assertThat(refused.exit()).as(refused.err()).isEqualTo(3);
      assertThat(refused.err().lines()).hasSize(1);
      assertThat(refused.err())
          .contains("--output /g.txt exists; give --overwrite to replace it", YARN_LOGS);
      Launcher.Finished finished = good.end().succeeded();
      assertThat(finished.out()).isEmpty();
      assertThat(finished.err())
          .matches(
              "kindling: (application_[0-9_]+) is done; what it printed: yarn logs -applicationId \\1\n");
    }
    String home = "user/" + System.getProperty("user.name") + "/";
    isTheLocalRun(home + "deployed");
    assertThat(hdfs.names("user")).allMatch(name -> name.startsWith("/" + home + "deployed/"));
  }

  @Test
  void aClientWithoutAConfigurationIsRefused() throws Exception {
    try (Launcher run = kindling(Path.of(""), "gntk --data bzr")) {
      run.end().isRefusedWith("--master yarn: set HADOOP_CONF_DIR to the folder");
    }
    try (Launcher run = kindling(folder.resolve("missing"), "gntk --data bzr")) {
      run.end().isRefusedWith("HADOOP_CONF_DIR=", "/missing: no such folder");
    }
    Path spark = folder.resolve("spark");
    for (String file :
        List.of("jars/spark-core_2.13-4.2.0.jar", "jars/spark-yarn_2.13-4.2.0.jar")) {
      Files.createDirectories(spark.resolve(file).getParent());
      Files.createFile(spark.resolve(file));
    }
    Files.createDirectory(spark.resolve("conf"));
    Files.writeString(spark.resolve("conf/spark-env.sh"), "YARN_CONF_DIR=/of/the/distribution\n");
    Map<String, String> environment = Map.of("SPARK_HOME", spark.toString(), "HADOOP_CONF_DIR", "");
    try (Launcher run =
        Launcher.start(
            folder, environment, Launcher.script(), "gntk", "--data", "bzr", "--master", "yarn")) {
      run.end().isRefusedWith("YARN_CONF_DIR=/of/the/distribution: no such folder");
    }
  }
}
