package dev.kindling.data.graph;

import dev.kindling.DidYouMean;
import dev.kindling.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The parts of a record of an SDF (CTfile formats, Dalby et al. 1992): the mol block, which {@link
 * Cdk} reads, and the properties behind it.
 *
 * <p>What breaks a V2000 block most often is checked here, where it can be said which line it is:
 * missing lines, bonds to atoms that are not there, unknown elements.
 */
final class SdfRecord {
  private static final String END = "M  END";
  private static final int COUNTS = 3;

  /** What stands in the place of an element for any atom, a list of atoms, a group or a pair. */
  private static final Set<String> NO_ELEMENT =
      Set.of("*", "A", "Q", "L", "LP", "R", "R#", "D", "T");

  private final List<String> lines;
  private final int end;

  /**
   * @throws BrokenRecord if the mol block is not whole
   */
  SdfRecord(List<String> lines) throws BrokenRecord {
    this.lines = lines;
    if (lines.size() <= COUNTS) {
      throw new BrokenRecord(
          Math.max(0, lines.size() - 1), "the record ends before its counts line, the fourth");
    }
    int at = COUNTS + 1;
    while (at < lines.size() && !lines.get(at).startsWith(END)) {
      at++;
    }
    if (at == lines.size()) {
      throw new BrokenRecord(at - 1, "the record ends without M  END; is the file truncated?");
    }
    end = at;
    for (int i = end + 1; i < lines.size(); i++) {
      if (lines.get(i).startsWith(END)) {
        throw new BrokenRecord(i, "a second M  END; is a line $$$$ before it missing?");
      }
    }
    if (!isV3000()) {
      checkTable();
    }
  }

  boolean isV3000() {
    return lines.get(COUNTS).contains("V3000");
  }

  String name() {
    return lines.get(0).strip();
  }

  /** The mol block with its last line. */
  String block() {
    return String.join("\n", lines.subList(0, end + 1)) + "\n";
  }

  private void checkTable() throws BrokenRecord {
    int atoms = number(COUNTS, 0, "the number of atoms");
    int bonds = number(COUNTS, 3, "the number of bonds");
    int first = COUNTS + 1;
    if (first + atoms + bonds > end) {
      throw new BrokenRecord(
          COUNTS,
          Words.of(
              "%s atoms and %s bonds are announced, but M  END comes after %s lines",
              atoms, bonds, end - first));
    }
    for (int i = first; i < first + atoms; i++) {
      String line = lines.get(i);
      String symbol =
          line.length() < 32 ? "" : line.substring(31, Math.min(34, line.length())).strip();
      if (!NO_ELEMENT.contains(symbol) && !Cdk.isElement(symbol)) {
        throw new BrokenRecord(i, "'" + symbol + "' in columns 32 to 34 is no element");
      }
    }
    for (int i = first + atoms; i < first + atoms + bonds; i++) {
      checkEnd(i, number(i, 0, "the first atom of a bond"), atoms);
      checkEnd(i, number(i, 3, "the second atom of a bond"), atoms);
    }
  }

  private static void checkEnd(int line, int atom, int atoms) throws BrokenRecord {
    if (atom < 1 || atom > atoms) {
      throw new BrokenRecord(line, "bond to atom " + atom + ", but the atoms are 1 to " + atoms);
    }
  }

  /** Three columns; so at most 999. */
  private int number(int line, int column, String what) throws BrokenRecord {
    String text = lines.get(line);
    String cell =
        text.substring(Math.min(column, text.length()), Math.min(column + 3, text.length()));
    try {
      int value = Integer.parseInt(cell.strip());
      if (value >= 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      // said below, as for a negative one
    }
    throw new BrokenRecord(
        line, what + ", columns " + (column + 1) + " to " + (column + 3) + ", is '" + cell + "'");
  }

  /**
   * The value of a property, its lines joined by a blank.
   *
   * @throws BrokenRecord if the record has none of that name, an empty one or two
   */
  String property(String wanted) throws BrokenRecord {
    List<String> names = new ArrayList<>();
    int found = 0;
    for (int i = end + 1; i < lines.size(); i++) {
      String name = propertyName(lines.get(i));
      if (name == null) {
        continue;
      }
      if (name.equals(wanted) && found > 0) {
        throw new BrokenRecord(i, "a second property " + wanted + "; which one is the label?");
      }
      found = name.equals(wanted) ? i : found;
      names.add(name);
    }
    if (found > 0) {
      return value(found, wanted);
    }
    String near =
        DidYouMean.of(wanted, names)
            .map(n -> "; did you mean " + n + "?")
            .orElse(names.isEmpty() ? "; it has none" : "; it has " + String.join(", ", names));
    throw new BrokenRecord(0, "no property " + wanted + near);
  }

  private String value(int header, String name) throws BrokenRecord {
    StringBuilder value = new StringBuilder();
    for (int i = header + 1; i < lines.size() && !lines.get(i).isBlank(); i++) {
      value.append(value.isEmpty() ? "" : " ").append(lines.get(i).strip());
    }
    if (value.isEmpty()) {
      throw new BrokenRecord(header, "property " + name + " is empty");
    }
    return value.toString();
  }

  /** Of a line {@code > <NAME>}, where more may stand before and behind; else null. */
  private static String propertyName(String line) {
    int from = line.startsWith(">") ? line.indexOf('<') : -1;
    int to = from < 0 ? -1 : line.indexOf('>', from);
    return to < 0 ? null : line.substring(from + 1, to);
  }
}
