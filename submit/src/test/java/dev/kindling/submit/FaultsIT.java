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
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Jobs on a real cluster with a real HDFS, each through each fault, against the same job in local
 * mode on local files: the same bytes.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ResourceLock("a cluster's worth of memory")
class FaultsIT {
  private static final long SEED = 20_255;

  private static final int EXECUTORS = 2;

  /** A job joins by a line: its words, and what happens to it once it has so many files. */
  private static final List<Job> JOBS =
      List.of(
          new Job(
              "gntk --input {in}/g.txt --blocks 2 --mlp 3 --folds 3",
              new Moment(8, Fault.EXECUTOR_KILLED),
              new Moment(10, Fault.WORKER_KILLED),
              new Moment(12, Fault.DRIVER_KILLED)),
          new Job(
              "train --data digits --hidden 16 --epochs 4 --checkpoint-every 20 --steps-on executors",
              new Moment(3, Fault.EXECUTOR_KILLED),
              new Moment(3, Fault.DRIVER_KILLED)),
          new Job(
              "ade --data digits --metric estimate:ledoit-wolf",
              new Moment(1, Fault.EXECUTOR_KILLED)),
          new Job(
              "ade --data digits --mode sketch --eps 0.4 --k 3",
              new Moment(1, Fault.EXECUTOR_KILLED)),
          new Job(
              "ade cluster --data digits --clusters 10",
              new Moment(2, Fault.EXECUTOR_KILLED),
              new Moment(2, Fault.DRIVER_KILLED)),
          new Job("datasets convert --input {in}/g.txt", new Moment(1, Fault.DATANODE_LOST)));

  private record Job(String words, List<Moment> moments) {
    Job(String words, Moment... moments) {
      this(words, List.of(moments));
    }

    String[] on(String folder, String... more) {
      List<String> all = new ArrayList<>(List.of(words.replace("{in}", folder).split(" ")));
      all.addAll(List.of(more));
      return all.toArray(String[]::new);
    }

    String name() {
      return words.replaceAll("[^a-z]+", "-");
    }

    boolean meets(Fault fault) {
      return moments.stream().anyMatch(moment -> moment.fault() == fault);
    }

    @Override
    public String toString() {
      return words;
    }
  }

  private record Moment(int files, Fault fault) {}

  private enum Fault {
    EXECUTOR_KILLED,
    WORKER_KILLED,
    DATANODE_LOST,
    DRIVER_KILLED
  }

  @TempDir static Path folder;
  private RealCluster cluster;
  private RealHdfs hdfs;
  @AutoClose private OneJvm local;

  static List<Job> jobs() {
    return JOBS;
  }

  @BeforeAll
  void aClusterAndAnHdfs() throws Exception {
    RandomGraphs.write(folder.resolve("g.txt"), SEED, 500, 24, 5);
    hdfs = RealHdfs.start(folder);
    hdfs.put(folder.resolve("g.txt"));
    cluster = RealCluster.start(folder);
    local = OneJvm.in(folder);
    for (Job job : JOBS) {
      local.run(job.on(folder.toString(), "--output", "local-" + job.name())).succeeded();
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
  @MethodSource("jobs")
  void endsWithTheBytesOfLocalMode(Job job) throws Exception {
    String output = job.name();
    String[] words =
        job.on(
            hdfs.uri("").replaceFirst("/$", ""),
            "--output",
            hdfs.uri(output),
            "--conf",
            RealHdfs.TWO_COPIES);
    boolean killed = job.meets(Fault.DRIVER_KILLED);
    try (Launcher run = cluster.kindling(words)) {
      for (Moment moment : job.moments()) {
        run.until(() -> finishedFiles(output) >= moment.files() && isReadyFor(moment.fault()));
        cause(moment.fault(), run);
      }
      if (!killed) {
        run.end().succeeded();
      }
    }
    if (!hdfs.exists(output)) {
      assertThat(killed).isTrue();
      try (Launcher resumed =
          cluster.kindling(
              Stream.concat(Stream.of(words), Stream.of("--resume")).toArray(String[]::new))) {
        resumed.end().succeeded();
      }
    }
    if (job.meets(Fault.DATANODE_LOST)) {
      hdfs.restoreDataNode();
    }
    if (job.meets(Fault.WORKER_KILLED)) {
      assertThat(cluster.script("start").err()).contains("worker-1 had died and runs again");
    }
    sameBytes(output, "local-" + job.name());
  }

  /** An executor comes back before the next is taken. */
  private boolean isReadyFor(Fault fault) {
    return fault == Fault.DRIVER_KILLED || cluster.executors().size() == EXECUTORS;
  }

  /** Built, updated and streamed into on HDFS, each with an executor that is killed. */
  @Test
  void anIndexGoesThroughKilledExecutors() throws Exception {
    Random random = new Random(SEED);
    Path ix = Files.createDirectories(folder.resolve("ix"));
    digits(ix.resolve("points.csv"), random, 3, 1200, 5000);
    digits(ix.resolve("metric.csv"), random, 0, 17);
    digits(ix.resolve("queries.csv"), random, IntStream.range(0, 300).toArray());
    Path asked = Files.createDirectories(ix.resolve("asked"));
    Files.copy(ix.resolve("queries.csv"), asked.resolve("1.csv"));
    hdfs.put(ix);
    List<String> steps =
        List.of(
            "ade build --data digits --output {ix}/built",
            "ade update --index {ix}/built --point-updates {ix}/points.csv --metric-updates {ix}/metric.csv --output {ix}/updated",
            "ade stream --index {ix}/built --queries {ix}/asked --until-done --output {ix}/streamed",
            "ade query --index {ix}/built --queries {ix}/queries.csv --query-id-column first --output {ix}/answered");
    for (String step : steps) {
      local.run(step.replace("{ix}", ix.toString())).succeeded();
      String words = step.replace("{ix}", hdfs.uri("ix")) + " --conf " + RealHdfs.TWO_COPIES;
      try (Launcher run = cluster.kindling(words.split(" "))) {
        run.until(() -> cluster.executors().size() == EXECUTORS);
        cause(Fault.EXECUTOR_KILLED, run);
        run.end().succeeded();
      }
    }
    Path copy = hdfs.get("ix", folder.resolve("copies/ix"));
    for (String part : List.of("answered/tables/neighbors", "built/answers")) {
      List<String> names =
          Folder.names(ix.resolve(part)).stream().filter(n -> n.endsWith(".parquet")).toList();
      assertThat(names).isNotEmpty();
      for (String name : names) {
        assertThat(copy.resolve(part).resolve(name))
            .hasSameBinaryContentAs(ix.resolve(part).resolve(name));
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
