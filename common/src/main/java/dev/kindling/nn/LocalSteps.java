package dev.kindling.nn;

import dev.kindling.block.ArrayIo;
import dev.kindling.block.FixedTree;
import dev.kindling.optim.Groups;
import dev.kindling.optim.Optimizer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * One worker's steps of a round, on its own rows. Everything it changes is its own and goes into
 * what it returns, so that a task that is tried again changes nothing.
 */
public final class LocalSteps {
  private final Objective objective;
  private final Groups groups;

  public LocalSteps(Objective objective, Groups groups) {
    this.objective = objective;
    this.groups = groups;
  }

  /**
   * Sums over workers; see {@link Round}.
   *
   * @param state of the leftmost worker's optimizer
   */
  public record Sum(
      double[] weights, double[] gradient, double[][] moments, byte[] state, LossSum loss) {
    /** Adds the workers to the right to these. */
    public Sum plus(Sum right) {
      add(weights, right.weights);
      add(gradient, right.gradient);
      for (int m = 0; m < moments.length; m++) {
        add(moments[m], right.moments[m]);
      }
      return new Sum(weights, gradient, moments, state, loss.plus(right.loss));
    }

    private static void add(double[] a, double[] b) {
      for (int i = 0; i < a.length; i++) {
        a[i] += b[i];
      }
    }

    /** Means over so many workers and steps. */
    public Round round(int workers, int steps) {
      scale(weights, workers);
      scale(gradient, workers * steps);
      for (double[] m : moments) {
        scale(m, workers);
      }
      return new Round(weights, gradient, moments, state, loss);
    }

    private static void scale(double[] a, double by) {
      for (int i = 0; i < a.length; i++) {
        a[i] /= by;
      }
    }

    public byte[] bytes() {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (DataOutputStream out = new DataOutputStream(bytes)) {
        ArrayIo.writeDoubles(out, weights);
        ArrayIo.writeDoubles(out, gradient);
        out.writeInt(moments.length);
        for (double[] m : moments) {
          ArrayIo.writeDoubles(out, m);
        }
        out.writeInt(state.length);
        out.write(state);
        out.writeDouble(loss.loss());
        out.writeDouble(loss.weight());
        out.writeDouble(loss.right());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return bytes.toByteArray();
    }

    /**
     * @param size number of weights
     * @throws IllegalArgumentException if the bytes are none of a sum's
     */
    public static Sum of(byte[] bytes, int size) {
      try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
        double[] weights = ArrayIo.readDoubles(in, size);
        double[] gradient = ArrayIo.readDoubles(in, size);
        int count = in.readInt();
        ArrayIo.check(count >= 0 && count <= 8, "moments", count);
        double[][] moments = new double[count][];
        for (int m = 0; m < count; m++) {
          moments[m] = ArrayIo.readDoubles(in, size);
        }
        int length = in.readInt();
        ArrayIo.check(length >= 0 && length <= bytes.length, "state", length);
        byte[] state = in.readNBytes(length);
        return new Sum(
            weights,
            gradient,
            moments,
            state,
            new LossSum(in.readDouble(), in.readDouble(), in.readDouble()));
      } catch (IOException e) {
        throw new IllegalArgumentException(e);
      }
    }
  }

  /**
   * @param steps the worker's pieces, by step
   * @param optimizer of the run's settings; its state is overwritten
   */
  public Sum run(LocalRound round, List<List<Piece>> steps, Optimizer optimizer, PieceWork work)
      throws IOException {
    int size = round.weights().length;
    double[] w = round.weights().clone();
    double[] g = new double[size];
    double[] u = new double[size];
    double[] sum = new double[size];
    LossSum losses = LossSum.NONE;
    optimizer.read(new DataInputStream(new ByteArrayInputStream(round.optimizer())));
    for (int step = 0; step < steps.size(); step++) {
      List<Piece> pieces = steps.get(step);
      if (pieces.isEmpty()) {
        continue;
      }
      work.network().weights(w);
      long key = PieceWork.dropoutKey(objective.seed(), round.firstStep() + step);
      FixedTree<GradientSum> tree = new FixedTree<>(pieces.size(), GradientSum::plus);
      for (int leaf = 0; leaf < pieces.size(); leaf++) {
        work.gradient(leaf, pieces.get(leaf), objective.dropout(), key, tree);
      }
      losses = losses.plus(tree.result().loss());
      objective.gradient(tree.result(), w, g);
      for (int i = 0; i < size; i++) {
        sum[i] += g[i];
      }
      optimizer.direction(g, u);
      groups.move(w, round.rates(), u, optimizer.decay());
    }
    return new Sum(w, sum, optimizer.moments(), state(optimizer), losses);
  }

  /** The state of an optimizer, for {@link LocalRound}. */
  static byte[] state(Optimizer optimizer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      optimizer.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
