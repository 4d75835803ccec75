package dev.kindling.optim;

import dev.kindling.block.ArrayIo;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** What a written state begins with: whose it is, as four letters, and for how many weights. */
final class Tag {
  private Tag() {}

  static void write(DataOutput out, String name, int size) throws IOException {
    out.writeInt(code(name));
    out.writeInt(size);
  }

  /**
   * @throws IOException if the state is another's or of another size
   */
  static void expect(DataInput in, String name, int size) throws IOException {
    int code = in.readInt();
    ArrayIo.check(code == code(name), "a state that is not of " + name + ":", code);
    int found = in.readInt();
    ArrayIo.check(found == size, "a state of " + name + " of size", found);
  }

  /**
   * @throws IOException if it is neither 0 nor 1
   */
  static boolean flag(DataInput in) throws IOException {
    int flag = in.readByte();
    ArrayIo.check(flag == 0 || flag == 1, "flag", flag);
    return flag == 1;
  }

  /**
   * @throws IOException if it is negative
   */
  static long count(DataInput in) throws IOException {
    long count = in.readLong();
    ArrayIo.check(count >= 0, "count", count);
    return count;
  }

  /**
   * Reads a number of which a state never holds one outside of a range; NaN may be: a run that came
   * to nothing has a state, too.
   *
   * @throws IOException if it is outside
   */
  static double number(DataInput in, double least, double most) throws IOException {
    double value = in.readDouble();
    check(value, least, most);
    return value;
  }

  /** The same for an array of known length. */
  static void numbers(DataInput in, double[] into, double least, double most) throws IOException {
    ArrayIo.readDoubles(in, into, into.length);
    for (double value : into) {
      check(value, least, most);
    }
  }

  private static void check(double value, double least, double most) throws IOException {
    if (value < least || value > most) {
      throw new IOException("a damaged file: " + value + " is not in " + least + " to " + most);
    }
  }

  private static int code(String name) {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      code = code << 8 | (i < name.length() ? name.charAt(i) : ' ');
    }
    return code;
  }
}
