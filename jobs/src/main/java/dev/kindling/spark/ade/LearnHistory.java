package dev.kindling.spark.ade;

import dev.kindling.block.ArrayIo;
import dev.kindling.spark.job.Run;
import dev.kindling.spark.job.Table;
import dev.kindling.spark.job.TableSchema;
import dev.kindling.spark.job.TableSchema.Kind;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The table {@code history}: a row a constraint, or, where there are more than {@value #MOST}, the
 * means of so many constraints in a row that there are not. In memory until the end: at most 2 MB.
 */
final class LearnHistory {
  static final int MOST = 1 << 16;

  private static final int BLOCK = 4096;
  private static final int WIDTH = 5;

  private static final TableSchema SCHEMA =
      TableSchema.empty()
          .with("step", Kind.LONG)
          .with("constraints", Kind.LONG)
          .with("before", Kind.DOUBLE)
          .with("after", Kind.DOUBLE)
          .with("loss", Kind.DOUBLE);

  private final long group;

  /** Rows of step, constraints and sums; the last one may be open. */
  private double[] rows = new double[64 * WIDTH];

  private int count;

  /**
   * @param steps in all
   */
  LearnHistory(long steps) {
    group = Math.max(1, (steps + MOST - 1) / MOST);
  }

  void add(LearnStep step) {
    if (count == 0 || rows[(count - 1) * WIDTH + 1] == group) {
      if ((count + 1) * WIDTH > rows.length) {
        rows = Arrays.copyOf(rows, 2 * rows.length);
      }
      count++;
    }
    int at = (count - 1) * WIDTH;
    rows[at] = step.step();
    rows[at + 1]++;
    rows[at + 2] += step.before();
    rows[at + 3] += step.after();
    rows[at + 4] += step.loss();
  }

  /** A column: 0 step, 1 constraints, 2 before, 3 after, 4 loss, these three as means. */
  double[] column(int column) {
    return IntStream.range(0, count).mapToDouble(row -> value(row, column)).toArray();
  }

  private double value(int row, int column) {
    double value = rows[row * WIDTH + column];
    return column < 2 ? value : value / rows[row * WIDTH + 1];
  }

  /** How many constraints a row stands for, the last one aside. */
  long group() {
    return group;
  }

  void write(Run run) {
    Table table = run.table("history", SCHEMA);
    for (int from = 0, block = 0; from < count; from += BLOCK, block++) {
      table.write(
          block,
          IntStream.range(from, Math.min(count, from + BLOCK))
              .mapToObj(
                  row ->
                      new Object[] {
                        (long) value(row, 0),
                        (long) value(row, 1),
                        value(row, 2),
                        value(row, 3),
                        value(row, 4)
                      })
              .iterator());
    }
  }

  /** Writes what {@link #read} needs to go on. */
  void write(DataOutput out) throws IOException {
    ArrayIo.writeDoubles(out, rows, count * WIDTH);
  }

  /**
   * @throws IOException if what is read cannot be a history
   */
  void read(DataInput in) throws IOException {
    double[] read = ArrayIo.readDoubles(in, MOST * WIDTH);
    ArrayIo.check(read.length % WIDTH == 0, "history of", read.length);
    count = read.length / WIDTH;
    rows = Arrays.copyOf(read, Math.max(64 * WIDTH, read.length));
  }
}
