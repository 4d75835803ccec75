package dev.kindling.data.table;

import dev.kindling.BadInput;
import dev.kindling.Words;
import dev.kindling.data.DamagedGzip;
import dev.kindling.data.FileSplit;
import dev.kindling.data.InputFile;
import dev.kindling.data.LineReader;
import dev.kindling.data.Rejected;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/**
 * CSV files, cut by bytes.
 *
 * @param headed whether each file begins with the header, which holds the columns' names
 */
record CsvTable(List<InputFile> files, Layout layout, boolean headed) implements SplitTable {
  /** What the first line of the first file says about all of them. */
  record Head(List<String> names, boolean headed) {}

  /**
   * Reads one line on the driver.
   *
   * @throws BadInput when there is none, or the header has a name twice
   */
  static Head head(InputFile file, Configuration conf) throws IOException {
    CsvLine line = new CsvLine();
    try (LineReader lines = new LineReader(file.content(conf), 0, Long.MAX_VALUE)) {
      if (!lines.next()) {
        throw new BadInput(file.name() + " is empty");
      }
      if (lines.isBlank()) {
        throw BadInput.of(
            "%s:1: the line is blank; the first line is the header or the first row", file.name());
      }
      line.split(lines.bytes(), lines.from(), lines.to());
      NumberParser numbers = new NumberParser();
      boolean headed = false;
      for (int i = 0; i < line.count(); i++) {
        headed |= !numbers.parse(lines.bytes(), line.start(i), line.end(i));
      }
      if (!headed) {
        return new Head(List.copyOf(Columns.numbered("c", 0, line.count())), false);
      }
      checkUnique(line.texts(), file);
      return new Head(line.texts(), true);
    } catch (Rejected e) {
      throw new BadInput(file.name() + ":1: " + e.getMessage());
    } catch (DamagedGzip e) {
      throw new BadInput(file.name() + ": " + e.getMessage(), e);
    }
  }

  private static void checkUnique(List<String> names, InputFile file) {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        throw BadInput.of(
            "%s:1: the header names column %s twice; rename one of them", file.name(), name);
      }
    }
  }

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
    private final CsvLine line = new CsvLine();
    private final NumberParser numbers = new NumberParser();

    Cursor(LineReader lines) {
      this.lines = lines;
    }

    @Override
    public boolean next(TableRow row) throws IOException, Rejected {
      while (lines.next()) {
        if (lines.isBlank()) {
          continue;
        }
        line.split(lines.bytes(), lines.from(), lines.to());
        if (headed && lines.atFileStart()) {
          checkHeader();
          continue;
        }
        if (line.count() != layout.columns()) {
          throw new Rejected(
              Words.of(
                  "%s cells; the %s has %s",
                  line.count(), headed ? "header" : "first line", layout.columns()));
        }
        for (int column = 0; column < layout.columns(); column++) {
          cell(row, column);
        }
        return true;
      }
      return false;
    }

    private void cell(TableRow row, int column) throws Rejected {
      Role role = layout.role(column);
      if (role == Role.IGNORED) {
        return;
      }
      boolean text = role == Role.ID || role == Role.CARRIED;
      if (!text && numbers.parse(lines.bytes(), line.start(column), line.end(column))) {
        layout.number(row, column, numbers.value());
      } else {
        layout.text(row, column, line.text(column));
      }
    }

    private void checkHeader() throws Rejected {
      List<String> names = line.texts();
      if (names.size() != layout.columns()) {
        throw new Rejected(
            Words.of(
                "the header has %s columns; that of %s has %s",
                names.size(), files.get(0).name(), layout.columns()));
      }
      for (int i = 0; i < names.size(); i++) {
        if (!names.get(i).equals(layout.name(i))) {
          throw new Rejected(
              Words.of(
                  "the header says %s where that of %s says %s; files of one folder have the same columns",
                  names.get(i), files.get(0).name(), layout.name(i)));
        }
      }
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
