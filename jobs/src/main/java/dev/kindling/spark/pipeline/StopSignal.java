package dev.kindling.spark.pipeline;

import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.util.SignalUtils;

/** Ctrl-C and SIGTERM: says goodbye before Hadoop and Spark go down. */
final class StopSignal implements AutoCloseable {
  /** Before Spark's and Hadoop's own. */
  private static final int PRIORITY = 100;

  private static final int INT = 130;
  private static final int TERM = 143;

  private static volatile int exit = TERM;

  private final Runnable hook;

  static {
    SignalUtils.register("INT", () -> note(INT));
    SignalUtils.register("TERM", () -> note(TERM));
  }

  /**
   * @param goodbye takes the exit code that the JVM will have
   */
  StopSignal(IntConsumer goodbye) {
    hook = () -> goodbye.accept(exit);
    ShutdownHookManager.get().addShutdownHook(hook, PRIORITY, 20, TimeUnit.SECONDS);
  }

  private static Boolean note(int code) {
    exit = code;
    return false; // the JVM exits as it would
  }

  @Override
  public void close() {
    if (!ShutdownHookManager.get().isShutdownInProgress()) {
      ShutdownHookManager.get().removeShutdownHook(hook);
    }
  }
}
