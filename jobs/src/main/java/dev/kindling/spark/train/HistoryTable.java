package dev.kindling.spark.train;

import dev.kindling.Words;
import dev.kindling.block.ArrayIo;
import dev.kindling.nn.LossSum;
import dev.kindling.nn.TrainingStep;
import dev.kindling.spark.job.JobFailure;
import dev.kindling.spark.job.Table;
import dev.kindling.spark.job.TableRows;
import dev.kindling.spark.job.TableSchema;
import dev.kindling.spark.job.TableSchema.Kind;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The table {@code history}: a row a step, or a round of local steps, 4,096 rows a file. */
final class HistoryTable {
  private static final int BLOCK = 4096;
  private static final int WIDTH = 10;

  private static final TableSchema SCHEMA =
      TableSchema.empty()
          .with("step", Kind.LONG)
          .with("epoch", Kind.DOUBLE)
          .with("loss", Kind.DOUBLE)
          .with("learning_rate", Kind.DOUBLE)
          .with("cosine", Kind.DOUBLE)
          .with("pending", Kind.DOUBLE)
          .with("regrets", Kind.LONG)
          .with("validation_loss", Kind.DOUBLE)
          .with("validation_accuracy", Kind.DOUBLE);

  private final Table table;
  private final boolean classes;
  private final List<TrainingStep> open = new ArrayList<>();
  private int block;

  /** Its columns. */
  static TableSchema schema() {
    return SCHEMA;
  }

  HistoryTable(Table table, boolean classes) {
    this.table = table;
    this.classes = classes;
  }

  void add(TrainingStep step) {
    open.add(step);
    if (open.size() == BLOCK) {
      flush();
      open.clear();
      block++;
    }
  }

  /** Writes the rows that fill no block. */
  void flush() {
    if (!open.isEmpty()) {
      table.write(block, open.stream().map(this::row).iterator());
    }
  }

  private Object[] row(TrainingStep s) {
    LossSum v = s.validation();
    return new Object[] {
      s.step(),
      s.epoch(),
      s.loss(),
      s.learningRate(),
      Double.isNaN(s.cosine()) ? null : (Object) s.cosine(),
      s.pending(),
      s.regrets(),
      v == null ? null : (Object) v.meanLoss(),
      v == null || !classes ? null : (Object) v.accuracy()
    };
  }

  /** Reads all rows back, in order. */
  void each(Consumer<Object[]> row) {
    for (int b = 0; b < block + (open.isEmpty() ? 0 : 1); b++) {
      try {
        TableRows.read(table.conf(), table.file(Words.of("part-%05d", b)), SCHEMA, row);
      } catch (IOException e) {
        throw new JobFailure("table history cannot be read: " + e.getMessage(), e);
      }
    }
  }

  /** Writes what {@link #read} needs to go on. */
  void write(DataOutput out) throws IOException {
    out.writeInt(block);
    double[] values = new double[open.size() * WIDTH];
    for (int i = 0, k = 0; i < open.size(); i++) {
      TrainingStep s = open.get(i);
      LossSum v = s.validation() == null ? LossSum.NONE : s.validation();
      for (double value :
          new double[] {
            s.step(),
            s.epoch(),
            s.loss(),
            s.learningRate(),
            s.cosine(),
            s.pending(),
            s.regrets(),
            v.loss(),
            v.weight(),
            v.right()
          }) {
        values[k++] = value;
      }
    }
    ArrayIo.writeDoubles(out, values);
  }

  /**
   * @throws IOException if what is read cannot be a history
   */
  void read(DataInput in) throws IOException {
    block = in.readInt();
    ArrayIo.check(block >= 0, "blocks of history", block);
    double[] values = ArrayIo.readDoubles(in, BLOCK * WIDTH);
    ArrayIo.check(values.length % WIDTH == 0, "history of", values.length);
    open.clear();
    for (int k = 0; k < values.length; k += WIDTH) {
      open.add(
          new TrainingStep(
              (long) values[k],
              values[k + 1],
              values[k + 2],
              values[k + 3],
              values[k + 4],
              values[k + 5],
              (long) values[k + 6],
              values[k + 8] == 0
                  ? null
                  : new LossSum(values[k + 7], values[k + 8], values[k + 9])));
    }
  }
}
