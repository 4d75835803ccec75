package dev.kindling.data.graph;

import dev.kindling.BadInput;
import dev.kindling.Words;
import dev.kindling.data.DamagedGzip;
import dev.kindling.data.LineReader;
import dev.kindling.data.Rejected;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The lines of a text file with their number, for parsers that say where a line is wrong. */
final class LineSource implements Closeable {
  private final String name;
  private final LineReader lines;
  private String line;

  /**
   * @param name the file's name, for messages
   */
  LineSource(String name, InputStream in) {
    this.name = name;
    this.lines = new LineReader(in, 0, Long.MAX_VALUE);
  }

  /**
   * The next line without its end, or null after the last one.
   *
   * @throws BadInput if it is not UTF-8, or the file cannot be decompressed
   */
  String next() {
    try {
      line = lines.next() ? lines.text() : null;
    } catch (Rejected e) {
      throw e.wholeFile() ? errorOfFile(e.getMessage()) : error(e.getMessage());
    } catch (DamagedGzip e) {
      throw errorOfFile(e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(name + ": " + e.getMessage(), e);
    }
    return line;
  }

  /**
   * The next line, or null when only empty ones follow.
   *
   * @throws BadInput for an empty line with others after it
   */
  String nextFilled() {
    String first = next();
    if (first == null || !first.isBlank()) {
      return first;
    }
    long empty = lines.lines();
    for (String later = next(); later != null; later = next()) {
      if (!later.isBlank()) {
        throw error(empty, "an empty line");
      }
    }
    return null;
  }

  /** An error at the line read last. */
  BadInput error(String message) {
    return error(lines.lines(), message);
  }

  private BadInput error(long number, String message) {
    return new BadInput(name + ":" + number + ": " + message);
  }

  /** An error of no line. */
  BadInput errorOfFile(String message) {
    return new BadInput(name + ": " + message);
  }

  /** The whole number between two positions of the current line. */
  int integer(int from, int to, String what) {
    try {
      return Integer.parseInt(line, from, to, 10);
    } catch (NumberFormatException e) {
      String text = line.substring(from, to);
      throw error(
          Words.of(
              "%s '%s%s",
              what,
              text,
              text.matches("[+-]?[0-9]+")
                  ? "' does not fit into 32 bits"
                  : "' is not a whole number"));
    }
  }

  /** The whole number that is the current line. */
  int integer(String what) {
    String trimmed = line.strip();
    int from = line.indexOf(trimmed);
    return integer(from, from + trimmed.length(), what);
  }

  /** The finite number between two positions of the current line. */
  double number(int from, int to, String what) {
    String text = line.substring(from, to).strip();
    try {
      double value = Double.parseDouble(text);
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException notOne) {
      // said below
    }
    throw error(what + " '" + text + "' is not a finite number");
  }

  @Override
  public void close() {
    try {
      lines.close();
    } catch (IOException e) {
      throw new UncheckedIOException(name + ": " + e.getMessage(), e);
    }
  }
}
