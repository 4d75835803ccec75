package dev.kindling.data.table;

import dev.kindling.Words;
import dev.kindling.data.FileSplit;
import dev.kindling.data.InputFile;
import dev.kindling.data.LineReader;
import dev.kindling.data.Rejected;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * CSV files, cut by bytes.
 *
 * @param headed whether each file begins with the header, which holds the columns' names
 */
record CsvTable(List<InputFile> files, Layout layout, boolean headed, CsvDialect dialect)
    implements SplitTable {
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
    private final CsvLine line = new CsvLine(dialect);
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
      if (!text
          && numbers.parse(
              lines.bytes(), line.start(column), line.end(column), dialect.decimal())) {
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
