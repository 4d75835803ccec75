package dev.kindling.spark.job;

import dev.kindling.BadInput;
import dev.kindling.Words;
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
   * @param truth the option that names a column with the truth; null where there is none
   * @param table new data, in the order of its file
   * @param again reads it with these features, in this order
   * @throws BadInput naming a column that is missing or too many
   */
  public static NumericTable matched(
      List<String> before,
      String whose,
      String truth,
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
              boolean one = truth != null && names.size() == before.size() + 1;
              throw BadInput.of(
                  "%s: column %s is no feature of %s; %s",
                  table.source(),
                  more,
                  whose,
                  one
                      ? Words.of(
                          "if it is the truth, give %s %s, or else leave it out", truth, more)
                      : "leave it out, or name it where it is the truth, an id or a weight");
            });
    return again.apply(before);
  }

  /** The first name that is not among others. */
  private static Optional<String> first(List<String> names, List<String> others) {
    Set<String> known = Set.copyOf(others);
    return names.stream().filter(name -> !known.contains(name)).findFirst();
  }
}
