package dev.kindling.data.graph;

import dev.kindling.BadInput;
import dev.kindling.DidYouMean;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What the columns of a file of SMILES are: the SMILES first, then a name, then whatever. They are
 * separated by tabs where a line has any, else by blanks. A first line that begins with the word
 * {@code smiles} names them; without it they are c0, c1, … The extension of CXSMILES, {@code |…|}
 * behind the SMILES, is no column.
 *
 * @param headed whether the first line names them
 * @param name which one is the molecule's name
 * @param target which one is the label; NONE for none, LAST for the last of each line
 */
record SmilesColumns(boolean headed, int name, int target) implements Serializable {
  static final int NONE = -1;
  static final int LAST = -2;

  private static final Pattern EXTENDED = Pattern.compile("^\\S+( +|\t)\\|");
  private static final Set<String> NAMES = Set.of("name", "id", "title");

  /**
   * @param file for messages
   * @param firstLine empty for an empty file
   * @param wanted the label's column; null for none
   * @throws BadInput if there is no such column, with the near names
   */
  static SmilesColumns of(String file, String firstLine, String wanted) {
    boolean headed = split(firstLine).get(0).replaceFirst("^#", "").equalsIgnoreCase("smiles");
    List<String> cells = split(bare(firstLine, headed).orElse(firstLine));
    int target = target(file, cells, headed, wanted);
    int name = target == 1 ? NONE : 1;
    for (int i = cells.size() - 1; headed && i > 0; i--) {
      if (i != target && NAMES.contains(cells.get(i).toLowerCase(Locale.ROOT))) {
        name = i;
      }
    }
    return new SmilesColumns(headed, name, target);
  }

  private static int target(String file, List<String> cells, boolean headed, String wanted) {
    if (wanted == null) {
      return NONE;
    }
    List<String> names =
        headed ? cells : IntStream.range(0, cells.size()).mapToObj(i -> "c" + i).toList();
    int found = names.indexOf(wanted);
    if (found < 0 && wanted.equals("last")) {
      found = LAST;
    }
    if (found == 0 || (found == LAST && cells.size() < 2)) {
      throw BadInput.of(
          "%s: column %s is the SMILES; the label stands in a later one", file, wanted);
    }
    if (found == NONE) {
      throw BadInput.of(
          "%s: no column %s%s%s",
          file,
          wanted,
          DidYouMean.of(wanted, names)
              .map(near -> "; did you mean " + near + "?")
              .orElse("; it has " + String.join(", ", names)),
          headed ? "" : " A first line 'smiles name …' would name them");
    }
    return found;
  }

  /**
   * A line without its extension; nothing if that has no end.
   *
   * @param headed whether columns have names: then an extension behind a tab is one of them
   */
  private static Optional<String> bare(String line, boolean headed) {
    Matcher start = EXTENDED.matcher(line);
    if (!start.find() || (headed && start.group(1).equals("\t"))) {
      return Optional.of(line);
    }
    int end = line.indexOf('|', start.end()) + 1;
    boolean ends = end == line.length() || (end > 0 && line.charAt(end) <= ' ');
    return ends
        ? Optional.of(line.substring(0, start.start(1)) + line.substring(end))
        : Optional.empty();
  }

  /**
   * A line of a molecule without the extension of CXSMILES.
   *
   * @throws BrokenRecord if the extension has no end, or the line no SMILES
   */
  String bare(String line) throws BrokenRecord {
    if (line.charAt(0) <= ' ') {
      throw new BrokenRecord(0, "the line begins with a blank, so its SMILES is empty");
    }
    return bare(line, headed)
        .orElseThrow(() -> new BrokenRecord(0, "the extension |… behind the SMILES has no end |"));
  }

  /** The cells of a line, at least one. */
  static List<String> split(String line) {
    return List.of(line.indexOf('\t') >= 0 ? line.split("\t", -1) : line.split(" +", -1));
  }

  /** The name of a line's molecule; empty where it has none. The line is bare. */
  String name(String line, List<String> cells) {
    if (name == NONE || name >= cells.size()) {
      return "";
    }
    boolean rest = !headed && target == NONE && line.indexOf('\t') < 0;
    return (rest ? line.substring(line.indexOf(' ') + 1) : cells.get(name)).strip();
  }

  /**
   * The label of a line's molecule; null where none is wanted.
   *
   * @throws BrokenRecord if the line is too short, or its cell empty
   */
  String label(List<String> cells) throws BrokenRecord {
    if (target == NONE) {
      return null;
    }
    int column = target == LAST ? cells.size() - 1 : target;
    String label = column == 0 || column >= cells.size() ? "" : cells.get(column).strip();
    if (label.isEmpty()) {
      throw new BrokenRecord(
          0, "no label: column " + (target == LAST ? "last" : "c" + target) + " is empty");
    }
    return label;
  }
}
