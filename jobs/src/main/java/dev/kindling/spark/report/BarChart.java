package dev.kindling.spark.report;

import dev.kindling.spark.report.Ticks.Tick;
import java.util.ArrayList;
import java.util.List;

/** Horizontal bars with their labels before and their values behind them. */
public final class BarChart extends Element {
  private static final double ROW = 26;
  private static final int MAX_CHARACTERS = 28;

  private final String title;
  private final Axis axis;
  private final List<Bar> bars = new ArrayList<>();

  /** One bar; the error is NaN where there is none. */
  private record Bar(String label, double value, double error) {}

  private BarChart(String title, Axis axis) {
    this.title = title;
    this.axis = axis;
  }

  /**
   * @param axis linear ones begin at zero; logarithmic ones have no bar for what is not positive
   */
  public static BarChart of(String title, Axis axis) {
    return new BarChart(title, axis);
  }

  public BarChart bar(String label, double value) {
    return bar(label, value, Double.NaN);
  }

  /** A bar with a whisker of value ± error. */
  public BarChart bar(String label, double value, double error) {
    bars.add(new Bar(label, value, error));
    return this;
  }

  @Override
  void write(Markup out) {
    Scale.Range range = new Scale.Range(axis);
    double smallest = Double.MAX_VALUE;
    for (Bar bar : bars) {
      if (axis.isPlottable(bar.value)) {
        range.add(bar.value).add(bar.value - bar.error).add(bar.value + bar.error);
        smallest = Math.min(smallest, bar.value);
      }
    }
    if (range.isEmpty()) {
      PlotFrame.nothing(out, title);
      return;
    }
    // A logarithm has no zero to begin at: a third of the smallest gives that a length.
    range.add(axis.isLog() ? smallest / 3 : 0);
    int longest = bars.stream().mapToInt(b -> b.label.length()).max().orElse(0);
    double left = 14 + Math.min(MAX_CHARACTERS, longest) * PlotFrame.CHARACTER;
    double bottom = 8 + ROW * bars.size();
    PlotFrame.openSvg(out, title, bars.size() + " bars of " + axis.title(), bottom + 44);
    Rows rows = new Rows(out, range.round(5), left, PlotFrame.WIDTH - 84, bottom);
    rows.grid();
    for (int i = 0; i < bars.size(); i++) {
      rows.row(bars.get(i), 8 + ROW * i);
    }
    PlotFrame.closeSvg(out, "");
  }

  /** The drawing of bars between a left and a right edge. */
  private record Rows(Markup out, Scale scale, double left, double right, double bottom) {
    double px(double value) {
      return left + Math.min(1, Math.max(0, scale.fraction(value))) * (right - left);
    }

    double base() {
      return scale.axis().isLog() ? left : px(0);
    }

    void grid() {
      double free = Double.NEGATIVE_INFINITY;
      for (Tick tick : scale.ticks()) {
        double at = px(tick.value());
        out.empty("path", "class", "grid", "d", PlotFrame.line(at, 4, at, bottom));
        double half = tick.label().length() * PlotFrame.CHARACTER / 2;
        if (at - half > free) {
          out.leaf("text", tick.label(), "x", at, "y", bottom + 16, "text-anchor", "middle");
          free = at + half + 6;
        }
      }
      out.leaf(
          "text",
          scale.axis().title(),
          "x",
          (left + right) / 2,
          "y",
          bottom + 36,
          "text-anchor",
          "middle",
          "class",
          "axis-title");
    }

    void row(Bar bar, double y) {
      String label = PlotFrame.shorten(bar.label, MAX_CHARACTERS);
      out.leaf("text", label, "x", left - 7, "y", y + 17, "text-anchor", "end");
      if (scale.axis().isPlottable(bar.value)) {
        bar(bar, y);
      } else {
        out.leaf("text", "no value", "x", base() + 6, "y", y + 17, "class", "axis-title");
      }
    }

    private void bar(Bar bar, double y) {
      double end = px(bar.value);
      boolean hasError = Double.isFinite(bar.error);
      String value =
          Numbers.format(bar.value) + (hasError ? " ± " + Numbers.format(bar.error) : "");
      String label = PlotFrame.shorten(bar.label, MAX_CHARACTERS);
      out.leaf("text", label, "x", left - 7, "y", y + 17, "text-anchor", "end");
      out.open(
              "rect",
              "class",
              "f0 bar",
              "x",
              Math.min(base(), end),
              "y",
              y + 4,
              "width",
              Math.abs(end - base()),
              "height",
              ROW - 8)
          .leaf("title", bar.label + ": " + value)
          .close();
      double tip = Math.max(base(), end);
      if (hasError) {
        double low = whisker(bar.value - bar.error);
        double high = whisker(bar.value + bar.error);
        double middle = y + ROW / 2;
        out.empty(
            "path",
            "class",
            "whisker",
            "d",
            PlotFrame.line(low, middle, high, middle)
                + PlotFrame.line(low, middle - 4, low, middle + 4)
                + PlotFrame.line(high, middle - 4, high, middle + 4));
        tip = Math.max(tip, high);
      }
      out.leaf("text", value, "x", tip + 6, "y", y + 17);
    }

    /** The end of a whisker; one that reaches zero on a log axis ends at the edge. */
    private double whisker(double value) {
      return scale.axis().isPlottable(value) ? px(value) : left;
    }
  }
}
