package dev.kindling.spark.bench;

import dev.kindling.spark.bench.BenchTable.Line;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * Systems that do the same work in turn: a round that warms up, rounds that count, medians, and
 * ratios to the first system. A machine that slows down slows all of them.
 *
 * @param <A> what a system answers: its seconds, and what tells how good it was
 */
public final class Contest<A> {
  /**
   * A system.
   *
   * @param <A> of its answers
   */
  public interface Entrant<A> {
    /**
     * Does the work once, and times it.
     *
     * @param warmsUp whether the answer will not count
     */
    A run(boolean warmsUp);
  }

  private final int rounds;
  private final Map<String, Entrant<A>> systems = new LinkedHashMap<>();
  private final Set<String> slow = new HashSet<>();
  private final Map<String, List<A>> answers = new LinkedHashMap<>();
  private final Map<String, A> cold = new LinkedHashMap<>();
  private boolean warmsUp = true;

  /**
   * @param rounds that count
   */
  public Contest(int rounds) {
    this.rounds = rounds;
  }

  /** Adds a system; the others' ratios are to the first. */
  public Contest<A> system(String name, Entrant<A> system) {
    systems.put(name, system);
    return this;
  }

  /** Adds a system that is so slow that it runs once, in the first round that counts. */
  public Contest<A> slowSystem(String name, Entrant<A> system) {
    slow.add(name);
    return system(name, system);
  }

  /** Leaves the round out that warms up: rounds are long, or differ by their seeds. */
  public Contest<A> withoutWarmUp() {
    warmsUp = false;
    return this;
  }

  /** Holds all rounds. */
  public Contest<A> hold() {
    systems.keySet().forEach(name -> answers.put(name, new ArrayList<>()));
    for (int round = warmsUp ? -1 : 0; round < rounds; round++) {
      for (Map.Entry<String, Entrant<A>> system : systems.entrySet()) {
        String name = system.getKey();
        if (slow.contains(name) && round != 0) {
          continue;
        }
        A answer = system.getValue().run(round < 0);
        cold.putIfAbsent(name, answer);
        if (round >= 0) {
          answers.get(name).add(answer);
        }
      }
    }
    return this;
  }

  /** Of a system over the rounds, those that are no number left out; NaN for none. */
  public double median(String name, ToDoubleFunction<A> value) {
    return median(answers.get(name).stream().mapToDouble(value).toArray());
  }

  /** What a system answered at first, cold. */
  public A cold(String name) {
    return cold.get(name);
  }

  /** What a system answered last. */
  public A last(String name) {
    List<A> all = answers.get(name);
    return all.get(all.size() - 1);
  }

  /**
   * A line each: the median of its seconds, and of its quality.
   *
   * @param set on which they ran
   * @param qualityName null where answers have none; where one system has none it is NaN
   */
  public List<Line> lines(
      String set, ToDoubleFunction<A> seconds, ToDoubleFunction<A> quality, String qualityName) {
    List<Line> lines = new ArrayList<>();
    for (String name : systems.keySet()) {
      double reached = median(name, quality);
      lines.add(
          new Line(
              set,
              name,
              median(name, seconds),
              ratio(name, seconds),
              reached,
              Double.isNaN(reached) ? null : qualityName));
    }
    return lines;
  }

  /** The first system's median by this one's. */
  public double ratio(String name, ToDoubleFunction<A> seconds) {
    return median(systems.keySet().iterator().next(), seconds) / median(name, seconds);
  }

  private static double median(double[] values) {
    double[] sorted = Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
    return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
  }
}
