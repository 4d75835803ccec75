package dev.kindling.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** {@code submit/cluster}, and what a job leaves on it beside its result. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ResourceLock("a cluster's worth of memory")
class ClusterIT {
  @TempDir static Path folder;
  private RealCluster cluster;
  private Launcher.Finished bzr;

  @BeforeAll
  void aRunOnIt() throws Exception {
    cluster = RealCluster.start(folder);
    try (Launcher run = cluster.kindling("gntk", "--data", "bzr", "--output", "bzr")) {
      bzr = run.end().succeeded();
    }
  }

  @AfterAll
  void stop() {
    cluster.close();
  }

  private JsonNode runOf(String output) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(output + "/run.json").toFile());
  }

  private static String get(String url) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  @Test
  void statusShowsEveryDaemonAndASecondStartAnswersWithTheSameUrl() throws Exception {
    String status = cluster.script("status").out();
    assertThat(status).contains("master ", "worker-1 ", "worker-2 ", "history ", cluster.url());
    Launcher.Finished again = cluster.script("start");
    assertThat(again.out()).isEqualTo(cluster.url() + "\n");
    assertThat(again.err()).contains("runs already");
  }

  @Test
  void wrongWordsAreRefused() throws Exception {
    cluster.finished("start", "--workers", "none").isRefusedWith("--workers none: should be a");
    cluster.finished("start", "--memory", "lots").isRefusedWith("--memory lots: should be an");
    cluster.finished("restart").isRefusedWith("unknown word restart");
    cluster.finished("stop", "now").isRefusedWith("takes no option");
  }

  @Test
  void theSecretIsInAFileOfItsOwnerAndOnNoCommandLine() throws Exception {
    Path file = cluster.state().resolve("conf/spark-defaults.conf");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    String secret =
        Files.readString(file).replaceAll("(?s).*spark[.]authenticate[.]secret (\\S+).*", "$1");
    assertThat(secret).matches("[0-9a-f]{64}");
    assertThat(cluster.processes("")).hasSizeGreaterThanOrEqualTo(4);
    for (ProcessHandle process : cluster.processes("")) {
      assertThat(List.of(process.info().arguments().orElseThrow()))
          .noneMatch(word -> word.contains(secret));
    }
  }

  @Test
  void theRecordNamesEachExecutorAndTheHistoryServerOpensTheEventLog() throws Exception {
    assertThat(bzr.err().lines()).allMatch(line -> line.matches("gntk: .*"));
    List<String> ids = new ArrayList<>();
    for (JsonNode executor : runOf("bzr").path("executors")) {
      ids.add(executor.path("id").asText());
      assertThat(executor.path("host").asText()).isEqualTo("127.0.0.1");
      assertThat(executor.path("blas").asText())
          .isEqualTo(runOf("bzr").path("blas").path("implementation").asText());
    }
    assertThat(ids).containsExactly("0", "1");

    String api = cluster.page("history") + "/api/v1/applications";
    JsonNode applications = new ObjectMapper().readTree(get(api));
    while (applications.isEmpty()) { // the server looks every ten seconds
      applications = new ObjectMapper().readTree(get(api));
    }
    String id = applications.get(0).path("id").asText();
    assertThat(get(api + "/" + id + "/jobs"))
        .contains("\"jobGroup\" : \"levels\"", "\"description\" : \"gntk: levels\"");
  }

  @Test
  void executorsLogJobRunAndStage() throws Exception {
    String id = runOf("bzr").path("run").asText();
    List<String> lines = new ArrayList<>();
    for (String name : Folder.names(cluster.state().resolve("work"))) {
      if (name.endsWith("/stderr")) {
        Files.readAllLines(cluster.state().resolve("work").resolve(name)).stream()
            .filter(line -> line.contains(id))
            .forEach(lines::add);
      }
    }
    assertThat(lines).isNotEmpty();
    assertThat(lines).anyMatch(line -> line.contains("\"mdc.stage\":\"levels\""));
    for (String line : lines) {
      JsonNode context = new ObjectMapper().readTree(line).path("context");
      assertThat(context.path("mdc.job").asText()).isEqualTo("gntk");
      assertThat(context.path("mdc.run").asText()).isEqualTo(id);
    }
  }

  @Test
  void prometheusReadsTheMasterAndTheDriver() throws Exception {
    assertThat(get(cluster.page("master") + "/metrics/master/prometheus/"))
        .containsPattern("metrics_master_aliveWorkers_Value\\{.*} 2");
    RandomGraphs.write(folder.resolve("p.txt"), 20_256, 400, 20, 4);
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    CompletableFuture<String> seen = new CompletableFuture<>();
    try (Launcher run =
        cluster.kindling(
            "gntk",
            "--input",
            folder.resolve("p.txt").toString(),
            "--output",
            "P",
            "--conf",
            "spark.ui.port=" + port)) {
      run.until(
          () -> {
            try {
              String metrics = get("http://127.0.0.1:" + port + "/metrics/prometheus/");
              return metrics.contains("stage_tasks_total") && seen.complete(metrics);
            } catch (Exception notYet) {
              return false;
            }
          });
      run.end().succeeded();
    }
    assertThat(seen).isCompletedWithValueMatching(text -> text.contains("stages_ended"));
  }

  @Test
  void clusterDeployMode() throws Exception {
    Path output = folder.resolve("deployed");
    String there = folder.resolve("bzr").toString();
    try (Launcher refused = deployed("gntk", "--data", "bzr", "--output", there);
        Launcher good = deployed("gntk", "--data", "bzr", "--output", output.toString())) {
      assertThat(good.end().succeeded().out()).contains("kernel ridge, 10 folds");
      Launcher.Finished end = refused.end();
      assertThat(end.exit()).isEqualTo(3);
      assertThat(end.err().lines()).hasSize(1);
      assertThat(end.err()).contains("exists; give --overwrite to replace it, or another --output");
    }
    assertThat(Folder.sha256(output.resolve("tables")))
        .isEqualTo(Folder.sha256(folder.resolve("bzr/tables")));
    try (Launcher relative = deployed("gntk", "--data", "bzr", "--output", "relative")) {
      relative.end().isRefusedWith("--output relative: in cluster deploy mode");
    }
  }

  private Launcher deployed(String... words) throws Exception {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--master", cluster.url(), "--spark", "--deploy-mode", "cluster"));
    return cluster.submitted(all.toArray(String[]::new));
  }

  @Test
  void aRunThatGetsNoExecutorGivesUpAndSaysWhatItWaitsFor() throws Exception {
    try (Launcher run =
        cluster.kindling(
            "gntk",
            "--data",
            "bzr",
            "--output",
            "none",
            "--patience",
            "8",
            "--conf",
            "spark.executor.memory=3g")) {
      Launcher.Finished end = run.end();
      assertThat(end.exit()).as(end.err()).isEqualTo(3);
      assertThat(end.err())
          .contains("nothing has moved for 8 s: 1 task waits for a core, and no executor has come");
    }
  }

  @Test
  void aDriverThatGetsNoWorkerGivesUpAndSaysWhatItWaitsFor() throws Exception {
    String output = folder.resolve("no-driver").toString();
    try (Launcher run =
        cluster.submitted(
            "gntk",
            "--data",
            "bzr",
            "--output",
            output,
            "--patience",
            "8",
            "--master",
            cluster.url(),
            "--conf",
            "spark.driver.memory=3g",
            "--spark",
            "--deploy-mode",
            "cluster")) {
      Launcher.Finished end = run.end();
      assertThat(end.exit()).as(end.err()).isEqualTo(3);
      assertThat(end.err().lines()).hasSize(1);
      assertThat(end.err()).contains("no worker has had a core and the memory for driver-", " 8 s");
    }
  }

  @Test
  void stopAfterACrashLeavesNoProcessPortOrTemporaryFile() throws Exception {
    Path own = Files.createDirectory(folder.resolve("own"));
    RealCluster crashed = RealCluster.start(own);
    RandomGraphs.write(own.resolve("g.txt"), 20_257, 700, 30, 5);
    try (Launcher run =
        crashed.kindling("gntk", "--input", own.resolve("g.txt").toString(), "--output", "Y")) {
      run.until(() -> crashed.executors().size() == 2);
      crashed.processes("master").forEach(ProcessHandle::destroyForcibly);
      crashed.processes("worker-1").forEach(ProcessHandle::destroyForcibly);
      crashed.script("stop");
      assertThat(run.end().exit()).isNotZero();
    }
    assertThat(crashed.processes("")).isEmpty();
    assertThat(crashed.state().toFile().list()).containsOnly("events", "logs");
    int port = URI.create(crashed.url()).getPort();
    assertThatThrownBy(() -> new Socket("127.0.0.1", port).close())
        .isInstanceOf(ConnectException.class);
  }
}
