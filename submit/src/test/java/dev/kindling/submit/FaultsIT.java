package dev.kindling.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Jobs on a real cluster with a real HDFS, each through each fault, against the same job in local
 * mode on local files: the same bytes.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ResourceLock("a cluster's worth of memory")
class FaultsIT {
  private static final long SEED = 20_255;

  /**
   * A job joins by a line: its words, how many finished files say that it is in the middle, and its
   * faults. Each fault comes for one of them at least.
   */
  private static final List<Job> JOBS =
      List.of(
          new Job(
              "gntk --input {in}/g.txt --blocks 2 --mlp 3 --folds 3",
              8,
              List.of(Fault.EXECUTOR_KILLED, Fault.WORKER_KILLED, Fault.DRIVER_KILLED)),
          new Job(
              "train --data digits --hidden 16 --epochs 4 --checkpoint-every 20 --steps-on executors",
              3,
              List.of(Fault.EXECUTOR_KILLED, Fault.DRIVER_KILLED)),
          new Job(
              "ade --data digits --metric estimate:ledoit-wolf", 1, List.of(Fault.EXECUTOR_KILLED)),
          new Job(
              "ade --data digits --mode sketch --eps 0.4 --k 3", 1, List.of(Fault.EXECUTOR_KILLED)),
          new Job(
              "ade cluster --data digits --clusters 10",
              2,
              List.of(Fault.EXECUTOR_KILLED, Fault.DRIVER_KILLED)),
          new Job("datasets convert --input {in}/g.txt", 1, List.of(Fault.DATANODE_LOST)));

  private record Job(String words, int middle, List<Fault> faults) {
    String[] on(String folder, String... more) {
      List<String> all = new ArrayList<>(List.of(words.replace("{in}", folder).split(" ")));
      all.addAll(List.of(more));
      return all.toArray(String[]::new);
    }

    String name() {
      return words.replaceAll("[^a-z]+", "-");
    }
  }

  private enum Fault {
    EXECUTOR_KILLED,
    WORKER_KILLED,
    DATANODE_LOST,
    DRIVER_KILLED
  }

  @TempDir static Path folder;
  private RealCluster cluster;
  private RealHdfs hdfs;

  static Stream<Arguments> everyJobThroughEveryFault() {
    return JOBS.stream()
        .flatMap(job -> job.faults().stream().map(fault -> Arguments.of(job, fault)));
  }

  @BeforeAll
  void aClusterAndAnHdfs() throws Exception {
    RandomGraphs.write(folder.resolve("g.txt"), SEED, 500, 24, 5);
    hdfs = RealHdfs.start(folder);
    hdfs.put(folder.resolve("g.txt"));
    cluster = RealCluster.start(folder);
    for (Job job : JOBS) {
      Launcher.run(folder, job.on(folder.toString(), "--output", "local-" + job.name()))
          .succeeded();
    }
  }

  @AfterAll
  void nothingIsLeft() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
    if (hdfs != null) {
      hdfs.close();
    }
  }

  @ParameterizedTest
  @MethodSource("everyJobThroughEveryFault")
  void endsWithTheBytesOfLocalMode(Job job, Fault fault) throws Exception {
    String output = job.name() + "-" + fault;
    String[] words =
        job.on(
            hdfs.uri("").replaceFirst("/$", ""),
            "--output",
            hdfs.uri(output),
            "--conf",
            RealHdfs.TWO_COPIES);
    try (Launcher run = cluster.kindling(words)) {
      run.until(() -> finishedFiles(output) >= job.middle() && !cluster.executors().isEmpty());
      cause(fault, run);
      Launcher.Finished end = run.end();
      if (fault != Fault.DRIVER_KILLED) {
        end.succeeded();
      }
    }
    if (!hdfs.exists(output)) {
      assertThat(fault).isEqualTo(Fault.DRIVER_KILLED);
      try (Launcher resumed =
          cluster.kindling(
              Stream.concat(Stream.of(words), Stream.of("--resume")).toArray(String[]::new))) {
        resumed.end().succeeded();
      }
    }
    mend(fault);
    sameBytes(output, "local-" + job.name());
  }

  /** Built, updated and streamed into on HDFS, each with an executor that is killed. */
  @Test
  void anIndexGoesThroughKilledExecutors() throws Exception {
    Random random = new Random(SEED);
    Path local = Files.createDirectories(folder.resolve("ix"));
    digits(local.resolve("points.csv"), random, 3, 1200, 5000);
    digits(local.resolve("metric.csv"), random, 0, 17);
    digits(local.resolve("queries.csv"), random, IntStream.range(0, 300).toArray());
    Path asked = Files.createDirectories(local.resolve("asked"));
    Files.copy(local.resolve("queries.csv"), asked.resolve("1.csv"));
    hdfs.put(local);
    List<String> steps =
        List.of(
            "ade build --data digits --output {ix}/built",
            "ade update --index {ix}/built --point-updates {ix}/points.csv --metric-updates {ix}/metric.csv --output {ix}/updated",
            "ade stream --index {ix}/built --queries {ix}/asked --until-done --output {ix}/streamed",
            "ade query --index {ix}/built --queries {ix}/queries.csv --query-id-column first --output {ix}/answered");
    for (String step : steps) {
      Launcher.run(folder, step.replace("{ix}", local.toString()).split(" ")).succeeded();
      String words = step.replace("{ix}", hdfs.uri("ix")) + " --conf " + RealHdfs.TWO_COPIES;
      try (Launcher run = cluster.kindling(words.split(" "))) {
        run.until(() -> !cluster.executors().isEmpty());
        cause(Fault.EXECUTOR_KILLED, run);
        run.end().succeeded();
      }
    }
    Path copy = hdfs.get("ix", folder.resolve("copies/ix"));
    for (String part : List.of("answered/tables/neighbors", "built/answers")) {
      List<String> names =
          Folder.names(local.resolve(part)).stream().filter(n -> n.endsWith(".parquet")).toList();
      assertThat(names).isNotEmpty();
      for (String name : names) {
        assertThat(copy.resolve(part).resolve(name))
            .hasSameBinaryContentAs(local.resolve(part).resolve(name));
      }
    }
  }

  /** Lines of a number and 64 more. */
  private static void digits(Path file, Random random, int... first) throws IOException {
    Files.write(
        file,
        IntStream.of(first)
            .mapToObj(
                id ->
                    random
                        .ints(64, 0, 17)
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining(",", id + ",", "")))
            .toList());
  }

  private int finishedFiles(String output) {
    try {
      return (int)
          hdfs.names("." + output + ".unfinished").stream()
              .filter(name -> !name.contains("/_"))
              .count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void cause(Fault fault, Launcher run) throws Exception {
    switch (fault) {
      case EXECUTOR_KILLED -> cluster.executors().get(0).destroyForcibly();
      case WORKER_KILLED -> cluster.processes("worker-1").forEach(ProcessHandle::destroyForcibly);
      case DATANODE_LOST -> hdfs.loseDataNode();
      case DRIVER_KILLED -> run.kill();
    }
  }

  private void mend(Fault fault) throws Exception {
    if (fault == Fault.DATANODE_LOST) {
      hdfs.restoreDataNode();
    }
    if (fault == Fault.WORKER_KILLED) {
      assertThat(cluster.script("start").err()).contains("worker-1 had died and runs again");
    }
  }

  private void sameBytes(String output, String local) throws Exception {
    Path copy = hdfs.get(output, folder.resolve("copies/" + output));
    assertThat(Folder.names(copy)).contains("run.json", "_SUCCESS").doesNotContain("work/");
    assertThat(Folder.names(copy)).noneMatch(name -> name.contains(".writing"));
    for (String part : List.of("tables", "model/colors", "model/model")) {
      assertThat(Files.exists(copy.resolve(part)))
          .isEqualTo(Files.exists(folder.resolve(local).resolve(part)));
      if (Files.exists(copy.resolve(part))) {
        assertThat(Folder.sha256(copy.resolve(part)))
            .as(output + "/" + part)
            .isEqualTo(Folder.sha256(folder.resolve(local).resolve(part)));
      }
    }
  }
}
