package dev.kindling.spark.ade;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import dev.kindling.BadInput;
import dev.kindling.linalg.Matrix;
import dev.kindling.spark.job.ContentKey;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import scala.Tuple2;

/**
 * Labelled rows of a DataFrame in an order that their content decides, whatever the partitions and
 * the order in which they come.
 */
final class FrameRows {
  private static final int MOST_CLASSES = 1 << 20;

  private final JavaRDD<Keyed> rows;
  private final long count;
  private final int dimension;
  private final int classes;

  private FrameRows(JavaRDD<Keyed> rows, long count, int dimension, int classes) {
    this.rows = rows;
    this.count = count;
    this.dimension = dimension;
    this.classes = classes;
  }

  /** A row with its place. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Keyed(long key, int label, double[] x) implements Serializable {}

  private static final class ByKey implements Comparator<Keyed>, Serializable {
    private static final long serialVersionUID = 1L;

    /** Rows of one key are equal, or 64 bits have met by chance. */
    @Override
    public int compare(Keyed a, Keyed b) {
      return Long.compareUnsigned(a.key(), b.key());
    }
  }

  /**
   * @throws BadInput if there are no rows, or a column holds what cannot be learnt from
   */
  static FrameRows of(Dataset<?> dataset, String features, String label, long seed) {
    Dataset<Row> frame =
        dataset.select(
            col(features).as("features"), col(label).cast(DataTypes.DoubleType).as("label"));
    Row facts = frame.agg(count(lit(1)), count(col("label")), min("label"), max("label")).first();
    long n = facts.getLong(0);
    if (n == 0) {
      throw new BadInput("the DataFrame has no rows");
    }
    if (facts.getLong(1) < n) {
      throw BadInput.of(
          "the DataFrame: column %s holds nulls; fill them or leave the rows out", label);
    }
    if (!(facts.getDouble(2) >= 0 && facts.getDouble(3) < MOST_CLASSES)) {
      throw BadInput.of(
          "the DataFrame: column %s holds %s to %s; classes are 0, 1, …",
          label, facts.getDouble(2), facts.getDouble(3));
    }
    if (facts.getDouble(2) == facts.getDouble(3)) {
      throw BadInput.of(
          "the DataFrame: column %s holds one class; a metric from labels needs two", label);
    }
    Vector first = frame.first().getAs(0);
    if (first == null) {
      throw new BadInput("the DataFrame: column " + features + " holds nulls");
    }
    int d = first.size();
    return new FrameRows(
        frame.javaRDD().map(row -> keyed(row, features, label, d, seed)),
        n,
        d,
        (int) facts.getDouble(3) + 1);
  }

  private static Keyed keyed(Row row, String features, String label, int d, long seed) {
    Vector x = row.getAs(0);
    double y = row.getDouble(1);
    if (x == null || x.size() != d) {
      throw BadInput.of(
          "the DataFrame: column %s holds %s; the others have %s",
          features, x == null ? "nulls" : x.size() + " numbers in a row", d);
    }
    if (y != Math.rint(y)) {
      throw BadInput.of("the DataFrame: column %s holds %s; classes are whole numbers", label, y);
    }
    double[] values = x.toArray();
    for (double value : values) {
      if (!Double.isFinite(value)) {
        throw new BadInput("the DataFrame: column " + features + " holds " + value);
      }
    }
    return new Keyed(ContentKey.of(seed, x, y, 1), (int) y, values);
  }

  long size() {
    return count;
  }

  int dimension() {
    return dimension;
  }

  /** One more than the highest label. */
  int classes() {
    return classes;
  }

  /** Blocks and how many there are. */
  record Blocks(JavaRDD<PointBlock> rows, int count) {}

  /** All rows in blocks by content, of about as many rows as a block has. */
  Blocks blocks() {
    int most = PointBlock.count(count);
    int d = dimension;
    JavaPairRDD<Integer, Iterable<Keyed>> groups =
        rows.mapToPair(row -> new Tuple2<>(block(row.key(), most), row))
            .groupByKey(Math.min(most, rows.context().defaultParallelism()));
    // Equal rows share a block, which may leave others empty.
    int[] present = groups.keys().collect().stream().mapToInt(i -> i).sorted().toArray();
    return new Blocks(
        groups.map(group -> block(Arrays.binarySearch(present, group._1()), group._2(), d)),
        present.length);
  }

  private static int block(long key, int blocks) {
    return (int) Math.multiplyHigh(key >>> 1, (long) blocks << 1);
  }

  private static PointBlock block(int number, Iterable<Keyed> rows, int d) {
    List<Keyed> sorted = new ArrayList<>();
    rows.forEach(sorted::add);
    sorted.sort(new ByKey());
    PointSet set = set(sorted, d);
    return new PointBlock(number, set.points(), set.names(), set.labels());
  }

  /** Some rows on the driver, drawn by the seed; all where there are no more. */
  PointSet take(long most) {
    int wanted = Math.toIntExact(Math.min(most, count));
    PointSet.requireRoom(dimension, wanted);
    return set(rows.takeOrdered(wanted, new ByKey()), dimension);
  }

  private static PointSet set(List<Keyed> rows, int d) {
    Matrix points = Matrix.zeros(d, rows.size());
    RowNames names = new RowNames(false, rows.size());
    int[] labels = new int[rows.size()];
    for (int j = 0; j < labels.length; j++) {
      System.arraycopy(rows.get(j).x(), 0, points.values(), j * d, d);
      labels[j] = rows.get(j).label();
      names.add((long) j);
    }
    return new PointSet(points, names, labels);
  }
}
