package dev.kindling.submit;

import dev.kindling.spark.cli.CommandLoop;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Many commands in one process of the built jar, for tests of what commands do and not of how they
 * start.
 */
final class OneJvm implements AutoCloseable {
  private static final long LIMIT_SECONDS = 180;
  private static final int LOOK_MILLIS = 5;

  private final Path outputs;
  private final Process process;
  private int commands;

  private OneJvm(Path outputs, Process process) {
    this.outputs = outputs;
    this.process = process;
  }

  /** Starts the process in a folder. */
  static OneJvm in(Path folder) throws IOException {
    Path target = Launcher.script().resolveSibling("target");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(Files.readString(target.resolve("kindling.jvm")).strip().split(" +")));
    command.addAll(List.of(Launcher.FAST_START, "-Xmx2g", "-Xss4m", "-Dspark.master=local[*]"));
    String classes =
        String.join(
            File.pathSeparator,
            target.resolve("kindling.jar").toString(),
            Files.readString(target.resolve("kindling.classpath")).strip(),
            target.resolve("lib") + "/*",
            target.resolve("test-classes").toString());
    command.addAll(List.of("-cp", classes, CommandLoop.class.getName()));
    Path outputs = Files.createTempDirectory("kindling-one-jvm");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(outputs.resolve("out").toFile())
            .redirectError(outputs.resolve("err").toFile())
            .start();
    return new OneJvm(outputs, process);
  }

  Launcher.Finished run(String words) throws Exception {
    return run(words.split(" "));
  }

  /** Runs a command to its end. */
  Launcher.Finished run(String... words) throws Exception {
    Path output = outputs.resolve(Integer.toString(commands++));
    OutputStream in = process.getOutputStream();
    in.write((output + "\t" + String.join("\t", words) + "\n").getBytes(StandardCharsets.UTF_8));
    in.flush();
    Path exit = Path.of(output + ".exit");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (!Files.exists(exit)) {
      boolean ended = process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      if ((ended && !Files.exists(exit)) || System.nanoTime() > deadline) {
        throw new AssertionError(
            String.join(" ", words)
                + (ended ? ": the JVM has ended" : ": not ended after " + LIMIT_SECONDS + " s")
                + Files.readString(outputs.resolve("err")));
      }
    }
    return new Launcher.Finished(
        Integer.parseInt(Files.readString(exit)),
        Files.readString(Path.of(output + ".out")),
        Files.readString(Path.of(output + ".err")));
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    process.onExit().completeOnTimeout(process, LIMIT_SECONDS, TimeUnit.SECONDS).join();
    process.destroyForcibly();
    try (var files = Files.list(outputs)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(outputs);
  }
}
