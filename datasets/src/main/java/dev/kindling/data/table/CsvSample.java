package dev.kindling.data.table;

import dev.kindling.BadInput;
import dev.kindling.SettingName;
import dev.kindling.data.DamagedGzip;
import dev.kindling.data.InputFile;
import dev.kindling.data.LineReader;
import dev.kindling.data.Rejected;
import dev.kindling.data.StrictText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;

/** The first lines of a CSV file, and what they say about all of it. Read on the driver. */
final class CsvSample {
  private static final int LINES = 100;
  private static final char[] OTHER_DELIMITERS = {';', '\t', '|'};
  private static final Pattern COMMA_IN_NUMBER = Pattern.compile("(^|[;\t| ])-?[0-9]+,[0-9]+");
  private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");

  private final InputFile file;
  private final CsvDialect dialect;
  private final List<String> lines = new ArrayList<>();
  private final List<Cell[]> rows = new ArrayList<>();

  private record Cell(String text, boolean isNumber) {}

  private CsvSample(InputFile file, CsvDialect dialect) {
    this.file = file;
    this.dialect = dialect;
  }

  /**
   * Reads it.
   *
   * @throws BadInput if there is no first line, or it shows that the file is written otherwise
   */
  static CsvSample of(InputFile file, Configuration conf, CsvDialect dialect) throws IOException {
    CsvSample sample = new CsvSample(file, dialect);
    List<byte[]> lines = new ArrayList<>();
    try (LineReader in = new LineReader(file.content(conf), 0, Long.MAX_VALUE)) {
      sample.read(in, lines);
      sample.requireDelimiter();
      sample.split(lines);
    } catch (Rejected e) {
      throw new BadInput(file.name() + (e.wholeFile() ? ": " : ":1: ") + e.getMessage());
    } catch (DamagedGzip e) {
      throw new BadInput(file.name() + ": " + e.getMessage(), e);
    }
    return sample;
  }

  private void read(LineReader in, List<byte[]> bytes) throws IOException, Rejected {
    while (lines.size() < LINES && in.next()) {
      if (lines.isEmpty()) {
        requireText(in);
      } else if (in.isBlank()) {
        continue;
      }
      byte[] line = Arrays.copyOfRange(in.bytes(), in.from(), in.to());
      bytes.add(line);
      lines.add(new String(line, StandardCharsets.ISO_8859_1));
    }
    if (lines.isEmpty()) {
      throw new BadInput(file.name() + " is empty");
    }
  }

  /** Up to a line that is wrong, of which more is said when all lines are read. */
  private void split(List<byte[]> bytes) throws Rejected {
    CsvLine line = new CsvLine(dialect);
    NumberParser numbers = new NumberParser();
    for (byte[] each : bytes) {
      try {
        line.split(each, 0, each.length);
        Cell[] row = new Cell[line.count()];
        for (int i = 0; i < row.length; i++) {
          boolean isNumber = numbers.parse(each, line.start(i), line.end(i), dialect.decimal());
          row[i] = new Cell(line.text(i), isNumber);
        }
        rows.add(row);
      } catch (Rejected e) {
        if (rows.isEmpty()) {
          throw e;
        }
        return;
      }
    }
  }

  private void requireText(LineReader in) throws Rejected {
    StrictText.requireBytesOfText(in.bytes(), in.from(), in.to());
    if (in.isBlank()) {
      throw BadInput.of(
          "%s:1: the line is blank; the first line is the header or the first row", file.name());
    }
  }

  /** A comma that was not asked for must not be contradicted by all lines. */
  private void requireDelimiter() {
    if (dialect.delimiter() != null || isEven(',')) {
      return;
    }
    for (char other : OTHER_DELIMITERS) {
      if (isEven(other)) {
        boolean commas = lines.stream().anyMatch(l -> COMMA_IN_NUMBER.matcher(l).find());
        throw BadInput.of(
            "%s: cells are separated by %s: give %s%s",
            file.name(),
            other == '\t' ? "tabs" : other,
            SettingName.of("delimiter", other == '\t' ? "tab" : other),
            commas ? " and " + SettingName.of("decimal", ",") : "");
      }
    }
  }

  /** Whether every line has as many of it, and one at least. */
  private boolean isEven(char delimiter) {
    long[] counts =
        lines.stream()
            .mapToLong(
                l -> QUOTED.matcher(l).replaceAll("").chars().filter(c -> c == delimiter).count())
            .distinct()
            .toArray();
    return counts.length == 1 && counts[0] > 0;
  }

  /**
   * Whether the first line holds names, as it was said or as the lines below it show: a name stands
   * above numbers, a text that comes again below is no name, and 0, 1, 2, … are names.
   *
   * @param numbersAreARow whether even those are a row
   */
  boolean headed(boolean numbersAreARow) {
    if (dialect.header() != CsvDialect.Header.auto) {
      return dialect.header() == CsvDialect.Header.yes;
    }
    Cell[] first = rows.get(0);
    List<Cell[]> below = rows.subList(1, rows.size());
    boolean texts = false;
    boolean numbers = false;
    boolean again = false;
    for (int j = 0; j < first.length; j++) {
      int column = j;
      boolean isText = !first[j].isNumber && !first[j].text.isEmpty();
      texts |= isText;
      numbers |= first[j].isNumber;
      if (isText && !below.isEmpty()) {
        List<Cell> cells =
            below.stream().filter(r -> r.length > column).map(r -> r[column]).toList();
        if (cells.stream().allMatch(c -> c.isNumber || c.text.isEmpty())) {
          return true;
        }
        again |= cells.stream().anyMatch(c -> c.text.equals(first[column].text));
      }
    }
    if (!texts) {
      return !numbersAreARow && !below.isEmpty() && counts(first);
    }
    return !again && !(numbers && !below.isEmpty());
  }

  private static boolean counts(Cell[] first) {
    for (int j = 0; j < first.length; j++) {
      if (!first[j].text.equals(Integer.toString(j))) {
        return false;
      }
    }
    return first.length >= 3;
  }

  /**
   * The columns' names: of the header, or c0, c1, ….
   *
   * @param headed whether there is one
   * @throws BadInput if the header has a name twice
   */
  List<String> names(boolean headed) {
    Cell[] first = rows.get(0);
    if (!headed) {
      return List.copyOf(Columns.numbered("c", 0, first.length));
    }
    Set<String> seen = new HashSet<>();
    List<String> names = new ArrayList<>();
    for (Cell cell : first) {
      if (!seen.add(cell.text)) {
        throw BadInput.of(
            "%s:1: the header names column %s twice; rename one of them, or give %s if there is none",
            file.name(), cell.text, SettingName.of("header", CsvDialect.Header.no));
      }
      names.add(cell.text);
    }
    return List.copyOf(names);
  }
}
