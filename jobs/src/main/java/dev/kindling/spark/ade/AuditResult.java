package dev.kindling.spark.ade;

import dev.kindling.ade.AdaptivePlan;
import dev.kindling.ade.Audit;
import dev.kindling.spark.ade.Attacked.Attack;
import dev.kindling.spark.ade.Attacked.Structure;
import dev.kindling.spark.job.Run;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What the attacks came to, in words and figures. */
record AuditResult(List<Attacked> rows, AdaptivePlan plan, AuditOptions options) {
  List<Attacked> of(Structure structure, Attack attack) {
    return rows.stream().filter(row -> row.is(structure, attack)).toList();
  }

  /** At its end. */
  Audit.Reached last(Structure structure, Attack attack) {
    List<Attacked> looks = of(structure, attack);
    return looks.get(looks.size() - 1).reached();
  }

  /** Where the structure is most often wrong, of all attacks at all times. */
  Attacked worst(Structure structure) {
    return rows.stream()
        .filter(row -> row.structure() == structure)
        .max(Comparator.comparingDouble(row -> row.reached().wrong()))
        .orElseThrow();
  }

  boolean holds() {
    return worst(Structure.adaptive).reached().wrong() <= options.delta();
  }

  void record(Run run) {
    for (Structure structure : Structure.values()) {
      for (Attack attack : Attack.values()) {
        Audit.Reached reached = last(structure, attack);
        run.metric(structure + "_" + attack + "_low", reached.low());
        run.metric(structure + "_" + attack + "_high", reached.high());
      }
      run.metric(structure + "_wrong", worst(structure).reached().wrong());
    }
    run.metric("sketches", plan.sketches());
    run.metric("rows", plan.rows());
    run.metric("draws", plan.draws());
  }

  /** Prints the result, and says whether the check held. */
  void say(Run run) {
    run.say(options.structure(plan));
    run.say(options.reads(plan));
    run.say("estimate/true in the attacked directions, by the median of all answers there");
    for (Attack attack : Attack.values()) {
      for (Structure structure : Structure.values()) {
        Audit.Reached reached = last(structure, attack);
        run.say(
            String.format(
                Locale.ROOT,
                "  %-9s %-9s %,9d answers   %.4f to %.4f   wrong %s",
                attack,
                structure,
                reached.answers(),
                reached.low(),
                reached.high(),
                percent(reached.wrong())));
      }
    }
    if (holds()) {
      run.say("the adaptive structure holds: " + verdict());
    } else {
      run.failsCheck(
          "the adaptive structure does not hold: "
              + verdict()
              + "; give more --sketches, --rows or --draws");
    }
  }

  String verdict() {
    Attacked worst = worst(Structure.adaptive);
    return String.format(
        Locale.ROOT,
        "where it is worst (%s attack, %,d answers), %s of its answers are off by more than --eps %s, and --delta lets %s be",
        worst.attack(),
        worst.reached().answers(),
        percent(worst.reached().wrong()),
        options.epsilon(),
        percent(options.delta()));
  }

  /** Three digits. */
  static String percent(double share) {
    BigDecimal percent = new BigDecimal(100 * share, new MathContext(3)).stripTrailingZeros();
    boolean isTiny = share > 0 && share < 1e-5;
    return (isTiny ? String.format(Locale.ROOT, "%.1e", 100 * share) : percent.toPlainString())
        + " %";
  }
}
