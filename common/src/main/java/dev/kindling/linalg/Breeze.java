package dev.kindling.linalg;

import breeze.generic.UFunc;
import breeze.linalg.DenseMatrix;
import breeze.linalg.DenseVector;
import breeze.linalg.DenseVector$;
import breeze.linalg.NotConvergedException;
import breeze.linalg.cholesky;
import breeze.linalg.qr;
import breeze.linalg.svd;
import breeze.optimize.DiffFunction;
import breeze.optimize.FirstOrderMinimizer;
import breeze.optimize.FirstOrderMinimizer$;
import breeze.optimize.LBFGS;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Optional;
import java.util.function.Predicate;
import scala.Tuple2;
import scala.collection.Iterator;

/**
 * The one place that knows breeze.
 *
 * <p>Breeze calls LAPACK through netlib's own pick, which is the one of {@link Blas} because that
 * chooses first. Its functions are Scala objects whose types are erased for Java, hence the casts.
 * Its exceptions carry neither a message nor LAPACK's code: callers look at the matrix again.
 */
final class Breeze {
  static {
    // Before any class of breeze can ask netlib for its pick.
    Blas.choice();
  }

  // Objects within objects: Scala's names for them cannot be written in Java.
  private static final UFunc.UImpl<?, ?, ?> REDUCED_QR =
      module("breeze.linalg.qr$reduced$impl_reduced_DM_Double$");
  private static final UFunc.UImpl<?, ?, ?> REDUCED_SVD =
      module("breeze.linalg.svd$reduced$reduced_Svd_DM_Impl$");

  private Breeze() {}

  /** A = Q·R with Q m×k and R k×n, k = min(m, n). */
  record QrPair(Matrix q, Matrix r) {}

  /** A = U·diag(s)·Vᵀ, s descending. */
  record SvdTriple(Matrix u, double[] s, Matrix vt) {}

  /** Where a minimiser stands after a step. */
  record Step(double[] x, double value, double[] gradient, int iteration, boolean failed) {}

  /** The lower triangular L with A = L·Lᵀ, or nothing if A is not positive definite. */
  static Optional<Matrix> cholesky(Matrix a) {
    try {
      return Optional.of(matrix(apply(cholesky.ImplCholesky_DM$.MODULE$, dense(a))));
    } catch (NotConvergedException notPositiveDefinite) {
      return Optional.empty();
    }
  }

  static QrPair qr(Matrix a) {
    qr.QR<?> pair = (qr.QR<?>) apply(REDUCED_QR, dense(a));
    return new QrPair(matrix(pair.q()), matrix(pair.r()));
  }

  /** The singular value decomposition, or nothing if it does not converge. */
  static Optional<SvdTriple> svd(Matrix a) {
    try {
      svd.SVD<?, ?> t = (svd.SVD<?, ?>) apply(REDUCED_SVD, dense(a));
      return Optional.of(
          new SvdTriple(
              matrix(t.leftVectors()), vector(t.singularValues()), matrix(t.rightVectors())));
    } catch (NotConvergedException e) {
      return Optional.empty();
    }
  }

  /**
   * Steps of L-BFGS.
   *
   * @param start not modified
   * @param stop sees the start first, and ends the steps by true
   * @return the last step seen, or the one whose line search failed twice
   */
  static Step lbfgs(Lbfgs.Objective objective, double[] start, int memory, Predicate<Step> stop) {
    // Convergence is our caller's business: breeze would compare the gradient with the value.
    FirstOrderMinimizer.ConvergenceCheck<DenseVector<Object>> onlyFailure =
        FirstOrderMinimizer$.MODULE$.searchFailed();
    LBFGS<DenseVector<Object>> lbfgs =
        new LBFGS<>(onlyFailure, memory, DenseVector$.MODULE$.space_Double());
    Iterator<FirstOrderMinimizer.State<DenseVector<Object>, Object, Object>> states =
        lbfgs.iterations(function(objective), new DenseVector<Object>(start.clone()));
    Step step;
    do {
      FirstOrderMinimizer.State<DenseVector<Object>, Object, Object> s = states.next();
      step = new Step(vector(s.x()), s.value(), vector(s.grad()), s.iter(), s.searchFailed());
    } while (!stop.test(step) && !step.failed() && states.hasNext());
    return step;
  }

  /**
   * A DiffFunction has one abstract method, but javac cannot reconcile the two apply methods that
   * it inherits, so neither a lambda nor a class of ours compiles. The JVM takes it.
   */
  @SuppressWarnings("unchecked")
  private static DiffFunction<DenseVector<Object>> function(Lbfgs.Objective objective) {
    MethodHandles.Lookup lookup = MethodHandles.lookup();
    MethodType erased = MethodType.methodType(Tuple2.class, Object.class);
    try {
      MethodHandle calculate =
          lookup.findStatic(
              Breeze.class, "calculate", erased.insertParameterTypes(0, Lbfgs.Objective.class));
      return (DiffFunction<DenseVector<Object>>)
          LambdaMetafactory.metafactory(
                  lookup,
                  "calculate",
                  MethodType.methodType(DiffFunction.class, Lbfgs.Objective.class),
                  erased,
                  calculate,
                  erased)
              .getTarget()
              .invoke(objective);
    } catch (Throwable e) {
      throw new LinkageError("DiffFunction is not what breeze 2.1.0 has", e);
    }
  }

  /** The body of DiffFunction.calculate. */
  @SuppressWarnings("UnusedMethod") // by the handle above
  private static Tuple2<Object, Object> calculate(Lbfgs.Objective objective, Object point) {
    double[] x = vector(point);
    double[] gradient = new double[x.length];
    double value = objective.evaluate(x, gradient);
    return new Tuple2<>(value, new DenseVector<Object>(gradient));
  }

  private static UFunc.UImpl<?, ?, ?> module(String className) {
    try {
      return (UFunc.UImpl<?, ?, ?>) Class.forName(className).getField("MODULE$").get(null);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(className + " is not what breeze 2.1.0 has", e);
    }
  }

  private static Object apply(UFunc.UImpl<?, ?, ?> function, Object argument) {
    @SuppressWarnings("unchecked")
    UFunc.UImpl<?, Object, Object> f = (UFunc.UImpl<?, Object, Object>) function;
    return f.apply(argument);
  }

  private static DenseMatrix<Object> dense(Matrix m) {
    return new DenseMatrix<>(m.rows(), m.cols(), m.values());
  }

  private static Matrix matrix(Object breeze) {
    DenseMatrix<?> m = (DenseMatrix<?>) breeze;
    return Matrix.of(m.rows(), m.cols(), m.toArray$mcD$sp());
  }

  /** A copy. */
  private static double[] vector(Object breeze) {
    DenseVector<?> v = (DenseVector<?>) breeze;
    double[] copy = new double[v.length()];
    double[] data = (double[]) v.data();
    for (int i = 0, k = v.offset(); i < copy.length; i++, k += v.stride()) {
      copy[i] = data[k];
    }
    return copy;
  }
}
