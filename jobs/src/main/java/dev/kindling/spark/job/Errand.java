package dev.kindling.spark.job;

import java.io.PrintStream;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a run is made for a pipeline instead of a person: its results go elsewhere, it goes on with
 * an unfinished run of the same kind and replaces a finished one without being asked, and its
 * record says what it was made from.
 *
 * @param out takes the result lines
 * @param output the run directory
 * @param fingerprint of all that decides the run's result; empty where nobody will ask
 * @param parts of the fingerprint, by name
 */
public record Errand(
    PrintStream out, String output, String fingerprint, Map<String, String> parts) {
  public Errand {
    parts = new TreeMap<>(parts);
  }
}
