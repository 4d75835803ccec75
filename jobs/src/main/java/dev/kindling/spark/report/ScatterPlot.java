package dev.kindling.spark.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Points over a pair of axes, coloured by class where there are classes. */
public final class ScatterPlot extends Element {
  /** Up to this many points each has its values as a tooltip. */
  private static final int MAX_TOOLTIPS = 2000;

  private static final int COLOURS = 8;

  private final String title;
  private final Axis xAxis;
  private final Axis yAxis;
  private double[] x = {};
  private double[] y = {};
  private String[] classes = {};
  private boolean hasIdentity;

  private ScatterPlot(String title, Axis x, Axis y) {
    this.title = title;
    this.xAxis = x;
    this.yAxis = y;
  }

  public static ScatterPlot of(String title, Axis x, Axis y) {
    return new ScatterPlot(title, x, y);
  }

  /**
   * The points, of one kind.
   *
   * @param x not modified
   * @param y as many. Not modified.
   * @throws IllegalArgumentException if the lengths differ
   */
  public ScatterPlot points(double[] x, double[] y) {
    return points(x, y, new String[0]);
  }

  /**
   * The points, each of a class. Classes beyond the eighth share the colours of the first.
   *
   * @param classes one name a point, or none at all. Not modified.
   * @throws IllegalArgumentException if the lengths differ
   */
  public ScatterPlot points(double[] x, double[] y, String[] classes) {
    if (y.length != x.length || (classes.length > 0 && classes.length != x.length)) {
      throw new IllegalArgumentException(
          x.length + " x, " + y.length + " y and " + classes.length + " classes");
    }
    this.x = x.clone();
    this.y = y.clone();
    this.classes = classes.clone();
    return this;
  }

  /** Draws the line y = x: on it lies what was predicted exactly. */
  public ScatterPlot identity() {
    hasIdentity = true;
    return this;
  }

  private boolean isPlottable(int i) {
    return xAxis.isPlottable(x[i]) && yAxis.isPlottable(y[i]);
  }

  @Override
  void write(Markup out) {
    Scale.Range xs = new Scale.Range(xAxis);
    Scale.Range ys = new Scale.Range(yAxis);
    Map<String, StringBuilder> dots = new LinkedHashMap<>();
    int leftOut = 0;
    for (int i = 0; i < x.length; i++) {
      if (isPlottable(i)) {
        xs.add(x[i]);
        ys.add(y[i]);
        dots.putIfAbsent(name(i), new StringBuilder());
      } else {
        leftOut++;
      }
    }
    if (xs.isEmpty()) {
      PlotFrame.nothing(out, title);
      return;
    }
    List<String> names = new ArrayList<>(dots.keySet());
    List<PlotFrame.Key> keys = new ArrayList<>();
    for (int k = 0; k < names.size() && classes.length > 0; k++) {
      keys.add(new PlotFrame.Key("dots c" + k % COLOURS, names.get(k)));
    }
    if (hasIdentity) {
      keys.add(new PlotFrame.Key("mark", "y = x"));
    }
    PlotFrame frame = PlotFrame.open(out, title, xs.round(7), ys.round(6), keys, 0);
    if (hasIdentity) {
      identity(out, frame);
    }
    if (x.length <= MAX_TOOLTIPS) {
      circles(out, frame, names);
    } else {
      paths(out, frame, names, dots);
    }
    frame.close(PlotFrame.leftOut(leftOut));
  }

  private String name(int i) {
    return classes.length == 0 ? "" : classes[i];
  }

  private void identity(Markup out, PlotFrame frame) {
    double low = Math.max(frame.x().min(), frame.y().min());
    double high = Math.min(frame.x().max(), frame.y().max());
    if (low < high) {
      // A straight line on two axes of the same kind only.
      StringBuilder path = new StringBuilder();
      int pieces = xAxis.isLog() == yAxis.isLog() ? 1 : 64;
      for (int k = 0; k <= pieces; k++) {
        double v = low + (high - low) * k / pieces;
        path.append(k == 0 ? "M" : "L").append(Markup.number(frame.px(v))).append(' ');
        path.append(Markup.number(frame.py(v)));
      }
      out.empty("path", "class", "mark", "d", path);
    }
  }

  private void circles(Markup out, PlotFrame frame, List<String> names) {
    for (int i = 0; i < x.length; i++) {
      if (isPlottable(i)) {
        String tooltip = Numbers.format(x[i]) + ", " + Numbers.format(y[i]);
        out.open(
                "circle",
                "class",
                "dot f" + names.indexOf(name(i)) % COLOURS,
                "cx",
                frame.px(x[i]),
                "cy",
                frame.py(y[i]),
                "r",
                3.5)
            .leaf("title", classes.length == 0 ? tooltip : classes[i] + ": " + tooltip)
            .close();
      }
    }
  }

  /** One path a class: a line of no length with round ends is a dot. */
  private void paths(
      Markup out, PlotFrame frame, List<String> names, Map<String, StringBuilder> dots) {
    for (int i = 0; i < x.length; i++) {
      if (isPlottable(i)) {
        dots.get(name(i))
            .append('M')
            .append(Markup.number(frame.px(x[i])))
            .append(' ')
            .append(Markup.number(frame.py(y[i])))
            .append("h0");
      }
    }
    for (int k = 0; k < names.size(); k++) {
      out.empty("path", "class", "dots fine c" + k % COLOURS, "d", dots.get(names.get(k)));
    }
  }
}
