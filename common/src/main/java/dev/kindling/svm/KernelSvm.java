package dev.kindling.svm;

import dev.kindling.linalg.Matrix;
import dev.kindling.validation.Score;
import libsvm.svm;
import libsvm.svm_model;
import libsvm.svm_parameter;
import libsvm.svm_problem;

/**
 * Support vector machines on a kernel: C-SVC for classes, ε-SVR for numbers, the dual solved by
 * libsvm (Chang and Lin 2011) to its usual tolerance of 1e-3.
 *
 * <p>More than two classes are one machine a class against all others (Rifkin and Klautau 2004) and
 * not, as libsvm has it, one a pair: every class has one score, a linear function of the kernel, as
 * in kernel ridge. For two classes both are the same machine.
 *
 * <p>Costs are for a kernel whose smallest entry on the diagonal of the training rows is 1, and,
 * for numbers, for targets with standard deviation 1: libsvm gets C divided by that entry. (The
 * authors of the graph kernel divide it by its smallest entry anywhere, which may be 0.) Training
 * rows of one class, or of one number, give that class or number for everything.
 *
 * <p>Memory: 28 n² bytes with libsvm's cache, the kernel included. Time of a fit: between r² and r³
 * for r training rows, more the larger C is.
 */
public final class KernelSvm {
  private final Matrix gram;
  private final Matrix targets;
  private final Score score;
  private final SvmParameters parameters;
  private final KernelRows kernel;

  /**
   * @param gram K, n×n, symmetric. Kept, not modified
   * @param targets n×m: one-hot classes for {@link Score#ACCURACY}, one column for {@link
   *     Score#RMSE}. Kept, not modified
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public KernelSvm(Matrix gram, Matrix targets, Score score, SvmParameters parameters) {
    if (gram.rows() != gram.cols() || targets.rows() != gram.rows()) {
      throw new IllegalArgumentException(
          "the Gram matrix is " + gram.shape() + ", the targets are " + targets.shape());
    }
    this.gram = gram;
    this.targets = targets;
    this.score = score;
    this.parameters = parameters;
    this.kernel = new KernelRows(gram);
  }

  Matrix targets() {
    return targets;
  }

  Score score() {
    return score;
  }

  /**
   * Trains.
   *
   * @param rows at least one. Kept, not modified
   * @param cost C, positive and finite
   */
  public SvmFit fit(int[] rows, double cost) {
    if (!(cost > 0) || Double.isInfinite(cost) || rows.length == 0) {
      throw new IllegalArgumentException(
          "C " + cost + " and " + rows.length + " rows; both must be positive");
    }
    SvmFit fit =
        new SvmFit(
            cost, rows, Matrix.zeros(rows.length, targets.cols()), Matrix.zeros(1, targets.cols()));
    if (score == Score.RMSE) {
      regress(fit);
    } else if (targets.cols() == 2) {
      separate(fit, 1);
      negate(fit);
    } else {
      for (int c = 0; c < targets.cols(); c++) {
        separate(fit, c);
      }
    }
    return fit;
  }

  /** Predictions for some rows, in their order: rows×m. */
  public Matrix predict(SvmFit fit, int[] rows) {
    int n = gram.rows();
    Matrix predictions = Matrix.zeros(rows.length, targets.cols());
    for (int c = 0; c < targets.cols(); c++) {
      for (int i = 0; i < rows.length; i++) {
        double sum = 0;
        for (int k = 0; k < fit.rows().length; k++) {
          sum += fit.coefficients().get(k, c) * gram.values()[rows[i] * n + fit.rows()[k]];
        }
        predictions.set(i, c, sum + fit.intercept().get(0, c));
      }
    }
    return predictions;
  }

  /** Class c against all others, as the fit's output c. */
  private void separate(SvmFit fit, int c) {
    int r = fit.rows().length;
    double[] y = new double[r];
    int positives = 0;
    for (int k = 0; k < r; k++) {
      boolean positive = targets.get(fit.rows()[k], c) == 1;
      y[k] = positive ? 1 : -1;
      positives += positive ? 1 : 0;
    }
    if (positives == 0 || positives == r) {
      fit.intercept().set(0, c, positives == 0 ? -1 : 1);
      return;
    }
    svm_parameter p = KernelRows.parameters(svm_parameter.C_SVC, fit.cost() / unit(fit.rows()), r);
    if (parameters.balanced()) {
      p.nr_weight = 2;
      p.weight_label = new int[] {1, -1};
      p.weight = new double[] {r / (2.0 * positives), r / (2.0 * (r - positives))};
    }
    svm_model model = train(fit.rows(), y, p);
    take(model, fit, c, model.label[0], 0); // the function is positive for libsvm's first class
  }

  private void regress(SvmFit fit) {
    int r = fit.rows().length;
    double mean = 0;
    for (int row : fit.rows()) {
      mean += targets.get(row, 0) / r;
    }
    double variance = 0;
    for (int row : fit.rows()) {
      variance += (targets.get(row, 0) - mean) * (targets.get(row, 0) - mean) / r;
    }
    double deviation = Math.sqrt(variance);
    if (!(deviation > 1e-12 * Math.abs(mean))) {
      fit.intercept().set(0, 0, mean);
      return;
    }
    double[] y = new double[r];
    for (int k = 0; k < r; k++) {
      y[k] = (targets.get(fit.rows()[k], 0) - mean) / deviation;
    }
    svm_parameter p =
        KernelRows.parameters(svm_parameter.EPSILON_SVR, fit.cost() / unit(fit.rows()), r);
    p.p = parameters.tube();
    take(train(fit.rows(), y, p), fit, 0, deviation, mean);
  }

  private svm_model train(int[] rows, double[] y, svm_parameter p) {
    svm_problem problem = new svm_problem();
    problem.l = rows.length;
    problem.x = kernel.select(rows);
    problem.y = y;
    return svm.svm_train(problem, p);
  }

  /** Output c becomes factor · f + offset. */
  private static void take(svm_model model, SvmFit fit, int c, double factor, double offset) {
    for (int k = 0; k < model.l; k++) {
      fit.coefficients().set(model.sv_indices[k] - 1, c, factor * model.sv_coef[0][k]);
    }
    fit.intercept().set(0, c, offset - factor * model.rho[0]);
  }

  /** Output 0 of two classes. */
  private static void negate(SvmFit fit) {
    for (int k = 0; k < fit.rows().length; k++) {
      fit.coefficients().set(k, 0, 0 - fit.coefficients().get(k, 1));
    }
    fit.intercept().set(0, 0, 0 - fit.intercept().get(0, 1));
  }

  /** The smallest positive entry on the diagonal, or 1. */
  private double unit(int[] rows) {
    double least = Double.POSITIVE_INFINITY;
    for (int row : rows) {
      double entry = gram.get(row, row);
      least = entry > 0 && entry < least ? entry : least;
    }
    return Double.isInfinite(least) ? 1 : least;
  }
}
