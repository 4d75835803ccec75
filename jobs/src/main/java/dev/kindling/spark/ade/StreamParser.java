package dev.kindling.spark.ade;

import dev.kindling.Words;
import dev.kindling.data.Rejected;
import dev.kindling.data.table.NumericLine;
import java.io.Serializable;

/**
 * Reads lines of text for an index. What is wrong with a line by itself is found here.
 *
 * @param dimension d
 * @param inWords whether the ids of the index are words
 * @param learner of constraints, or null
 */
record StreamParser(int dimension, boolean inWords, Learner learner) implements Serializable {
  /** Characters of an id. */
  static final int LONGEST_ID = 1000;

  private static final double[] NONE = new double[0];

  /**
   * @param line reused
   * @param text null for a message without a value
   */
  StreamLine parse(
      NumericLine line,
      StreamKind kind,
      String source,
      boolean inFile,
      long part,
      long row,
      String text) {
    String shown = shown(text == null ? "" : text);
    try {
      if (text == null) {
        throw new Rejected("no value");
      }
      if (text.isBlank()) {
        throw new Rejected("");
      }
      line.split(text);
      require(line, kind);
      Object first =
          switch (kind) {
            case QUERY -> word(line, 0);
            case METRIC_UPDATE -> line.whole(0);
            default -> id(line, 0);
          };
      Object second = kind == StreamKind.CONSTRAINT ? id(line, 1) : null;
      double[] numbers = numbers(line, second == null ? 1 : 2);
      if (second != null) {
        String fault = NamedPairs.fault(first, second, numbers[0], learner);
        if (fault != null) {
          throw new Rejected(fault);
        }
      }
      String kept = kind == StreamKind.QUERY ? "" : shown;
      return new StreamLine(kind, source, inFile, part, row, first, second, numbers, kept, null);
    } catch (Rejected e) {
      return new StreamLine(
          kind, source, inFile, part, row, null, null, NONE, shown, e.getMessage());
    }
  }

  private void require(NumericLine line, StreamKind kind) throws Rejected {
    int cells =
        switch (kind) {
          case POINT_DELETE -> 1;
          case CONSTRAINT -> 3;
          default -> dimension + 1;
        };
    if (line.count() != cells) {
      throw new Rejected(Words.of("%,d cells; there should be %,d", line.count(), cells));
    }
  }

  private Object id(NumericLine line, int cell) throws Rejected {
    return inWords ? word(line, cell) : (Object) line.whole(cell);
  }

  private static String word(NumericLine line, int cell) throws Rejected {
    String word = line.text(cell);
    if (word.isEmpty() || word.length() > LONGEST_ID) {
      throw new Rejected(
          word.isEmpty()
              ? "the id is empty"
              : "an id of " + word.length() + " characters; at most " + LONGEST_ID + " may be");
    }
    if (word.indexOf('\ufffd') >= 0) { // Spark's for bytes that are not UTF-8
      throw new Rejected("the id is not UTF-8; save the file as UTF-8");
    }
    return word;
  }

  private static double[] numbers(NumericLine line, int from) throws Rejected {
    double[] numbers = new double[line.count() - from];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = line.number(from + i);
    }
    return numbers;
  }

  private static String shown(String text) {
    int end = Math.min(text.length(), StreamLine.SHOWN);
    boolean splits = end < text.length() && Character.isHighSurrogate(text.charAt(end - 1));
    return text.substring(0, splits ? end - 1 : end);
  }
}
