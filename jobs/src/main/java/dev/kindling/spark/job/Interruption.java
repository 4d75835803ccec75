package dev.kindling.spark.job;

import dev.kindling.Words;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/**
 * Ctrl-C: says in one line how to go on. The JVM then exits with 130; the files of finished blocks
 * stay.
 */
final class Interruption {
  private final Thread hook;

  /**
   * @param directory that a user may go on with, or null
   */
  Interruption(Progress progress, RunDirectory directory, String job) {
    hook =
        new Thread(
            () -> {
              progress.close();
              if (directory != null) {
                Screen.line(
                    System.err,
                    Words.of(
                        "%s: stopped; go on with --resume --output %s and the same options",
                        job, directory.shown()));
                // Spark's own pools refuse what it still sends them, and print stack traces of it.
                System.setErr(
                    new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
              }
            },
            "interruption");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * The main thread sees Spark go down under it while the JVM exits; its errors then mean nothing.
   * Ends the watch otherwise.
   */
  void disarm() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException stopping) {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
