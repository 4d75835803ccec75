package dev.kindling.spark.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Curves over a common pair of axes. Points that are not finite interrupt their curve. */
public final class LinePlot extends Element {
  /** Beyond this many points a curve is drawn as the range of each of as many slices. */
  private static final int MAX_POINTS = 1000;

  /** Up to this many points each has a dot with its values as a tooltip. */
  private static final int MAX_DOTS = 60;

  private static final int COLOURS = 8;

  private final String title;
  private final Axis xAxis;
  private final Axis yAxis;
  private final List<Series> series = new ArrayList<>();
  private final List<Mark> marks = new ArrayList<>();

  /** A curve; low and high are empty without error bars. */
  private record Series(
      String name, double[] x, double[] y, double[] low, double[] high, boolean isJoined) {}

  private record Mark(double x, String label) {}

  private LinePlot(String title, Axis x, Axis y) {
    this.title = title;
    this.xAxis = x;
    this.yAxis = y;
  }

  public static LinePlot of(String title, Axis x, Axis y) {
    return new LinePlot(title, x, y);
  }

  /**
   * Adds a curve.
   *
   * @param x in the order in which the points are joined. Not modified.
   * @param y as many. Not modified.
   * @throws IllegalArgumentException if the lengths differ
   */
  public LinePlot series(String name, double[] x, double[] y) {
    return add(name, x, y, new double[0], new double[0]);
  }

  /**
   * Adds points that no line joins.
   *
   * @throws IllegalArgumentException if the lengths differ
   */
  public LinePlot dots(String name, double[] x, double[] y) {
    requireLength(name, "y", x.length, y.length);
    series.add(new Series(name, x.clone(), y.clone(), new double[0], new double[0], false));
    return this;
  }

  /**
   * Adds a curve with bars of y ± error at its points.
   *
   * @param error not modified
   * @throws IllegalArgumentException if the lengths differ
   */
  public LinePlot errorBars(String name, double[] x, double[] y, double[] error) {
    requireLength(name, "errors", x.length, error.length);
    requireLength(name, "y", x.length, y.length);
    double[] low = y.clone();
    double[] high = y.clone();
    for (int i = 0; i < y.length; i++) {
      low[i] -= error[i];
      high[i] += error[i];
    }
    return add(name, x, y, low, high);
  }

  /** Adds a vertical line with a label over it. */
  public LinePlot mark(double x, String label) {
    marks.add(new Mark(x, PlotFrame.shorten(label, 40)));
    return this;
  }

  private LinePlot add(String name, double[] x, double[] y, double[] low, double[] high) {
    requireLength(name, "y", x.length, y.length);
    series.add(new Series(name, x.clone(), y.clone(), low, high, true));
    return this;
  }

  private static void requireLength(String series, String what, int wanted, int length) {
    if (length != wanted) {
      throw new IllegalArgumentException(
          "series " + series + " has " + wanted + " x and " + length + " " + what);
    }
  }

  private boolean isPlottable(Series s, int i) {
    return xAxis.isPlottable(s.x[i]) && yAxis.isPlottable(s.y[i]);
  }

  @Override
  void write(Markup out) {
    Scale.Range xs = new Scale.Range(xAxis);
    Scale.Range ys = new Scale.Range(yAxis);
    int leftOut = 0;
    for (Series s : series) {
      for (int i = 0; i < s.x.length; i++) {
        if (isPlottable(s, i)) {
          xs.add(s.x[i]);
          ys.add(s.y[i]);
          if (s.low.length > 0) {
            ys.add(s.low[i]).add(s.high[i]);
          }
        } else {
          leftOut++;
        }
      }
    }
    if (xs.isEmpty()) {
      PlotFrame.nothing(out, title);
      return;
    }
    for (Mark mark : marks) {
      xs.add(mark.x);
    }
    List<PlotFrame.Key> keys = new ArrayList<>();
    for (int k = 0; k < series.size(); k++) {
      keys.add(new PlotFrame.Key("line " + style(k), series.get(k).name));
    }
    double roof = marks.isEmpty() ? 0 : PlotFrame.LINE;
    PlotFrame frame = PlotFrame.open(out, title, xs.tight(7), ys.round(6), keys, roof);
    for (int k = 0; k < series.size(); k++) {
      spread(out, frame, series.get(k), k);
    }
    marks(out, frame);
    for (int k = 0; k < series.size(); k++) {
      curve(out, frame, series.get(k), k);
    }
    frame.close(PlotFrame.leftOut(leftOut));
  }

  private static String style(int k) {
    return "c" + k % COLOURS + (k >= COLOURS ? " dashed" : "");
  }

  /** The error bars; a bound with no place on the axis is drawn at the edge. */
  private void spread(Markup out, PlotFrame frame, Series s, int k) {
    if (s.low.length == 0) {
      return;
    }
    StringBuilder bars = new StringBuilder();
    for (int i : thin(s)) {
      if (isPlottable(s, i)) {
        double at = frame.px(s.x[i]);
        double high = yAxis.isPlottable(s.high[i]) ? frame.py(s.high[i]) : frame.top();
        double low = yAxis.isPlottable(s.low[i]) ? frame.py(s.low[i]) : frame.bottom();
        bars.append(PlotFrame.line(at, low, at, high));
        bars.append(PlotFrame.line(at - 3, low, at + 3, low));
        bars.append(PlotFrame.line(at - 3, high, at + 3, high));
      }
    }
    out.empty("path", "class", "error c" + k % COLOURS, "d", bars);
  }

  private void curve(Markup out, PlotFrame frame, Series s, int k) {
    StringBuilder path = new StringBuilder();
    int[] shown = thin(s);
    boolean joined = false;
    for (int i : shown) {
      if (!isPlottable(s, i)) {
        joined = false;
        continue;
      }
      path.append(joined && s.isJoined ? "L" : "M")
          .append(point(frame.px(s.x[i]), frame.py(s.y[i])));
      joined = true;
    }
    if (s.isJoined) {
      out.empty("path", "class", "line " + style(k), "d", path);
    }
    if (!s.isJoined || s.x.length <= MAX_DOTS) {
      for (int i : shown) {
        if (isPlottable(s, i)) {
          out.open(
                  "circle",
                  "class",
                  "f" + k % COLOURS,
                  "cx",
                  frame.px(s.x[i]),
                  "cy",
                  frame.py(s.y[i]),
                  "r",
                  3)
              .leaf("title", tooltip(s, i))
              .close();
        }
      }
    }
  }

  private static String tooltip(Series s, int i) {
    String value = Numbers.format(s.x[i]) + ", " + Numbers.format(s.y[i]);
    String spread =
        s.low.length == 0
            ? ""
            : " (" + Numbers.format(s.low[i]) + " to " + Numbers.format(s.high[i]) + ")";
    return s.name + ": " + value + spread;
  }

  /** Of a long curve the lowest and the highest point of every slice, so that no peak is lost. */
  private static int[] thin(Series s) {
    int n = s.x.length;
    int[] kept = new int[Math.min(n, MAX_POINTS)];
    if (n <= MAX_POINTS) {
      Arrays.setAll(kept, i -> i);
      return kept;
    }
    int slices = MAX_POINTS / 2;
    for (int slice = 0; slice < slices; slice++) {
      int from = (int) ((long) slice * n / slices);
      int to = (int) ((slice + 1L) * n / slices);
      int low = from;
      int high = from;
      for (int i = from; i < to; i++) {
        // Negated, so that any number replaces a NaN.
        low = !Double.isNaN(s.y[i]) && !(s.y[i] >= s.y[low]) ? i : low;
        high = !Double.isNaN(s.y[i]) && !(s.y[i] <= s.y[high]) ? i : high;
      }
      kept[2 * slice] = Math.min(low, high);
      kept[2 * slice + 1] = Math.max(low, high);
    }
    return kept;
  }

  private void marks(Markup out, PlotFrame frame) {
    for (Mark mark : marks) {
      if (xAxis.isPlottable(mark.x)) {
        double at = frame.px(mark.x);
        out.empty(
            "path", "class", "mark", "d", PlotFrame.line(at, frame.top(), at, frame.bottom()));
        double half = mark.label.length() * PlotFrame.CHARACTER / 2;
        double text = Math.max(half, Math.min(PlotFrame.WIDTH - half, at));
        out.leaf("text", mark.label, "x", text, "y", frame.top() - 5, "text-anchor", "middle");
      }
    }
  }

  private static String point(double x, double y) {
    return Markup.number(x) + " " + Markup.number(y);
  }
}
