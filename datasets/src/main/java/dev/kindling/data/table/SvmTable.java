package dev.kindling.data.table;

import dev.kindling.Words;
import dev.kindling.data.FileSplit;
import dev.kindling.data.InputFile;
import dev.kindling.data.LineReader;
import dev.kindling.data.Rejected;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * LIBSVM files, cut by bytes: lines {@code label index:value …} with increasing indices from 1.
 * Blank lines, and lines that are a comment from # on, hold no row.
 *
 * @param numFeatures how far the indices may go, or 0 for as far as they like
 */
record SvmTable(List<InputFile> files, Layout layout, int numFeatures) implements SplitTable {
  static final List<String> COLUMNS = List.of("label", "features");

  /** Spark's vectors are sized by an int, and their arrays need room for a header. */
  private static final int LARGEST_INDEX = Integer.MAX_VALUE - 8;

  @Override
  public List<FileSplit> splits(long splitBytes) {
    return FileSplit.byteRanges(files, splitBytes);
  }

  @Override
  public String place(int file, long position) {
    return files.get(file).name() + ":" + (position + 1);
  }

  @Override
  public RowCursor open(FileSplit split, Configuration conf) throws IOException {
    return new Cursor(LineReader.open(files.get(split.file()), split, conf));
  }

  private final class Cursor implements RowCursor {
    private final LineReader lines;
    private final NumberParser numbers = new NumberParser();
    private byte[] bytes;
    private int at;
    private int end;
    private int[] indices = new int[16];
    private double[] values = new double[16];

    Cursor(LineReader lines) {
      this.lines = lines;
    }

    @Override
    public boolean next(TableRow row) throws IOException, Rejected {
      while (lines.next()) {
        bytes = lines.bytes();
        at = lines.from();
        end = withoutComment(lines.to());
        if (skipBlanks()) {
          label(row);
          features(row);
          return true;
        }
      }
      return false;
    }

    private int withoutComment(int to) {
      for (int i = at; i < to; i++) {
        if (bytes[i] == '#') {
          return i;
        }
      }
      return to;
    }

    private void label(TableRow row) throws Rejected {
      int stop = tokenEnd();
      if (colon(at, stop) >= 0) {
        throw new Rejected(
            Words.of(
                "the line begins with %s; a label comes first: 0 %s",
                token(at, stop), token(at, stop)));
      }
      if (numbers.parse(bytes, at, stop)) {
        layout.number(row, 0, numbers.value());
      } else {
        layout.text(row, 0, token(at, stop));
      }
      at = stop;
    }

    private void features(TableRow row) throws Rejected {
      int count = 0;
      int last = 0;
      while (skipBlanks()) {
        int stop = tokenEnd();
        int colon = colon(at, stop);
        if (colon < 0) {
          throw new Rejected("\"" + token(at, stop) + "\" is not index:value");
        }
        int index = index(colon, last);
        if (!numbers.parse(bytes, colon + 1, stop)) {
          throw new Rejected(
              "feature " + index + ": \"" + token(colon + 1, stop) + "\" is not a number");
        }
        if (!Double.isFinite(numbers.value())) {
          throw new Rejected(
              Words.of(
                  "feature %s is %s; a feature must be finite: fill it or leave the row out",
                  index, NumberText.of(numbers.value())));
        }
        if (count == indices.length) {
          indices = Arrays.copyOf(indices, 2 * count);
          values = Arrays.copyOf(values, 2 * count);
        }
        indices[count] = index - 1;
        values[count++] = numbers.value();
        last = index;
        at = stop;
      }
      row.indices = Arrays.copyOf(indices, count);
      row.values = Arrays.copyOf(values, count);
    }

    private int index(int colon, int last) throws Rejected {
      long index = 0;
      for (int i = at; i < colon; i++) {
        int digit = bytes[i] - '0';
        if (digit < 0 || digit > 9) {
          throw new Rejected("feature index \"" + token(at, colon) + "\" is not a whole number");
        }
        index = Math.min(index * 10 + digit, 1L << 40);
      }
      if (colon == at) {
        throw new Rejected("a feature has no index before its colon");
      }
      if (index == 0) {
        throw new Rejected("feature index 0; LIBSVM indices start at 1");
      }
      if (index > LARGEST_INDEX) {
        throw new Rejected(
            "feature index " + token(at, colon) + "; the largest possible is " + LARGEST_INDEX);
      }
      if (numFeatures > 0 && index > numFeatures) {
        throw new Rejected(
            "feature index "
                + index
                + (", but these rows go with points or a model of " + numFeatures + " features")
                + "; leave it out, or make those anew from data that has it");
      }
      if (index == last) {
        throw new Rejected("feature index " + index + " stands there twice");
      }
      if (index < last) {
        throw new Rejected(
            "feature index " + index + " after " + last + "; LIBSVM indices increase along a line");
      }
      return (int) index;
    }

    private boolean skipBlanks() {
      while (at < end && (bytes[at] == ' ' || bytes[at] == '\t')) {
        at++;
      }
      return at < end;
    }

    private int tokenEnd() {
      int stop = at;
      while (stop < end && bytes[stop] != ' ' && bytes[stop] != '\t') {
        stop++;
      }
      return stop;
    }

    private int colon(int from, int to) {
      for (int i = from; i < to; i++) {
        if (bytes[i] == ':') {
          return i;
        }
      }
      return -1;
    }

    private String token(int from, int to) {
      return new String(bytes, from, Math.min(40, to - from), StandardCharsets.UTF_8);
    }

    @Override
    public long position() {
      return lines.lines() - 1;
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }
}
