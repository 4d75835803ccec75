package dev.kindling.data.table;

import dev.kindling.SettingName;
import dev.kindling.Words;
import dev.kindling.data.Rejected;
import dev.kindling.data.StrictText;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The cells of one line of a CSV file, RFC 4180 without line breaks inside quotes. Blanks around an
 * unquoted cell are dropped. Reused from line to line.
 */
final class CsvLine {
  private final byte separator;
  private final Charset encoding;
  private byte[] bytes;
  private int[] starts = new int[16];
  private int[] ends = new int[16];
  private int count;

  CsvLine(CsvDialect dialect) {
    separator = dialect.separator();
    encoding = dialect.charset();
  }

  /**
   * Splits bytes[from, to).
   *
   * @param bytes Modified: doubled quotes inside a quoted cell are made single in place.
   */
  void split(byte[] bytes, int from, int to) throws Rejected {
    this.bytes = bytes;
    count = 0;
    int at = from;
    while (true) {
      if (count == starts.length) {
        starts = Arrays.copyOf(starts, 2 * count);
        ends = Arrays.copyOf(ends, 2 * count);
      }
      at = at < to && bytes[at] == '"' ? quoted(at, to) : plain(at, to);
      count++;
      if (at == to) {
        return;
      }
      at++; // the separator
    }
  }

  int count() {
    return count;
  }

  int start(int cell) {
    return starts[cell];
  }

  int end(int cell) {
    return ends[cell];
  }

  /**
   * @throws Rejected if the cell is not of the encoding
   */
  String text(int cell) throws Rejected {
    try {
      return StrictText.of(bytes, starts[cell], ends[cell], encoding);
    } catch (Rejected e) {
      throw new Rejected(
          Words.of(
              "cell %d: %s; give %s or what it is",
              cell + 1, e.getMessage(), SettingName.of("encoding", "ISO-8859-1")));
    }
  }

  List<String> texts() throws Rejected {
    List<String> texts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      texts.add(text(i));
    }
    return texts;
  }

  private int plain(int from, int to) {
    int comma = from;
    while (comma < to && bytes[comma] != separator) {
      comma++;
    }
    int start = from;
    int end = comma;
    while (start < end && isBlank(bytes[start])) {
      start++;
    }
    while (start < end && isBlank(bytes[end - 1])) {
      end--;
    }
    starts[count] = start;
    ends[count] = end;
    return comma;
  }

  private int quoted(int quote, int to) throws Rejected {
    int write = quote + 1;
    int read = quote + 1;
    while (read < to && (bytes[read] != '"' || (read + 1 < to && bytes[read + 1] == '"'))) {
      read += bytes[read] == '"' ? 1 : 0;
      bytes[write++] = bytes[read++];
    }
    if (read >= to) {
      throw new Rejected(
          Words.of(
              "the quote of cell %s is not closed on its line; cells of a numeric table hold no line break",
              count + 1));
    }
    starts[count] = quote + 1;
    ends[count] = write;
    int comma = read + 1;
    while (comma < to && isBlank(bytes[comma])) {
      comma++;
    }
    if (comma < to && bytes[comma] != separator) {
      throw new Rejected(
          Words.of(
              "cell %s goes on after its closing quote; write a quote inside a cell twice",
              count + 1));
    }
    return comma;
  }

  private boolean isBlank(byte b) {
    return (b == ' ' || b == '\t') && b != separator;
  }
}
