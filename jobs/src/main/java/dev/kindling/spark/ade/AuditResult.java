package dev.kindling.spark.ade;

import dev.kindling.Words;
import dev.kindling.ade.AdaptivePlan;
import dev.kindling.ade.Audit;
import dev.kindling.spark.ade.Attacked.Attack;
import dev.kindling.spark.ade.Attacked.Structure;
import dev.kindling.spark.job.Outcome;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Comparator;
import java.util.List;

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

  Outcome outcome() {
    Outcome outcome =
        Outcome.of(options.structure(plan))
            .line(options.reads(plan))
            .line("estimate/true in the attacked directions, by the median of all answers there");
    for (Attack attack : Attack.values()) {
      for (Structure structure : Structure.values()) {
        Audit.Reached reached = last(structure, attack);
        String name = structure + "_" + attack;
        outcome
            .line(
                Words.of(
                    "%-9s %-9s %,9d answers   %.4f to %.4f   wrong %s",
                    attack,
                    structure,
                    reached.answers(),
                    reached.low(),
                    reached.high(),
                    percent(reached.wrong())))
            .record(name + "_low", reached.low())
            .record(name + "_high", reached.high());
      }
    }
    for (Structure structure : Structure.values()) {
      double wrong = worst(structure).reached().wrong();
      outcome
          .record(structure + "_wrong", wrong)
          .text(structure + ", wrong answers at worst", percent(wrong), "");
    }
    outcome
        .record("sketches", plan.sketches())
        .record("rows", plan.rows())
        .record("draws", plan.draws());
    return holds() ? outcome.line("the adaptive structure holds: " + verdict()) : outcome;
  }

  String verdict() {
    Attacked worst = worst(Structure.adaptive);
    return Words.of(
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
    return (isTiny ? Words.of("%.1e", 100 * share) : percent.toPlainString()) + " %";
  }
}
