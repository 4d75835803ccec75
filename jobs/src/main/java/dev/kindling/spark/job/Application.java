package dev.kindling.spark.job;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What this JVM's Spark application has told the driver: Spark makes the plugin that hears it, and
 * there is one application a JVM, so it is kept here.
 */
final class Application {
  private static final Map<String, ExecutorRecord> EXECUTORS = new ConcurrentHashMap<>();
  private static final Map<String, Pulse> PULSES = new ConcurrentHashMap<>();
  private static volatile Progress progress = Progress.none();

  private Application() {}

  static void begin() {
    EXECUTORS.clear();
    PULSES.clear();
  }

  static void joined(ExecutorRecord executor) {
    EXECUTORS.put(executor.id(), executor);
  }

  static void pulse(Pulse pulse) {
    PULSES.put(pulse.source(), pulse);
  }

  /** Every executor that was there at any time, in the order of their ids. */
  static List<ExecutorRecord> executors() {
    List<ExecutorRecord> all = new ArrayList<>(EXECUTORS.values());
    all.sort(
        Comparator.comparingInt((ExecutorRecord e) -> e.id().length())
            .thenComparing(ExecutorRecord::id));
    return all;
  }

  /** The last pulse of each executor. */
  static List<Pulse> pulses() {
    return List.copyOf(PULSES.values());
  }

  /** What runs now. */
  static Progress progress() {
    return progress;
  }

  static void shows(Progress current) {
    progress = current;
  }
}
