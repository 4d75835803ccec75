package dev.kindling.ade;

import dev.kindling.linalg.Blas;
import dev.kindling.linalg.Matrix;
import java.util.ArrayList;
import java.util.List;

/**
 * A metric that changes, and its history. U is held in double precision and changed in place.
 *
 * <p>Images that follow are off by rounding: with x a point, o the origin that images are taken
 * from and u = 2⁻⁵³, a batch of b changes adds to |ŷ − U(x − o)| at most u(d + 2b + 4)(‖U‖ +
 * Σ|wⱼ||uⱼ|)|x − o|, ‖U‖ that of Frobenius before it: d + 2 for the products Vᵀ(x − o), b + 1 for
 * adding W times them, b + 1 for U itself (Higham 2002, section 3.1). These bounds add up, since
 * errors go from one batch to the next as they are. Where the sum is above {@value
 * #TOLERANCE}·‖U‖|x − o| for the U of now, there is a new base; so images are never off by more
 * than that. The same where the history outgrows what it may take, or a batch costs as much as a
 * base.
 *
 * <p>Not for several threads. Memory: U three times at most, and the history.
 */
public final class LiveMetric implements MetricHistory {
  /** Errors of images that are borne, relative to ‖U‖|x − o|. */
  public static final double TOLERANCE = 1e-9;

  private static final double UNIT = 0x1p-53;

  /** Bytes of a batch beside its numbers, about. */
  private static final int OBJECT = 256;

  private final Matrix u;
  private final long most;
  private final List<MetricBatch> batches = new ArrayList<>();
  private Metric current;
  private Metric first;
  private int base;
  private double norm;
  private double rounded;
  private long bytes;

  /**
   * @param metric to begin with
   * @param most bytes of batches before there is a new base: what a lost tile has to follow
   */
  public LiveMetric(Metric metric, long most) {
    this.u = metric.factor();
    this.most = most;
    this.current = metric;
    this.first = metric;
    this.norm = Blas.nrm2(u.values());
  }

  /**
   * Changes it, by one batch.
   *
   * @param changes wⱼ and uⱼ; nothing happens if there are none
   * @return whether there is a new base
   * @throws IllegalArgumentException if one does not fit, or is not finite; nothing has changed
   *     then
   */
  public boolean update(List<RankOne> changes) {
    if (changes.isEmpty()) {
      return false;
    }
    MetricBatch batch = MetricBatch.of(u.rows(), u.cols(), changes);
    rounded += UNIT * (u.cols() + 2.0 * batch.rank() + 4) * (norm + batch.bound());
    batch.addTo(u);
    norm = Blas.nrm2(u.values());
    current = null;
    bytes += batch.bytes() + OBJECT;
    batches.add(batch);
    boolean dear = batch.bytes() >= 8L * u.values().length;
    if (dear || bytes > most || !(rounded <= TOLERANCE * norm)) {
      rebase();
      return true;
    }
    return false;
  }

  /** Makes the metric of now the base. */
  public void rebase() {
    first = now();
    base++;
    batches.clear();
    bytes = 0;
    rounded = 0;
  }

  /** The metric of now. */
  public Metric now() {
    if (current == null) {
      current = Metric.factor(u);
    }
    return current;
  }

  @Override
  public int base() {
    return base;
  }

  @Override
  public Metric metric() {
    return first;
  }

  @Override
  public int length() {
    return batches.size();
  }

  @Override
  public MetricBatch batch(int i) {
    return batches.get(i);
  }
}
