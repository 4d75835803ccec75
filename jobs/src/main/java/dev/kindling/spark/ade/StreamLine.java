package dev.kindling.spark.ade;

import java.io.Serializable;
import java.util.Comparator;

/**
 * A line of a micro-batch.
 *
 * @param source its file, or its topic
 * @param inFile whether it is a file
 * @param part partition of the topic; of a file 0, and until {@link StreamLines} has counted the
 *     rows the first byte of the part that a task reads
 * @param row offset, or place in the file from 0, until then in the part
 * @param first an id as the index has it, a query's id (String), or a row of U (Long); null where
 *     there is a fault
 * @param second the second id of a constraint, or null
 * @param numbers those that follow
 * @param text the first {@value #SHOWN} characters; empty for a query without a fault
 * @param fault why the line cannot be used, or null; empty for a blank line
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record StreamLine(
    StreamKind kind,
    String source,
    boolean inFile,
    long part,
    long row,
    Object first,
    Object second,
    double[] numbers,
    String text,
    String fault)
    implements Serializable {
  /** Of a text that is kept. */
  static final int SHOWN = 200;

  /** The same for any partitions. */
  static final Comparator<StreamLine> ORDER =
      Comparator.comparing(StreamLine::kind)
          .thenComparing(StreamLine::source)
          .thenComparingLong(StreamLine::part)
          .thenComparingLong(StreamLine::row);

  private static final int OBJECTS = 300;

  /** A constraint's target. */
  double target() {
    return numbers[0];
  }

  /** Bytes in memory, about. */
  long bytes() {
    return OBJECTS + 2L * text.length() + (long) Double.BYTES * numbers.length;
  }

  /** The same line, which cannot be used. */
  StreamLine rejected(String why) {
    return new StreamLine(kind, source, inFile, part, row, null, null, numbers, text, why);
  }

  /** The same line of a file, by its row in the file. */
  StreamLine at(long rowInFile) {
    return new StreamLine(kind, source, true, 0, rowInFile, first, second, numbers, text, fault);
  }

  /** Whether there is nothing in it. */
  boolean isBlank() {
    return fault != null && fault.isEmpty();
  }

  /** For messages. */
  String where() {
    return kind.option()
        + (": " + source)
        + (inFile ? ", row " + row : ", partition " + part + ", offset " + row);
  }
}
