package dev.kindling.spark.ade;

import dev.kindling.BadInput;
import dev.kindling.ade.Itml;
import dev.kindling.ade.Metric;
import dev.kindling.block.ArrayIo;
import dev.kindling.linalg.Blas;
import dev.kindling.linalg.Matrix;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An online learner from one micro-batch to the next. Its state is a file of each epoch: POLA's
 * threshold, and ITML's slack of each pair, of the last {@value #PAIRS} pairs that came; a pair
 * that comes again after that begins anew.
 */
final class StreamLearner {
  static final int PAIRS = 1 << 17;

  private static final int LONGEST_SETTINGS = 1000;

  private final OnlineSettings settings;
  private final boolean inWords;
  private final OnlineMetric online;
  private final Map<Pair, Integer> numbers = new LinkedHashMap<>(16, 0.75f, true);
  private long learnt;

  private record Pair(Object first, Object second, boolean similar) {}

  /**
   * @param metric of the index
   * @param inWords whether ids are words
   */
  StreamLearner(OnlineSettings settings, Metric metric, boolean inWords) {
    Matrix u = settings.factor(metric);
    Blas.scal(settings.scale(), u.values());
    this.settings = settings;
    this.inWords = inWords;
    this.online = new OnlineMetric(settings, PAIRS, Metric.factor(u));
  }

  /** The metric so far, for points as they are. */
  Metric metric() {
    Matrix u = online.metric().factor();
    Blas.scal(1 / settings.scale(), u.values());
    return Metric.factor(u);
  }

  /**
   * Learns from a constraint.
   *
   * @param x the first point. Not modified
   * @param y the second. Not modified
   * @return why it cannot be learnt from, or null
   */
  String learn(StreamLine constraint, double[] x, double[] y) {
    double[] v = new double[x.length];
    for (int k = 0; k < v.length; k++) {
      v[k] = (x[k] - y[k]) / settings.scale();
    }
    int number = settings.learner() == Learner.itml ? number(constraint) : 0;
    try {
      LearnStep step = online.learn(learnt + 1, number, v, constraint.target());
      if (!Double.isFinite(step.loss()) || !Double.isFinite(step.after())) {
        return "the squared distance of its points, or its loss, is not finite; give a larger --scale";
      }
    } catch (BadInput e) {
      return e.getMessage();
    }
    learnt++;
    return null;
  }

  /** That of the pair, or that of the pair that has not come for the longest time. */
  private int number(StreamLine constraint) {
    Pair pair = new Pair(constraint.first(), constraint.second(), constraint.target() > 0);
    Integer known = numbers.get(pair);
    if (known != null) {
      return known;
    }
    int number = numbers.size();
    if (number == PAIRS) {
      Pair oldest = numbers.keySet().iterator().next();
      number = numbers.remove(oldest);
      ((Itml) online.learner()).forget(number);
    }
    numbers.put(pair, number);
    return number;
  }

  /** Writes the state, not the metric. */
  void write(IndexFolder folder, String name) {
    folder.writeLearner(name, this::write);
  }

  private void write(DataOutput out) throws IOException {
    out.writeUTF(settings.words());
    out.writeLong(learnt);
    out.writeInt(numbers.size());
    for (Map.Entry<Pair, Integer> pair : numbers.entrySet()) {
      writeId(out, pair.getKey().first());
      writeId(out, pair.getKey().second());
      out.writeBoolean(pair.getKey().similar());
      out.writeInt(pair.getValue());
    }
    online.learner().write(out);
  }

  private static void writeId(DataOutput out, Object id) throws IOException {
    if (id instanceof String word) {
      out.writeUTF(word);
    } else {
      out.writeLong((Long) id);
    }
  }

  /**
   * Goes on from the state of an epoch, if it has one and it is of the same settings.
   *
   * @return whether it does
   * @throws BadInput if the state is missing or damaged
   */
  boolean read(IndexFolder folder, IndexManifest epoch) {
    if (epoch.learner() == null) {
      return false;
    }
    try (DataInputStream in =
        new DataInputStream(new ByteArrayInputStream(folder.learner(epoch)))) {
      String words = in.readUTF();
      ArrayIo.check(words.length() <= LONGEST_SETTINGS, "settings of", words.length());
      if (!words.equals(settings.words())) {
        return false;
      }
      learnt = in.readLong();
      int count = in.readInt();
      ArrayIo.check(count >= 0 && count <= PAIRS, "pairs", count);
      for (int i = 0; i < count; i++) {
        Pair pair = new Pair(readId(in), readId(in), in.readBoolean());
        int number = in.readInt();
        ArrayIo.check(number >= 0 && number < count, "pair", number);
        numbers.put(pair, number);
      }
      ArrayIo.check(numbers.size() == count, "different pairs", numbers.size());
      online.learner().read(in);
      return true;
    } catch (IOException e) {
      throw BadInput.of(
          e, "--index: the learner's state %s is damaged: %s", epoch.learner(), e.getMessage());
    }
  }

  private Object readId(DataInputStream in) throws IOException {
    return inWords ? in.readUTF() : (Object) in.readLong();
  }
}
