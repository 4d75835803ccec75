package dev.kindling.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A cluster of {@code submit/cluster} with a state folder of its own, stopped when closed. */
final class RealCluster implements AutoCloseable {
  private final Path state;
  private final Path folder;
  private final String url;

  private RealCluster(Path folder, Path state) throws Exception {
    this.folder = folder;
    this.state = state;
    this.url = lastLine(script("start", "--workers", "2", "--cores", "1", "--memory", "1g").out());
    assertThat(url).matches("spark://127[.]0[.]0[.]1:[0-9]+");
  }

  /** Starts a master and two workers of one core. */
  static RealCluster start(Path folder) throws Exception {
    return new RealCluster(folder, folder.resolve("cluster"));
  }

  private static String lastLine(String text) {
    return text.strip().substring(text.strip().lastIndexOf('\n') + 1);
  }

  Path state() {
    return state;
  }

  String url() {
    return url;
  }

  private Map<String, String> environment() {
    return Map.of("KINDLING_CLUSTER_DIR", state.toString());
  }

  /** Runs {@code submit/cluster} to its good end. */
  Launcher.Finished script(String... words) throws Exception {
    return finished(words).succeeded();
  }

  Launcher.Finished finished(String... words) throws Exception {
    Path script = Launcher.script().resolveSibling("cluster");
    try (Launcher launcher = Launcher.start(folder, environment(), script, words)) {
      return launcher.end();
    }
  }

  /** Starts {@code submit/kindling … --master} on this cluster. */
  Launcher kindling(String... words) throws Exception {
    String fast = "spark.executor.extraJavaOptions=" + Launcher.FAST_START;
    // Whoever fetches from an executor that is gone tries it three times; five seconds between are
    // for networks.
    String retry = "spark.shuffle.io.retryWait=500ms";
    return submitted(
        Stream.concat(Stream.of(words), Stream.of("--master", url, "--conf", fast, "--conf", retry))
            .toArray(String[]::new));
  }

  /** Starts {@code submit/kindling} with these words and no other. */
  Launcher submitted(String... words) throws Exception {
    return Launcher.start(folder, environment(), Launcher.script(), words);
  }

  /** Its processes of some kind that run now: {@code worker-1}, or the name of a main class. */
  List<ProcessHandle> processes(String kind) {
    return ProcessHandle.allProcesses()
        .filter(process -> words(process).contains("-Dkindling.cluster=" + state))
        .filter(process -> words(process).stream().anyMatch(word -> word.endsWith(kind)))
        .toList();
  }

  List<ProcessHandle> executors() {
    return processes("CoarseGrainedExecutorBackend");
  }

  /** The address of a page, from a daemon's log. */
  String page(String daemon) throws IOException {
    String log = Files.readString(state.resolve("logs/" + daemon + ".log"));
    return log.replaceAll("(?s).*started at (http://[0-9.:]+).*", "$1");
  }

  private static List<String> words(ProcessHandle process) {
    return process.info().arguments().map(List::of).orElse(List.of());
  }

  @Override
  public void close() {
    try {
      script("stop");
    } catch (Exception e) {
      throw new IllegalStateException("the cluster does not stop", e);
    }
    assertThat(processes("")).isEmpty();
  }
}
