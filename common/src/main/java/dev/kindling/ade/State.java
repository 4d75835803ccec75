package dev.kindling.ade;

import dev.kindling.BadInput;
import dev.kindling.block.ArrayIo;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** What the learners' states and targets have in common. */
final class State {
  private State() {}

  static void writeTag(DataOutput out, String name) throws IOException {
    out.writeInt(code(name));
  }

  /**
   * @throws IOException if the state is another's
   */
  static void expectTag(DataInput in, String name) throws IOException {
    int code = in.readInt();
    ArrayIo.check(code == code(name), "a state that is not of " + name + ":", code);
  }

  /**
   * @throws IOException if the number is not in the range, or not a number
   */
  static void check(double value, double least, double most) throws IOException {
    if (!(value >= least && value <= most)) {
      throw new IOException("a damaged file: " + value + " is not in " + least + " to " + most);
    }
  }

  /**
   * @throws BadInput if the target is neither +1 nor −1
   */
  static void requireSign(int constraint, double target) {
    if (target != 1 && target != -1) {
      throw BadInput.of(
          "constraint %s: a target of %s; it is 1 for similar points and -1 for others",
          constraint, target);
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
