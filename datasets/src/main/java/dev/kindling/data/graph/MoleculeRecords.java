package dev.kindling.data.graph;

import dev.kindling.data.FileSplit;
import dev.kindling.data.InputFile;
import dev.kindling.data.LineReader;
import dev.kindling.data.Rejected;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * The records of one split of a file of molecules: of SMILES those lines that begin in it and are
 * not blank, of an SDF those records whose preceding {@code $$$$} begins in it. So each record of a
 * file belongs to exactly one split, however it is cut.
 *
 * <p>Memory: one record, at most 64 MiB of text.
 */
final class MoleculeRecords implements Closeable {
  private static final String DELIMITER = "$$$$";
  private static final long MOST_BYTES = 1L << 26;

  private final LineReader in;
  private final boolean sdf;
  private final long end;
  private final boolean headed;
  private boolean owned;
  private List<String> lines = List.of();
  private long records;
  private long firstLine;
  private long linesRead;

  /**
   * @param sdf whether records end with {@code $$$$}, not with their line
   * @param headed whether the first line of the file names columns
   */
  static MoleculeRecords open(
      InputFile file, FileSplit split, boolean sdf, boolean headed, Configuration conf)
      throws IOException, Rejected {
    FileSplit lines =
        sdf ? new FileSplit(split.file(), split.start(), Long.MAX_VALUE) : split; // to its end
    return new MoleculeRecords(LineReader.open(file, lines, conf), split, sdf, headed);
  }

  MoleculeRecords(LineReader in, FileSplit split, boolean sdf, boolean headed)
      throws IOException, Rejected {
    this.in = in;
    this.sdf = sdf;
    this.headed = headed;
    this.end = split.end();
    this.owned = !sdf || split.start() == 0 || findDelimiter();
  }

  private boolean findDelimiter() throws IOException, Rejected {
    while (in.next() && in.offset() < end) {
      if (isDelimiter()) {
        return true;
      }
    }
    return false;
  }

  private boolean isDelimiter() {
    byte[] bytes = in.bytes();
    int from = in.from();
    for (int i = 0; i < DELIMITER.length(); i++) {
      if (from + i >= in.to() || bytes[from + i] != DELIMITER.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Moves to the next record, if there is one.
   *
   * @throws Rejected if it is longer than 64 MiB
   */
  boolean next() throws IOException, Rejected {
    return sdf ? nextOfSdf() : nextLine();
  }

  private boolean nextLine() throws IOException, Rejected {
    while (in.next()) {
      linesRead = in.lines();
      if (in.isBlank() || (headed && in.atFileStart())) {
        continue;
      }
      if (in.to() - in.from() > MOST_BYTES) {
        throw tooLong();
      }
      firstLine = linesRead;
      lines = List.of(in.text());
      records++;
      return true;
    }
    return false;
  }

  private boolean nextOfSdf() throws IOException, Rejected {
    if (!owned) {
      return false;
    }
    firstLine = linesRead + 1;
    long bytes = 0;
    boolean blank = true;
    List<String> read = new ArrayList<>();
    while (in.next()) {
      linesRead++;
      if (isDelimiter()) {
        owned = in.offset() < end;
        return taken(read);
      }
      bytes += in.to() - in.from() + 1;
      if (bytes > MOST_BYTES) {
        throw tooLong();
      }
      blank &= in.isBlank();
      read.add(in.text());
    }
    owned = false;
    return !blank && taken(read); // the last record may lack its delimiter
  }

  private static Rejected tooLong() {
    return new Rejected("the record is longer than 64 MiB; is this a file of molecules?");
  }

  private boolean taken(List<String> read) {
    lines = read;
    records++;
    return true;
  }

  List<String> lines() {
    return lines;
  }

  /** Records of this split so far. */
  long records() {
    return records;
  }

  /** The current record's first line, from 1 among the lines of this split's records. */
  long firstLine() {
    return firstLine;
  }

  /** Lines of this split so far: those of its records, for SMILES blank ones and headers, too. */
  long linesRead() {
    return linesRead;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
