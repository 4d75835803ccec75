package dev.kindling.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * {@code submit/kindling} as a process. It ends with the test that starts it: at its own end, or
 * killed at the limit.
 */
final class Launcher implements AutoCloseable {
  private static final long LIMIT_SECONDS = 180;
  private static final int LOOK_MILLIS = 10;
  static final String FAST_START = "-XX:TieredStopAtLevel=1";

  private final Process process;
  private final Path out;
  private final Path err;

  /** What a command came to. */
  record Finished(int exit, String out, String err) {
    Finished succeeded() {
      assertThat(exit).as(err).isZero();
      return this;
    }

    /** Exit code 2, one line on stderr that holds the given parts, and no word more. */
    void isRefusedWith(String... parts) {
      assertThat(exit).as(err).isEqualTo(2);
      assertThat(out).isEmpty();
      assertThat(err.lines()).hasSize(1);
      assertThat(err).startsWith("kindling: ").endsWith("\n").contains(parts);
    }
  }

  private Launcher(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  static Path script() {
    return Path.of(System.getProperty("kindling.launcher")).toAbsolutePath();
  }

  /** Starts a command in a folder; its output goes to files elsewhere. */
  static Launcher start(Path folder, String... words) throws Exception {
    return start(folder, Map.of(), script(), words);
  }

  /** Starts another script of the folder {@code submit}, with more in its environment. */
  static Launcher start(Path folder, Map<String, String> environment, Path script, String... words)
      throws Exception {
    List<String> command = new ArrayList<>(interruptible());
    command.add(script.toString());
    command.addAll(List.of(words));
    Path out = Files.createTempFile("kindling-it", ".out");
    Path err = Files.createTempFile("kindling-it", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    // Runs of seconds: the optimising compiler would cost more than it saves.
    builder.environment().put("SPARK_SUBMIT_OPTS", FAST_START);
    builder.environment().putAll(environment);
    return new Launcher(builder.start(), out, err);
  }

  /** Runs a command in a folder to its end. */
  static Finished run(Path folder, String... words) throws Exception {
    try (Launcher launcher = start(folder, words)) {
      return launcher.end();
    }
  }

  /** A build in the background of a script ignores SIGINT, and its children would, too. */
  private static List<String> interruptible() throws Exception {
    List<String> env = List.of("env", "--default-signal=INT");
    List<String> probe = new ArrayList<>(env);
    probe.add("true");
    Process process =
        new ProcessBuilder(probe)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
    return ended && process.exitValue() == 0 ? env : List.of();
  }

  /** Waits until the process has ended. */
  Finished end() throws Exception {
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("not ended after " + LIMIT_SECONDS + " s: " + Files.readString(err));
    }
    return new Finished(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  /** Waits until a condition holds, or the process has ended. */
  void until(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (!condition.getAsBoolean()) {
      if (process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        return;
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError("still waiting after " + LIMIT_SECONDS + " s");
      }
    }
  }

  /** Sends a signal by name, as in {@code kill -INT}. */
  void signal(String name) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    assertThat(kill.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  void kill() throws InterruptedException {
    process.destroyForcibly();
    assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  @Override
  public void close() throws IOException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    Files.deleteIfExists(out);
    Files.deleteIfExists(err);
  }
}
