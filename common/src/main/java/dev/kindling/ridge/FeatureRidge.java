package dev.kindling.ridge;

import dev.kindling.block.ArrayIo;
import dev.kindling.linalg.Blas;
import dev.kindling.linalg.Matrix;
import dev.kindling.linalg.SymmetricEigen;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Ridge regression on r features with an unpenalised intercept: minimises ‖Y − 1bᵀ − XA‖² + λ‖A‖²,
 * for any λ from one eigendecomposition of the features' scatter, VSVᵀ. On Nyström features it is
 * {@link KernelRidge} with the approximated kernel.
 *
 * <p>9 r³ flops to decompose, then r² for a row at all λ. 8 r² bytes.
 */
public final class FeatureRidge {
  private static final int MOST_TARGETS = 1 << 16;

  private final int rows;
  private final double[] meanFeatures;
  private final double[] meanTargets;
  private final double[] values;
  private final Matrix vectors;

  /** Vᵀ Σ(x − x̄)(y − ȳ)ᵀ, r×c. */
  private final Matrix rotated;

  public FeatureRidge(FeatureMoments moments) {
    SymmetricEigen eigen = SymmetricEigen.of(moments.scatter());
    this.rows = moments.rows();
    this.meanFeatures = moments.meanFeatures();
    this.meanTargets = moments.meanTargets();
    this.values = Arrays.stream(eigen.values()).map(s -> Math.max(0, s)).toArray();
    this.vectors = eigen.vectors();
    Matrix cross = moments.crossScatter();
    this.rotated = Matrix.zeros(cross.rows(), cross.cols());
    Blas.gemm(true, false, 1, vectors, cross, 0, rotated);
  }

  private FeatureRidge(
      int rows,
      double[] meanFeatures,
      double[] meanTargets,
      double[] values,
      Matrix vectors,
      Matrix rotated) {
    this.rows = rows;
    this.meanFeatures = meanFeatures;
    this.meanTargets = meanTargets;
    this.values = values;
    this.vectors = vectors;
    this.rotated = rotated;
  }

  /** Writes the fit so that {@link #read} gives it back. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(rows);
    ArrayIo.writeDoubles(out, meanFeatures);
    ArrayIo.writeDoubles(out, meanTargets);
    ArrayIo.writeDoubles(out, values);
    ArrayIo.writeDoubles(out, vectors.values());
    ArrayIo.writeDoubles(out, rotated.values());
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param features r
   * @throws IOException if the bytes cannot be that; nothing is allocated before its length is
   *     checked
   */
  public static FeatureRidge read(DataInput in, int features) throws IOException {
    int rows = in.readInt();
    double[] meanFeatures = exactly(in, features);
    double[] meanTargets = ArrayIo.readDoubles(in, MOST_TARGETS);
    double[] values = exactly(in, features);
    Matrix vectors = Matrix.of(features, features, exactly(in, features * features));
    Matrix rotated =
        Matrix.of(features, meanTargets.length, exactly(in, features * meanTargets.length));
    return new FeatureRidge(rows, meanFeatures, meanTargets, values, vectors, rotated);
  }

  private static double[] exactly(DataInput in, int length) throws IOException {
    double[] read = ArrayIo.readDoubles(in, length);
    ArrayIo.check(read.length == length, "length", read.length);
    return read;
  }

  /** Tr S(S + λI)⁻¹, and one for the intercept. */
  public double degreesOfFreedom(double lambda) {
    return 1 + Arrays.stream(values).map(s -> s / (s + lambda)).sum();
  }

  /** V(S + λI)⁻¹VᵀΣ(x − x̄)(y − ȳ)ᵀ: A, r×c. */
  public Matrix coefficients(double lambda) {
    return Blas.times(vectors, shrunk(lambda));
  }

  /** b, 1×c. */
  public Matrix intercept(double lambda) {
    Matrix coefficients = coefficients(lambda);
    Matrix intercept = Matrix.zeros(1, meanTargets.length);
    for (int c = 0; c < meanTargets.length; c++) {
      double sum = meanTargets[c];
      for (int k = 0; k < meanFeatures.length; k++) {
        sum -= meanFeatures[k] * coefficients.get(k, c);
      }
      intercept.set(0, c, sum);
    }
    return intercept;
  }

  private Matrix shrunk(double lambda) {
    Matrix shrunk = rotated.copy();
    for (int c = 0; c < shrunk.cols(); c++) {
      for (int k = 0; k < values.length; k++) {
        shrunk.set(k, c, shrunk.get(k, c) / (values[k] + lambda));
      }
    }
    return shrunk;
  }

  /** Some rows, in the coordinates in which every λ is a scaling. */
  public Rows rows(Matrix features) {
    return new Rows(features);
  }

  /** Rows that are to be predicted at several λ. r numbers a row. */
  public final class Rows {
    /** Vᵀ(x − x̄), r×n. */
    private final Matrix turned;

    private Rows(Matrix features) {
      Matrix centred = features.copy();
      for (int i = 0; i < centred.cols(); i++) {
        for (int k = 0; k < meanFeatures.length; k++) {
          centred.set(k, i, centred.get(k, i) - meanFeatures[k]);
        }
      }
      turned = Matrix.zeros(centred.rows(), centred.cols());
      Blas.gemm(true, false, 1, vectors, centred, 0, turned);
    }

    /** n×c. */
    public Matrix predictions(double lambda) {
      return predictions(new double[] {lambda})[0];
    }

    private Matrix[] predictions(double[] lambdas) {
      int n = turned.cols();
      int c = meanTargets.length;
      Matrix weights = Matrix.zeros(turned.rows(), Math.multiplyExact(c, lambdas.length));
      for (int l = 0; l < lambdas.length; l++) {
        double[] own = shrunk(lambdas[l]).values();
        System.arraycopy(own, 0, weights.values(), l * own.length, own.length);
      }
      Matrix all = Matrix.zeros(n, weights.cols());
      Blas.gemm(true, false, 1, turned, weights, 0, all);
      Matrix[] predictions = new Matrix[lambdas.length];
      for (int l = 0; l < lambdas.length; l++) {
        double[] own = Arrays.copyOfRange(all.values(), l * n * c, (l + 1) * n * c);
        for (int k = 0; k < own.length; k++) {
          own[k] += meanTargets[k / n];
        }
        predictions[l] = Matrix.of(n, c, own);
      }
      return predictions;
    }

    /**
     * At several λ, in two products.
     *
     * @param predictions by λ, n×c
     * @param leaveOneOut by λ, n×c: what each row gets from a fit of all others, if it is among
     *     those of the fit
     */
    public record Path(Matrix[] predictions, Matrix[] leaveOneOut) {}

    /**
     * @param targets n×c, of these rows. Not modified
     */
    public Path path(double[] lambdas, Matrix targets) {
      Matrix[] predictions = predictions(lambdas);
      Matrix squared = turned.copy();
      double[] entries = squared.values();
      for (int k = 0; k < entries.length; k++) {
        entries[k] *= entries[k];
      }
      Matrix inverse = Matrix.zeros(values.length, lambdas.length);
      for (int l = 0; l < lambdas.length; l++) {
        for (int k = 0; k < values.length; k++) {
          inverse.set(k, l, 1 / (values[k] + lambdas[l]));
        }
      }
      Matrix leverages = Matrix.zeros(turned.cols(), lambdas.length);
      Blas.gemm(true, false, 1, squared, inverse, 0, leverages);
      Matrix[] leaveOneOut = new Matrix[lambdas.length];
      for (int l = 0; l < lambdas.length; l++) {
        leaveOneOut[l] = predictions[l].copy();
        for (int c = 0; c < targets.cols(); c++) {
          for (int i = 0; i < targets.rows(); i++) {
            double residual = targets.get(i, c) - predictions[l].get(i, c);
            leaveOneOut[l].set(
                i, c, targets.get(i, c) - residual / (1 - 1.0 / rows - leverages.get(i, l)));
          }
        }
      }
      return new Path(predictions, leaveOneOut);
    }
  }
}
