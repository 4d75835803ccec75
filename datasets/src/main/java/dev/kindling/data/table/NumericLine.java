package dev.kindling.data.table;

import dev.kindling.data.Rejected;
import java.nio.charset.StandardCharsets;

/**
 * One line of CSV whose cells the caller knows: ids and finite numbers, written as in the tables
 * that {@link NumericTables} reads. Reused from line to line; one a thread.
 */
public final class NumericLine {
  private final CsvLine cells = new CsvLine(CsvDialect.DEFAULT);
  private final NumberParser parser = new NumberParser();
  private byte[] bytes = new byte[0];

  /**
   * Takes a line without its end.
   *
   * @throws Rejected if a quote is not closed
   */
  public void split(String line) throws Rejected {
    bytes = line.getBytes(StandardCharsets.UTF_8);
    cells.split(bytes, 0, bytes.length);
  }

  /** How many cells. */
  public int count() {
    return cells.count();
  }

  /** A cell without its quotes. */
  public String text(int cell) throws Rejected {
    return cells.text(cell);
  }

  /**
   * A cell that is a whole number.
   *
   * @throws Rejected if it is none, or beyond what a long, or written with a point a double, holds
   */
  public long whole(int cell) throws Rejected {
    String text = cells.text(cell);
    if (NumberText.isLong(text)) {
      return Long.parseLong(text);
    }
    if (parser.parse(text) && NumberText.isInteger(parser.value())) {
      return (long) parser.value();
    }
    throw new Rejected(named(cell) + " is no whole number");
  }

  /**
   * A cell that is a finite number.
   *
   * @throws Rejected if it is none
   */
  public double number(int cell) throws Rejected {
    if (!parser.parse(bytes, cells.start(cell), cells.end(cell))) {
      throw new Rejected(named(cell) + " is no number");
    }
    if (!Double.isFinite(parser.value())) {
      throw new Rejected(named(cell) + " is " + NumberText.of(parser.value()));
    }
    return parser.value();
  }

  private static String named(int cell) {
    return "cell " + (cell + 1);
  }
}
