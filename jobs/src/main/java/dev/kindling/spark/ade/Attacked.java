package dev.kindling.spark.ade;

import dev.kindling.ade.Audit;
import dev.kindling.spark.job.TableSchema;
import dev.kindling.spark.job.TableSchema.Kind;

/** A row of the table {@code audit}: what an attack on a structure came to. */
record Attacked(Structure structure, Attack attack, Audit.Reached reached) {
  static final TableSchema SCHEMA =
      TableSchema.empty()
          .with("structure", Kind.TEXT)
          .with("attack", Kind.TEXT)
          .with("answers", Kind.LONG)
          .with("low", Kind.DOUBLE)
          .with("high", Kind.DOUBLE);

  /** Who answers; written as in the table. */
  enum Structure {
    fixed,
    adaptive
  }

  /** How it is attacked; written as in the table. */
  enum Attack {
    gram,
    answers
  }

  boolean is(Structure of, Attack by) {
    return structure == of && attack == by;
  }

  Object[] row() {
    return new Object[] {
      structure.name(), attack.name(), reached.answers(), reached.low(), reached.high()
    };
  }
}
