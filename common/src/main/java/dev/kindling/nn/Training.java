package dev.kindling.nn;

import dev.kindling.block.ArrayIo;
import dev.kindling.optim.Optimizer;
import dev.kindling.optim.RateRule;
import dev.kindling.optim.RatedOptimizer;
import dev.kindling.optim.Schedule;
import java.io.ByteArrayInputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Trains a perceptron batch by batch. Knows nothing of where the rows are, and everything that
 * decides the next weights: its state, written and read, goes on bit for bit.
 */
public final class Training {
  private static final int MOST_PIECES = 1 << 20;

  private final Objective objective;
  private final TrainingSettings settings;
  private final Batches batches;
  private final Schedule schedule;
  private final Passes passes;
  private final double[] w;
  private final double[] g;
  private final double[] best;
  private List<Piece> last;
  private double bestLoss = Double.POSITIVE_INFINITY;
  private long bestStep;
  private int withoutGain;
  private boolean stopped;

  /** Who is told. */
  public interface Watcher {
    /** A step or a round is done. */
    void stepped(TrainingStep step);

    /** A checkpoint is due; {@link Training#write} writes it. */
    default void checkpoint() {}
  }

  /**
   * @param start weights to begin with. Copied
   * @throws IllegalArgumentException if local steps are asked of a schedule that cannot have them
   */
  public Training(
      Objective objective,
      TrainingSettings settings,
      Batches batches,
      Schedule schedule,
      Passes passes,
      double[] start) {
    if (settings.localSteps() > 1
        && !(schedule instanceof RatedOptimizer && !schedule.comparesLosses())) {
      throw new IllegalArgumentException("local steps with " + schedule);
    }
    this.objective = objective;
    this.settings = settings;
    this.batches = batches;
    this.schedule = schedule;
    this.passes = passes;
    this.w = start.clone();
    this.g = new double[start.length];
    this.best = start.clone();
  }

  /** Steps taken so far. */
  public long step() {
    return batches.taken();
  }

  /** Whether all steps are taken, or early stopping has ended them. */
  public boolean done() {
    return stopped || step() >= settings.steps();
  }

  /** The weights after the last step. Not to be modified. */
  public double[] weights() {
    return schedule.weights(w);
  }

  /** The best weights by validation loss; without validation rows the last. Not to be modified. */
  public double[] best() {
    return bestLoss < Double.POSITIVE_INFINITY ? best : schedule.weights(w);
  }

  /** The step after which they were found; without validation rows the last. */
  public long bestStep() {
    return bestLoss < Double.POSITIVE_INFINITY ? bestStep : step();
  }

  /**
   * Trains to the end.
   *
   * @throws Diverged if loss or weights are no longer finite
   */
  public void run(Watcher watcher) {
    while (!done()) {
      long before = step();
      double loss = settings.localSteps() > 1 ? round() : pass();
      boolean ends = step() >= settings.steps();
      LossSum validation = ends || passed(before, settings.evaluateEvery()) ? evaluate() : null;
      watcher.stepped(
          new TrainingStep(
              step(),
              batches.epochs(),
              loss,
              schedule.learningRate(),
              schedule.cosine(),
              schedule.pending(),
              schedule.regrets(),
              validation));
      if (done() || passed(before, settings.checkpointEvery())) {
        watcher.checkpoint();
      }
    }
  }

  /** Whether a multiple of {@code every} lies in what was just done. */
  private boolean passed(long before, long every) {
    return step() / every > before / every;
  }

  private double pass() {
    List<Piece> batch = batches.next();
    boolean awaits = schedule.awaitsLoss();
    Pass pass = passes.gradient(w, batch, step(), awaits ? last : null);
    double loss = objective.loss(pass.gradient().loss(), w);
    if (awaits && !schedule.keeps(w, objective.loss(pass.again(), w))) {
      return loss;
    }
    objective.gradient(pass.gradient(), w, g);
    requireFinite(loss, g);
    schedule.step(w, g, loss);
    last = schedule.comparesLosses() ? batch : null;
    return loss;
  }

  private double round() {
    RatedOptimizer rated = (RatedOptimizer) schedule;
    RateRule rule = rated.rule();
    Optimizer optimizer = rated.optimizer();
    int steps = (int) Math.min(settings.localSteps(), settings.steps() - step());
    long first = step() + 1;
    List<List<Piece>> drawn = new ArrayList<>();
    for (int s = 0; s < steps; s++) {
      drawn.add(batches.next());
    }
    double[] rates = rule.rates().clone();
    Round round =
        passes.round(new LocalRound(w.clone(), rates, LocalSteps.state(optimizer), drawn, first));
    double loss = objective.loss(round.loss(), w);
    requireFinite(loss, round.gradient());
    takeOver(optimizer, round);
    // The mean direction of the round, from the way that the weights have come.
    for (int group = 0; group < rates.length; group++) {
      double scale = rates[group] == 0 ? 0 : 1 / (rates[group] * steps);
      for (int i = rule.groups().first(group); i < rule.groups().first(group + 1); i++) {
        g[i] = (w[i] - round.weights()[i]) * scale;
      }
    }
    rated.tookElsewhere(round.gradient(), g);
    System.arraycopy(round.weights(), 0, w, 0, w.length);
    return loss;
  }

  private static void takeOver(Optimizer optimizer, Round round) {
    try {
      optimizer.read(new DataInputStream(new ByteArrayInputStream(round.state())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    double[][] moments = optimizer.moments();
    for (int m = 0; m < moments.length; m++) {
      System.arraycopy(round.moments()[m], 0, moments[m], 0, moments[m].length);
    }
  }

  private void requireFinite(double loss, double[] gradient) {
    if (!Double.isFinite(loss)) {
      throw new Diverged(step(), "the loss is " + loss, schedule.learningRate());
    }
    for (double x : gradient) {
      if (!Double.isFinite(x)) {
        throw new Diverged(step(), "the gradient holds " + x, schedule.learningRate());
      }
    }
  }

  private LossSum evaluate() {
    double[] weights = schedule.weights(w);
    for (double x : weights) {
      if (!Double.isFinite(x)) {
        throw new Diverged(step(), "a weight is " + x, schedule.learningRate());
      }
    }
    LossSum sum = passes.validation(weights);
    if (sum.weight() == 0) {
      return null;
    }
    if (!Double.isFinite(sum.meanLoss())) {
      throw new Diverged(
          step(), "the validation loss is " + sum.meanLoss(), schedule.learningRate());
    }
    if (sum.meanLoss() < bestLoss) {
      bestLoss = sum.meanLoss();
      bestStep = step();
      withoutGain = 0;
      System.arraycopy(weights, 0, best, 0, best.length);
    } else {
      withoutGain++;
      stopped = settings.earlyStop() > 0 && withoutGain >= settings.earlyStop();
      if (settings.plateau() > 0 && withoutGain % settings.plateau() == 0) {
        schedule.plateau();
      }
    }
    return sum;
  }

  /** Writes the state. */
  public void write(DataOutput out) throws IOException {
    batches.write(out);
    ArrayIo.writeDoubles(out, w);
    ArrayIo.writeDoubles(out, best);
    out.writeDouble(bestLoss);
    out.writeLong(bestStep);
    out.writeInt(withoutGain);
    out.writeBoolean(stopped);
    out.writeInt(last == null ? -1 : last.size());
    for (Piece piece : last == null ? List.<Piece>of() : last) {
      out.writeInt(piece.block());
      out.writeLong(piece.key());
      out.writeInt(piece.from());
      out.writeInt(piece.to());
      out.writeInt(piece.first());
    }
    schedule.write(out);
  }

  /**
   * Takes over what a training of the same settings over the same rows has written.
   *
   * @throws IOException if what is read cannot be such a state
   */
  public void read(DataInput in) throws IOException {
    batches.read(in);
    ArrayIo.readDoubles(in, w, w.length);
    ArrayIo.readDoubles(in, best, best.length);
    bestLoss = in.readDouble();
    bestStep = in.readLong();
    withoutGain = in.readInt();
    stopped = in.readBoolean();
    int pieces = in.readInt();
    ArrayIo.check(pieces >= -1 && pieces <= MOST_PIECES, "pieces", pieces);
    last = pieces < 0 ? null : new ArrayList<>();
    for (int p = 0; p < pieces; p++) {
      Piece piece =
          new Piece(in.readInt(), in.readLong(), in.readInt(), in.readInt(), in.readInt());
      ArrayIo.check(batches.holds(piece), "a piece of block", piece.block());
      last.add(piece);
    }
    schedule.read(in);
  }
}
