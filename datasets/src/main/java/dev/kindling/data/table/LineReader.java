package dev.kindling.data.table;

import dev.kindling.data.InputFile;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;

/**
 * The lines of one split of a text file: those whose first byte lies in [start, end), whole, with
 * the line break (LF or CR LF) taken off.
 *
 * <p>So each line of a file belongs to exactly one split, however it is cut. The bytes of a line
 * stay valid until the next call of {@link #next()}, and the caller may change them.
 */
final class LineReader implements Closeable {
  private static final int LONGEST_LINE = 1 << 28;

  private final InputStream in;
  private final long end;
  private final boolean fileStart;
  private byte[] buffer = new byte[1 << 16];
  private int position;
  private int limit;
  private long bufferOffset;
  private boolean skipFirst;
  private int from;
  private int to;
  private long lines;

  /** The lines of a split of bytes; that of a gzipped file is all of it. */
  static LineReader open(InputFile file, TableSplit split, Configuration conf) throws IOException {
    if (file.gzipped()) {
      return new LineReader(file.content(conf), split.start(), split.end());
    }
    FSDataInputStream in = file.open(conf);
    in.seek(seekPosition(split.start()));
    return new LineReader(in, split.start(), split.end());
  }

  /**
   * @param in positioned at {@link #seekPosition}
   */
  LineReader(InputStream in, long start, long end) {
    this.in = in;
    this.end = end;
    this.fileStart = start == 0;
    this.bufferOffset = seekPosition(start);
    this.skipFirst = start > 0;
  }

  /** One byte early: when that is a line break, the split begins with a line of its own. */
  static long seekPosition(long start) {
    return Math.max(0, start - 1);
  }

  /** Moves to the next line, if there is one. */
  boolean next() throws IOException, Rejected {
    if (skipFirst) {
      skipFirst = false;
      skipLine();
    }
    if (bufferOffset + position >= end) {
      return false;
    }
    int scan = position;
    while (true) {
      int newline = find(scan);
      if (newline >= 0) {
        take(newline, newline + 1);
        return true;
      }
      scan = limit;
      int moved = position;
      if (!fill()) {
        if (position == limit) {
          return false;
        }
        take(limit, limit);
        return true;
      }
      scan -= moved;
    }
  }

  byte[] bytes() {
    return buffer;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  /** Lines begun so far in this split. */
  long lines() {
    return lines;
  }

  /** Whether the line is the first of its file. */
  boolean atFileStart() {
    return fileStart && lines == 1;
  }

  boolean isBlank() {
    for (int i = from; i < to; i++) {
      if (buffer[i] != ' ' && buffer[i] != '\t') {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private void take(int lineEnd, int nextLine) {
    from = position;
    to = lineEnd > from && buffer[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
    position = nextLine;
    lines++;
    if (atFileStart() && startsWithByteOrderMark()) {
      from += 3;
    }
  }

  private boolean startsWithByteOrderMark() {
    return to - from >= 3
        && buffer[from] == (byte) 0xEF
        && buffer[from + 1] == (byte) 0xBB
        && buffer[from + 2] == (byte) 0xBF;
  }

  private int find(int start) {
    for (int i = start; i < limit; i++) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private void skipLine() throws IOException, Rejected {
    while (true) {
      int newline = find(position);
      position = newline < 0 ? limit : newline + 1;
      if (newline >= 0 || !fill()) {
        return;
      }
    }
  }

  /** Moves what is left to the front and reads more behind it; false at the end of the file. */
  private boolean fill() throws IOException, Rejected {
    System.arraycopy(buffer, position, buffer, 0, limit - position);
    bufferOffset += position;
    limit -= position;
    position = 0;
    if (limit == buffer.length) {
      if (limit >= LONGEST_LINE) {
        lines++;
        throw new Rejected("the line is longer than 256 MiB; is this a text file?");
      }
      buffer = Arrays.copyOf(buffer, 2 * limit);
    }
    int count = in.read(buffer, limit, buffer.length - limit);
    limit += Math.max(0, count);
    return count > 0;
  }
}
