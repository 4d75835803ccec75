package dev.kindling.ade;

import dev.kindling.BadInput;
import dev.kindling.linalg.Blas;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;

/**
 * LogDet exact gradient online (Jain, Kulis, Dhillon and Grauman 2008): the target is a squared
 * distance y, and the new squared distance is ȳ, between the old one ŷ and y, with
 *
 * <p>ȳ = (ηyŷ − 1 + √((ηyŷ − 1)² + 4ηŷ²))/(2ηŷ), A' = A − η(ȳ−y)/(1 + η(ȳ−y)ŷ)·(Av)(Av)ᵀ.
 *
 * <p>A stays positive definite for any η. Has no state.
 */
public final class Lego implements OnlineMetricLearner {
  private final double eta;

  /**
   * @param eta η, positive; large ones trust the constraint
   * @throws BadInput if it is not
   */
  public Lego(double eta) {
    if (!(eta > 0) || Double.isInfinite(eta)) {
      throw new BadInput("lego: the rate " + eta + " must be positive");
    }
    this.eta = eta;
  }

  @Override
  public Metric start(int dimension) {
    return Metric.identity(dimension);
  }

  /**
   * @param target the squared distance, not negative
   * @return nothing where the old distance is zero: no change of this kind moves it
   */
  @Override
  public Optional<RankOne> learn(Metric metric, int constraint, double[] v, double target) {
    if (!(target >= 0) || Double.isInfinite(target)) {
      throw BadInput.of(
          "constraint %s: a squared distance of %s; give one ≥ 0", constraint, target);
    }
    double[] w = metric.apply(v);
    double before = Blas.dot(w, w);
    if (before == 0) {
      return Optional.empty();
    }
    // 1 + βŷ is ȳ/ŷ: not by β, which for large η would leave nothing of a small ȳ.
    double gamma = (Math.sqrt(after(before, target) / before) - 1) / before;
    if (!Double.isFinite(gamma)) {
      throw BadInput.of(
          "constraint %s: a squared distance of %s cannot become %s; give a smaller one",
          constraint, before, target);
    }
    return Optional.of(RankOne.scaled(metric, w, gamma));
  }

  /** ȳ from ŷ and y: the root of ηŷȳ² − (ηyŷ − 1)ȳ − ŷ that is positive. */
  double after(double before, double target) {
    double t = eta * target * before - 1;
    double root = Math.hypot(t, 2 * Math.sqrt(eta) * before);
    // Of the two ways to write it, the one in which nothing cancels.
    return t > 0 ? (t + root) / (2 * eta * before) : 2 * before / (root - t);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    State.writeTag(out, "lego");
  }

  @Override
  public void read(DataInput in) throws IOException {
    State.expectTag(in, "lego");
  }
}
