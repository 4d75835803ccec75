package dev.kindling.data.table;

import dev.kindling.data.FileSplit;
import dev.kindling.data.Rejected;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;

/**
 * The rows of one split, read while they are asked for.
 *
 * @param firstRows the number of each split's first row in the table
 */
record RowsTask(
    SplitTable table,
    Layout layout,
    OutputRow output,
    List<FileSplit> splits,
    long[] firstRows,
    Broadcast<SerializableConfiguration> conf)
    implements FlatMapFunction<Integer, Row> {
  @Override
  public Iterator<Row> call(Integer split) throws IOException {
    RowCursor cursor = table.open(splits.get(split), conf.value().value());
    TaskCompletionListener close = context -> close(cursor);
    TaskContext.get().addTaskCompletionListener(close);
    return new Rows(cursor, firstRows[split]);
  }

  private static void close(RowCursor cursor) {
    try {
      cursor.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class Rows implements Iterator<Row> {
    private final RowCursor cursor;
    private final TableRow row = new TableRow(layout);
    private long number;
    private boolean ready;

    Rows(RowCursor cursor, long first) {
      this.cursor = cursor;
      this.number = first;
    }

    @Override
    public boolean hasNext() {
      if (!ready) {
        try {
          ready = cursor.next(row);
        } catch (Rejected e) {
          throw new IllegalStateException("the table changed after it was checked", e);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      return ready;
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      ready = false;
      return output.of(number++, row);
    }
  }
}
