package dev.kindling.data;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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
public final class LineReader implements Closeable {
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
  private long offset;

  /** The lines of a split of bytes; that of a gzipped file is all of it. */
  public static LineReader open(InputFile file, FileSplit split, Configuration conf)
      throws IOException {
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
  public LineReader(InputStream in, long start, long end) {
    this.in = in;
    this.end = end;
    this.fileStart = start == 0;
    this.bufferOffset = seekPosition(start);
    this.skipFirst = start > 0;
  }

  /** One byte early: when that is a line break, the split begins with a line of its own. */
  public static long seekPosition(long start) {
    return Math.max(0, start - 1);
  }

  /**
   * Moves to the next line, if there is one.
   *
   * @throws Rejected if the line is longer than 256 MiB
   */
  public boolean next() throws IOException, Rejected {
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

  /** Holds the line, from {@link #from()} to before {@link #to()}. */
  public byte[] bytes() {
    return buffer;
  }

  public int from() {
    return from;
  }

  public int to() {
    return to;
  }

  /** Where in the file the line begins; a byte order mark is part of the line here. */
  public long offset() {
    return offset;
  }

  /**
   * The line as text.
   *
   * @throws Rejected if it is not UTF-8; as UTF-16 where the first line looks so
   */
  public String text() throws Rejected {
    if (atFileStart()) {
      StrictText.requireBytesOfText(buffer, from, to);
    }
    try {
      return StrictText.of(buffer, from, to, StandardCharsets.UTF_8);
    } catch (Rejected e) {
      throw new Rejected(e.getMessage() + "; save the file as UTF-8");
    }
  }

  /** Lines begun so far in this split. */
  public long lines() {
    return lines;
  }

  /** Whether the line is the first of its file. */
  public boolean atFileStart() {
    return fileStart && lines == 1;
  }

  public boolean isBlank() {
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
    offset = bufferOffset + position;
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
