package dev.kindling.data.graph;

import dev.kindling.BadInput;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The lines of a text file with their number, for parsers that say where a line is wrong. */
final class LineSource implements Closeable {
  private final String name;
  private final BufferedReader reader;
  private long number;
  private String line;

  /**
   * @param name the file's name, for messages
   */
  LineSource(String name, InputStream in) {
    this.name = name;
    this.reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), 1 << 16);
  }

  /** The next line without its end, or null after the last one. */
  String next() {
    try {
      line = reader.readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(name + ": " + e.getMessage(), e);
    }
    if (line != null) {
      number++;
    }
    return line;
  }

  /** Lines read so far. */
  long number() {
    return number;
  }

  /** An error at the line read last. */
  BadInput error(String message) {
    return new BadInput(name + ":" + number + ": " + message);
  }

  /** The whole number between two positions of the current line. */
  int integer(int from, int to, String what) {
    try {
      return Integer.parseInt(line, from, to, 10);
    } catch (NumberFormatException e) {
      throw error(what + " '" + line.substring(from, to) + "' is not a whole number");
    }
  }

  /** The whole number that is the current line. */
  int integer(String what) {
    String trimmed = line.strip();
    int from = line.indexOf(trimmed);
    return integer(from, from + trimmed.length(), what);
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
