package dev.kindling.spark.job;

import dev.kindling.Words;
import java.util.ArrayList;
import java.util.List;

/** What a job is about to do: its size, its memory, its cost; and what of it does not fit. */
public final class Plan {
  private final List<String> lines = new ArrayList<>();
  private final List<String> refusals = new ArrayList<>();

  /** Adds a line for the reader. */
  public Plan say(String line) {
    lines.add(line);
    return this;
  }

  /**
   * Adds a need of memory, in bytes, and refuses the run if it is more than there is.
   *
   * @param what what needs it, where: "the eigendecomposition of 4,110 graphs on one executor"
   * @param advice what to do if it does not fit
   */
  public Plan needs(String what, double bytes, double available, String advice) {
    lines.add(what + ": " + bytes(bytes) + " of " + bytes(available));
    if (bytes > available) {
      refusals.add(
          what + " needs " + bytes(bytes) + "; there are " + bytes(available) + ". " + advice);
    }
    return this;
  }

  List<String> lines() {
    return lines;
  }

  List<String> refusals() {
    return refusals;
  }

  /** "7.3 GB". */
  public static String bytes(double bytes) {
    String[] units = {"B", "kB", "MB", "GB", "TB", "PB"};
    int unit = 0;
    double value = bytes;
    while (value >= 999.5 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    return Words.of(value < 9.95 && unit > 0 ? "%.1f %s" : "%.0f %s", value, units[unit]);
  }
}
