package dev.kindling.spark.job;

import dev.kindling.BadInput;
import dev.kindling.data.table.NumericTable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Columns of new data are those of the same names in the data before, wherever they stand. */
public final class ColumnNames {
  private ColumnNames() {}

  /**
   * The new table with its features in the order of those before.
   *
   * @param before names of the features; none where they had no names, and are matched by place
   * @param whose what the names are of, for a message: {@code the model}
   * @param table new data, in the order of its file
   * @param again reads it with these features, in this order
   * @throws BadInput naming a column that is missing or too many
   */
  public static NumericTable matched(
      List<String> before,
      String whose,
      NumericTable table,
      Function<List<String>, NumericTable> again) {
    List<String> names = table.featureNames();
    if (before.isEmpty() || !table.named() || before.equals(names)) {
      return table;
    }
    first(before, names)
        .ifPresent(
            missing -> {
              throw BadInput.of(
                  "%s: no column %s, which is a feature of %s; add it",
                  table.source(), missing, whose);
            });
    first(names, before)
        .ifPresent(
            more -> {
              throw BadInput.of(
                  "%s: column %s is no feature of %s; leave it out, or name it where it is the truth, an id or a weight",
                  table.source(), more, whose);
            });
    return again.apply(before);
  }

  /** The first name that is not among others. */
  private static Optional<String> first(List<String> names, List<String> others) {
    Set<String> known = Set.copyOf(others);
    return names.stream().filter(name -> !known.contains(name)).findFirst();
  }
}
