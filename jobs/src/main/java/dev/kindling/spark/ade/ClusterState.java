package dev.kindling.spark.ade;

import dev.kindling.block.ArrayIo;
import dev.kindling.linalg.Matrix;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Where Lloyd's algorithm stands: centres, and the cost of each set of centres before them. */
final class ClusterState {
  private static final int MOST_STEPS = 1 << 20;

  private final List<Double> costs = new ArrayList<>();
  private Matrix centres;

  /** Centres of images, k×K; null before the first. */
  Matrix centres() {
    return centres;
  }

  /** By step. */
  List<Double> costs() {
    return costs;
  }

  void begin(Matrix first) {
    centres = first;
  }

  /** One step of Lloyd's algorithm was made. */
  void stepped(double cost, Matrix next) {
    costs.add(cost);
    centres = next;
  }

  /**
   * Where medians begin to differ from means: a millionth of the points' mean distance. Infinite
   * before the first step, which goes to the means: the first centers are points, and a point that
   * is a center would hold it.
   *
   * @param points how many
   */
  double nearest(long points) {
    return costs.isEmpty() || costs.get(0) == 0
        ? Double.POSITIVE_INFINITY
        : 1e-6 * costs.get(0) / points;
  }

  /** Whether the last step lowered the cost by less than a share of it. */
  boolean settled(double tolerance) {
    int n = costs.size();
    return n >= 2 && costs.get(n - 2) - costs.get(n - 1) <= tolerance * costs.get(n - 1);
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(centres.rows());
    out.writeInt(centres.cols());
    ArrayIo.writeDoubles(out, centres.values());
    ArrayIo.writeDoubles(out, costs.stream().mapToDouble(c -> c).toArray());
  }

  /**
   * @param rows k
   * @param mostColumns the largest K that may be
   * @throws IOException if what is read cannot be such a state
   */
  void read(DataInput in, int rows, int mostColumns) throws IOException {
    int k = in.readInt();
    ArrayIo.check(k == rows, "rows of centres", k);
    int count = in.readInt();
    ArrayIo.check(count >= 1 && count <= mostColumns, "centres", count);
    double[] values = ArrayIo.readDoubles(in, Math.multiplyExact(k, count));
    ArrayIo.check(values.length == k * count, "numbers of centres", values.length);
    centres = Matrix.of(k, count, values);
    costs.clear();
    for (double cost : ArrayIo.readDoubles(in, MOST_STEPS)) {
      costs.add(cost);
    }
  }
}
