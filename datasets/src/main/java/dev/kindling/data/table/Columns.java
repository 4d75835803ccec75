package dev.kindling.data.table;

import dev.kindling.BadInput;
import dev.kindling.DidYouMean;
import java.util.AbstractList;
import java.util.List;

/**
 * The columns of a table as its files name them.
 *
 * @param source what messages call the table
 * @param supplied index of the label that the source itself supplies, or −1
 * @param vector index of the column that is the whole feature vector, or −1
 */
record Columns(String source, List<String> names, int supplied, int vector) {
  /** Columns that have no names of their own: prefix0, prefix1, … without holding them. */
  static List<String> numbered(String prefix, int first, int count) {
    return new AbstractList<>() {
      @Override
      public String get(int index) {
        if (index < 0 || index >= count) {
          throw new IndexOutOfBoundsException(index);
        }
        return prefix + (first + index);
      }

      @Override
      public int size() {
        return count;
      }
    };
  }

  /**
   * @param option what the user would have to correct, as {@code --label-column}
   * @throws BadInput when there is no such column
   */
  int find(String name, String option) {
    int index = names.indexOf(name);
    if (index >= 0) {
      return index;
    }
    if (name.equals("first")) {
      return 0;
    }
    if (name.equals("last")) {
      return names.size() - 1;
    }
    String guess =
        DidYouMean.of(name, names).map(near -> "; did you mean " + near + "?").orElse(".");
    throw BadInput.of(
        "%s: no column %s (%s)%s There are %s", source, name, option, guess, listed());
  }

  String listed() {
    int shown = Math.min(12, names.size());
    String list = String.join(", ", names.subList(0, shown));
    return names.size() == shown
        ? list
        : list + ", …, " + names.get(names.size() - 1) + " (" + names.size() + " in all)";
  }
}
