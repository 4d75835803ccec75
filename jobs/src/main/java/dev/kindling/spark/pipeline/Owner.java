package dev.kindling.spark.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * A process that runs a pipeline.
 *
 * @param run of the pipeline
 * @param started the process, which tells it from a later one of the same number
 * @param namespace in which the number counts, empty where there are none
 */
record Owner(
    String run,
    String user,
    String host,
    long pid,
    Instant started,
    String namespace,
    Instant since) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Two readings of one process's start may differ by the clock's rounding. */
  private static final Duration SAME_START = Duration.ofSeconds(2);

  /** This process. */
  static Owner here(String run, Instant now) {
    ProcessHandle self = ProcessHandle.current();
    return new Owner(
        run,
        System.getProperty("user.name", "unknown"),
        hostName(),
        self.pid(),
        self.info().startInstant().orElse(Instant.EPOCH),
        namespaceOfThisProcess(),
        now);
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return System.getenv().getOrDefault("HOSTNAME", "localhost");
    }
  }

  private static String namespaceOfThisProcess() {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
    } catch (IOException | UnsupportedOperationException e) {
      return "";
    }
  }

  /** Whether this process can see the other one at all. */
  boolean isVisibleFrom(Owner here) {
    return host.equals(here.host) && namespace.equals(here.namespace);
  }

  /** Whether the process is still there, seen from its host. */
  boolean isRunning() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(process -> !isZombie())
        .flatMap(process -> process.info().startInstant())
        .map(start -> Duration.between(start, started).abs().compareTo(SAME_START) <= 0)
        .orElse(false);
  }

  /** A process that has ended, but whose parent has not asked how. */
  private boolean isZombie() {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return stat.substring(stat.lastIndexOf(')') + 1).strip().startsWith("Z");
    } catch (IOException e) {
      return false; // no Linux
    }
  }

  String shown() {
    return user + "@" + host + ", process " + pid;
  }

  String json() {
    ObjectNode node = JSON.createObjectNode();
    node.put("run", run).put("user", user).put("host", host).put("pid", pid);
    node.put("started", started.toString()).put("namespace", namespace);
    return node.put("since", since.toString()).toString();
  }

  /** The owner in a lock's text, or null where the text is damaged. */
  static Owner parse(String text) {
    try {
      JsonNode node = JSON.readTree(text);
      if (node == null || !node.hasNonNull("run")) {
        return null;
      }
      return new Owner(
          node.path("run").asText(),
          node.path("user").asText(),
          node.path("host").asText(),
          node.path("pid").asLong(),
          Instant.parse(node.path("started").asText()),
          node.path("namespace").asText(),
          Instant.parse(node.path("since").asText()));
    } catch (IOException | java.time.DateTimeException e) {
      return null;
    } catch (UncheckedIOException e) {
      return null;
    }
  }
}
