package dev.kindling.data.table;

import dev.kindling.SettingName;
import dev.kindling.Words;
import dev.kindling.data.Rejected;
import java.io.Serializable;
import java.util.HashSet;
import java.util.Set;

/** The different labels met so far. Bounded: a column of measurements is no set of classes. */
final class LabelSet implements Serializable {
  static final int MOST_CLASSES = 100_000;

  private final Set<Double> numbers = new HashSet<>();
  private final Set<String> texts = new HashSet<>();

  /** Numbers are one class when they are equal: 1 and 1.0. */
  void add(TableRow row) throws Rejected {
    boolean added = row.labelText == null ? numbers.add(row.labelNumber) : texts.add(row.labelText);
    if (added && size() > MOST_CLASSES) {
      throw new Rejected(tooMany());
    }
  }

  void addAll(LabelSet other) {
    numbers.addAll(other.numbers);
    texts.addAll(other.texts);
  }

  int size() {
    return numbers.size() + texts.size();
  }

  Set<Double> numbers() {
    return numbers;
  }

  Set<String> texts() {
    return texts;
  }

  static String tooMany() {
    return Words.of(
        "more than %,d different labels; if these are measurements, give %s and not %s",
        MOST_CLASSES, new SettingName("targetColumn"), new SettingName("labelColumn"));
  }
}
