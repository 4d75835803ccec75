package dev.kindling.ade;

import dev.kindling.BadInput;
import dev.kindling.block.ArrayIo;
import dev.kindling.linalg.Blas;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Information-theoretic metric learning (Davis, Kulis, Jain, Sra and Dhillon 2007, algorithm 1):
 * Bregman projections onto one constraint after the other, vᵀAv ≤ upper for similar points, vᵀAv ≥
 * lower for others, with slack.
 *
 * <p>With δ = ±1 and p = vᵀAv: α = min(λ, δ·γ/(γ+1)·(1/p − 1/ξ)), β = δα/(1 − δαp), ξ ← γξ/(γ +
 * δαξ), λ ← λ − α and A' = A + β(Av)(Av)ᵀ. A stays positive definite: {@code δαp < 1}. The paper
 * prints δ/2· (1/p − γ/ξ) for α's bound; the two agree at γ = 1, and only this one makes the new p
 * equal to the new ξ for others, as the projection must. One pass is online learning; passes over
 * the same constraints converge to the solution of the batch problem, which needs λ and ξ of each:
 * 16 bytes a constraint.
 */
public final class Itml implements OnlineMetricLearner {
  private final double upper;
  private final double lower;
  private final double slack;
  private final int constraints;

  /** λ by constraint, of those up to the highest that came. */
  private double[] lambda = new double[0];

  /** ξ by constraint; 0 for one that has not come. */
  private double[] xi = new double[0];

  /**
   * @param upper the squared distance that similar points must not exceed, positive
   * @param lower the squared distance that others must have at least, positive
   * @param slack γ, positive; large ones enforce the constraints
   * @param constraints how many there may be
   * @throws BadInput if a number is not positive
   */
  public Itml(double upper, double lower, double slack, int constraints) {
    for (double number : new double[] {upper, lower, slack}) {
      if (!(number > 0) || Double.isInfinite(number)) {
        throw BadInput.of(
            "itml: upper bound %s, lower bound %s and slack %s must be positive",
            upper, lower, slack);
      }
    }
    if (constraints < 1) {
      throw new BadInput("itml: room for " + constraints + " constraints; it needs one at least");
    }
    this.upper = upper;
    this.lower = lower;
    this.slack = slack;
    this.constraints = constraints;
  }

  @Override
  public Metric start(int dimension) {
    return Metric.identity(dimension);
  }

  /**
   * @param constraint below the number given to the constructor
   * @param target +1 for similar points, −1 for others
   * @return nothing where the constraint holds and pulls no more, or the points are equal
   */
  @Override
  public Optional<RankOne> learn(Metric metric, int constraint, double[] v, double target) {
    State.requireSign(constraint, target);
    if (constraint < 0 || constraint >= constraints) {
      throw new BadInput("constraint " + constraint + " of " + constraints + "; they count from 0");
    }
    double[] w = metric.apply(v);
    double p = Blas.dot(w, w);
    if (p == 0) {
      return Optional.empty();
    }
    room(constraint);
    double bound = xi[constraint];
    if (bound == 0) {
      bound = target > 0 ? upper : lower;
    }
    double share = slack / (slack + 1);
    double alpha = Math.min(lambda[constraint], target * share * (1 / p - 1 / bound));
    xi[constraint] = slack * bound / (slack + target * alpha * bound);
    lambda[constraint] -= alpha;
    if (alpha == 0) {
      return Optional.empty();
    }
    double ratio = 1 / (1 - target * alpha * p); // 1 + βp
    double gamma = (Math.sqrt(ratio) - 1) / p;
    return Optional.of(RankOne.scaled(metric, w, gamma));
  }

  /** Gives the number of a constraint to another, which begins anew. */
  public void forget(int constraint) {
    if (constraint < xi.length) {
      xi[constraint] = 0;
      lambda[constraint] = 0;
    }
  }

  /** Doubles the arrays as constraints of higher numbers come. */
  private void room(int constraint) {
    if (constraint >= xi.length) {
      int length = (int) Math.min(constraints, Math.max(2L * xi.length, constraint + 1L));
      xi = Arrays.copyOf(xi, length);
      lambda = Arrays.copyOf(lambda, length);
    }
  }

  @Override
  public void write(DataOutput out) throws IOException {
    State.writeTag(out, "itml");
    ArrayIo.writeDoubles(out, lambda);
    ArrayIo.writeDoubles(out, xi);
  }

  @Override
  public void read(DataInput in) throws IOException {
    State.expectTag(in, "itml");
    double[] readLambda = ArrayIo.readDoubles(in, constraints);
    double[] readXi = new double[readLambda.length];
    ArrayIo.readDoubles(in, readXi, readXi.length);
    for (int i = 0; i < readXi.length; i++) {
      State.check(readLambda[i], 0, Double.MAX_VALUE);
      State.check(readXi[i], 0, Double.MAX_VALUE);
    }
    lambda = readLambda;
    xi = readXi;
  }
}
