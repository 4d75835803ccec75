package dev.kindling.block;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Arrays of numbers to and from bytes: the length, then the values, little-endian, in pieces of 64
 * kB. A length is checked against what the reader expects before anything is allocated.
 */
public final class ArrayIo {
  private static final int PIECE = 1 << 16;

  private ArrayIo() {}

  public static void writeDoubles(DataOutput out, double[] values) throws IOException {
    writeDoubles(out, values, values.length);
  }

  /** Writes the first {@code length} of the values. */
  public static void writeDoubles(DataOutput out, double[] values, int length) throws IOException {
    out.writeInt(length);
    writeValues(out, values, 0, length);
  }

  /** Writes some of the values, and no length. */
  public static void writeValues(DataOutput out, double[] values, int first, int length)
      throws IOException {
    ByteBuffer piece = piece(length, Double.BYTES);
    for (int from = 0; from < length; from += PIECE / Double.BYTES) {
      int count = Math.min(PIECE / Double.BYTES, length - from);
      piece.asDoubleBuffer().put(values, first + from, count);
      out.write(piece.array(), 0, count * Double.BYTES);
    }
  }

  public static void writeInts(DataOutput out, int[] values) throws IOException {
    out.writeInt(values.length);
    ByteBuffer piece = piece(values.length, Integer.BYTES);
    for (int from = 0; from < values.length; from += PIECE / Integer.BYTES) {
      int count = Math.min(PIECE / Integer.BYTES, values.length - from);
      piece.asIntBuffer().put(values, from, count);
      out.write(piece.array(), 0, count * Integer.BYTES);
    }
  }

  /**
   * @param most the longest array to be expected
   * @throws IOException if the file says it is longer
   */
  public static double[] readDoubles(DataInput in, int most) throws IOException {
    int length = in.readInt();
    check(length >= 0 && length <= most, "length", length);
    double[] values = new double[length];
    readValues(in, values, 0, length);
    return values;
  }

  /**
   * Reads an array of a known length into the first places of another.
   *
   * @throws IOException if the file says another length
   */
  public static void readDoubles(DataInput in, double[] into, int length) throws IOException {
    int found = in.readInt();
    check(found == length, "length", found);
    readValues(in, into, 0, length);
  }

  /** Reads values that have no length in front into an array from {@code first} on. */
  public static void readValues(DataInput in, double[] into, int first, int length)
      throws IOException {
    ByteBuffer piece = piece(length, Double.BYTES);
    for (int from = 0; from < length; from += PIECE / Double.BYTES) {
      int count = Math.min(PIECE / Double.BYTES, length - from);
      in.readFully(piece.array(), 0, count * Double.BYTES);
      piece.asDoubleBuffer().get(into, first + from, count);
    }
  }

  /**
   * @param most the longest array to be expected
   * @throws IOException if the file says it is longer
   */
  public static int[] readInts(DataInput in, int most) throws IOException {
    int length = in.readInt();
    check(length >= 0 && length <= most, "length", length);
    int[] values = new int[length];
    ByteBuffer piece = piece(length, Integer.BYTES);
    for (int from = 0; from < length; from += PIECE / Integer.BYTES) {
      int count = Math.min(PIECE / Integer.BYTES, length - from);
      in.readFully(piece.array(), 0, count * Integer.BYTES);
      piece.asIntBuffer().get(values, from, count);
    }
    return values;
  }

  /**
   * @throws IOException naming {@code what} and its value if it does not hold
   */
  public static void check(boolean holds, String what, long value) throws IOException {
    if (!holds) {
      throw new IOException("a damaged file: " + what + " " + value);
    }
  }

  private static ByteBuffer piece(int length, int bytes) {
    return ByteBuffer.allocate(Math.min(PIECE / bytes, length) * bytes)
        .order(ByteOrder.LITTLE_ENDIAN);
  }
}
