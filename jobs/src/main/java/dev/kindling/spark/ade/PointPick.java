package dev.kindling.spark.ade;

import dev.kindling.data.table.NumericTable;
import dev.kindling.linalg.Matrix;
import dev.kindling.spark.job.RowBytes;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** Brings some rows of a table to the driver, in one pass and without a shuffle. */
final class PointPick {
  /** Beyond it results come one partition after the other. */
  private static final double AT_ONCE = 256L << 20;

  private static final int CHUNK = 1 << 20;

  private PointPick() {}

  /**
   * @param rows their numbers, or null for all
   */
  static PointSet rows(JavaSparkContext context, NumericTable table, long[] rows) {
    Set<Object> wanted = null;
    if (rows != null) {
      wanted = new HashSet<>();
      for (long row : rows) {
        wanted.add(row);
      }
    }
    return pick(context, table, wanted, false, rows == null ? table.numRows() : rows.length);
  }

  /**
   * @param names ids: Long or String, as the table has them
   */
  static PointSet named(JavaSparkContext context, NumericTable table, Set<Object> names) {
    return pick(context, table, names, true, names.size());
  }

  private static PointSet pick(
      JavaSparkContext context, NumericTable table, Set<Object> wanted, boolean byName, long most) {
    PointSet.requireRoom(table.numFeatures(), most);
    boolean labelled = table.labels().isPresent();
    boolean words = hasWords(table);
    Broadcast<Set<Object>> shared = context.broadcast(wanted);
    JavaRDD<Chunk> chunks =
        table
            .rows()
            .select("row", "id", "features", labelled ? "label" : "row")
            .javaRDD()
            .mapPartitions(new Pick(labelled, words, byName, shared));
    List<Chunk> picked = new ArrayList<>();
    if ((double) most * table.numFeatures() * Double.BYTES > AT_ONCE) {
      chunks.toLocalIterator().forEachRemaining(picked::add);
    } else {
      picked.addAll(chunks.collect());
    }
    shared.destroy();
    return inOrder(picked, table.numFeatures(), words);
  }

  /** Whether ids are words. */
  static boolean hasWords(NumericTable table) {
    return table.rows().schema().apply("id").dataType().equals(DataTypes.StringType);
  }

  private static PointSet inOrder(List<Chunk> chunks, int dimension, boolean words) {
    int n = chunks.stream().mapToInt(chunk -> chunk.names().count()).sum();
    long[] rows = new long[n];
    int[] at = {0};
    for (Chunk chunk : chunks) {
      RowBytes.each(chunk.rows(), dimension, row -> rows[at[0]++] = row.key());
    }
    Arrays.sort(rows);
    PointSet.requireRoom(dimension, n);
    Matrix points = Matrix.zeros(dimension, n);
    Object[] names = new Object[n];
    int[] labels = new int[n];
    double[] x = new double[dimension];
    for (Chunk chunk : chunks) {
      int[] next = {0};
      RowBytes.each(
          chunk.rows(),
          dimension,
          row -> {
            int to = Arrays.binarySearch(rows, row.key());
            row.features(x);
            System.arraycopy(x, 0, points.values(), to * dimension, dimension);
            labels[to] = (int) row.y();
            names[to] = chunk.names().get(next[0]++);
          });
    }
    RowNames inOrder = new RowNames(words, n);
    Arrays.stream(names).forEach(inOrder::add);
    return new PointSet(points, inOrder, labels);
  }

  /** Rows on their way. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Chunk(byte[] rows, RowNames names) implements Serializable {}

  /** Picks of one partition. */
  private record Pick(
      boolean labelled, boolean words, boolean byName, Broadcast<Set<Object>> wanted)
      implements FlatMapFunction<Iterator<Row>, Chunk> {
    @Override
    public Iterator<Chunk> call(Iterator<Row> rows) {
      Set<Object> these = wanted.value();
      return new Iterator<>() {
        private Chunk ready;

        @Override
        public boolean hasNext() {
          RowBytes bytes = new RowBytes();
          RowNames names = new RowNames(words, 16);
          while (ready == null && rows.hasNext()) {
            Row row = rows.next();
            if (these == null || these.contains(row.get(byName ? 1 : 0))) {
              bytes.add(row.getLong(0), labelled ? row.getDouble(3) : 0, 1, row.<Vector>getAs(2));
              names.add(row.get(1));
            }
            if (bytes.size() >= CHUNK) {
              ready = new Chunk(bytes.take(), names);
            }
          }
          if (ready == null && !bytes.isEmpty()) {
            ready = new Chunk(bytes.take(), names);
          }
          return ready != null;
        }

        @Override
        public Chunk next() {
          if (!hasNext()) {
            throw new NoSuchElementException();
          }
          Chunk chunk = ready;
          ready = null;
          return chunk;
        }
      };
    }
  }
}
