package dev.kindling.spark.train;

import java.util.ArrayList;
import java.util.List;

/** A run's history thinned for plots: at most some thousand points, and every look and regret. */
final class TrainCurves {
  private static final int MOST = 4096;

  private final List<double[]> steps = new ArrayList<>();
  private final List<double[]> looks = new ArrayList<>();
  private final List<double[]> regrets = new ArrayList<>();
  private long seen;
  private int stride = 1;
  private int regretStride = 1;
  private long regretsSeen;
  private long lastRegrets;

  private TrainCurves() {}

  static TrainCurves of(HistoryTable history) {
    TrainCurves curves = new TrainCurves();
    history.each(curves::add);
    return curves;
  }

  private void add(Object[] row) {
    double step = (Long) row[0];
    double rate = (Double) row[3];
    if (seen++ % stride == 0) {
      double cosine = row[4] == null ? Double.NaN : (Double) row[4];
      steps.add(new double[] {step, (Double) row[2], rate, cosine});
      if (steps.size() == MOST) {
        thin(steps);
        stride *= 2;
      }
    }
    if (row[7] != null) {
      looks.add(
          new double[] {step, (Double) row[7], row[8] == null ? Double.NaN : (Double) row[8]});
      if (looks.size() == MOST) {
        thin(looks);
      }
    }
    long regretted = (Long) row[6];
    if (regretted > lastRegrets && regretsSeen++ % regretStride == 0) {
      regrets.add(new double[] {step, rate});
      if (regrets.size() == MOST / 16) {
        thin(regrets);
        regretStride *= 2;
      }
    }
    lastRegrets = regretted;
  }

  private static void thin(List<double[]> points) {
    for (int i = points.size() - 1; i > 0; i -= 2) {
      points.remove(i);
    }
  }

  /** A column of the steps: 0 step, 1 loss, 2 learning rate, 3 cosine. */
  double[] steps(int column) {
    return steps.stream().mapToDouble(s -> s[column]).toArray();
  }

  /** A column of the looks at validation rows: 0 step, 1 loss, 2 accuracy. */
  double[] looks(int column) {
    return looks.stream().mapToDouble(s -> s[column]).toArray();
  }

  /** A column of the regrets: 0 step, 1 learning rate. */
  double[] regrets(int column) {
    return regrets.stream().mapToDouble(s -> s[column]).toArray();
  }

  /** Whether every regret is among them. */
  boolean hasAllRegrets() {
    return regretStride == 1;
  }

  boolean hasCosine() {
    return steps.stream().anyMatch(s -> !Double.isNaN(s[3]));
  }

  boolean hasAccuracy() {
    return looks.stream().anyMatch(s -> !Double.isNaN(s[2]));
  }

  /** Regrets of the whole run. */
  long regretted() {
    return lastRegrets;
  }
}
