package dev.kindling.spark.report;

import dev.kindling.spark.report.Ticks.Tick;
import java.util.List;

/** The part of a plot that is not data: axes, grid, legend, and the place of a value. */
final class PlotFrame {
  static final double WIDTH = 560;

  /** Mean width of a character in the style sheet's 12 px, and a line of it. */
  static final double CHARACTER = 6.6;

  static final double LINE = 18;

  private static final double HEIGHT = 270;
  private static final double RIGHT = 26;

  private final Markup out;
  private final Scale x;
  private final Scale y;
  private final double left;
  private final double top;

  private PlotFrame(Markup out, Scale x, Scale y, double left, double top) {
    this.out = out;
    this.x = x;
    this.y = y;
    this.left = left;
    this.top = top;
  }

  /** One line of the legend. */
  record Key(String style, String label) {}

  /**
   * Opens the figure and draws everything but the data. {@link #close} ends it.
   *
   * @param roof room above the plot area, for what stands over it
   */
  static PlotFrame open(Markup out, String title, Scale x, Scale y, List<Key> keys, double roof) {
    double widest = 0;
    for (Tick tick : y.ticks()) {
      widest = Math.max(widest, tick.label().length() * CHARACTER);
    }
    double left = 30 + widest;
    double legend = legendHeight(keys, left);
    PlotFrame frame = new PlotFrame(out, x, y, left, 8 + legend + roof);
    openSvg(out, title, x.axis().title() + " against " + y.axis().title(), frame.bottom() + 42);
    frame.axes();
    frame.legend(keys);
    return frame;
  }

  /** A figure with its caption, up to the open svg element. */
  static void openSvg(Markup out, String title, String description, double height) {
    out.open("figure").leaf("figcaption", title).open("div", "class", "scroll");
    out.open(
            "svg",
            "xmlns",
            "http://www.w3.org/2000/svg",
            "viewBox",
            "0 0 " + Markup.number(WIDTH) + " " + Markup.number(height),
            "role",
            "img",
            "aria-label",
            title + ": " + description)
        .leaf("title", title);
  }

  /** Ends what {@link #openSvg} opened; the note says what was left out and may be empty. */
  static void closeSvg(Markup out, String note) {
    out.close().close();
    if (!note.isEmpty()) {
      out.leaf("p", note, "class", "note");
    }
    out.close().newline();
  }

  /** The sentence in place of a plot without points. */
  static void nothing(Markup out, String title) {
    out.open("figure").leaf("figcaption", title);
    out.leaf("p", "There is nothing to plot: no finite points.", "class", "note");
    out.close().newline();
  }

  static String leftOut(int points) {
    return points == 0
        ? ""
        : points == 1
            ? "One point that has no place on these axes is left out."
            : Numbers.fixed(points, 0) + " points that have no place on these axes are left out.";
  }

  /** A label that fits into so many characters. */
  static String shorten(String label, int characters) {
    return label.length() <= characters ? label : label.substring(0, characters - 1) + "…";
  }

  void close(String note) {
    closeSvg(out, note);
  }

  double px(double value) {
    return left + x.fraction(value) * (WIDTH - RIGHT - left);
  }

  double py(double value) {
    return bottom() - y.fraction(value) * HEIGHT;
  }

  Scale x() {
    return x;
  }

  Scale y() {
    return y;
  }

  double right() {
    return WIDTH - RIGHT;
  }

  double top() {
    return top;
  }

  double bottom() {
    return top + HEIGHT;
  }

  private void axes() {
    for (Tick tick : y.ticks()) {
      double at = py(tick.value());
      out.empty("path", "class", "grid", "d", line(left, at, right(), at));
      out.leaf("text", tick.label(), "x", left - 7, "y", at + 4, "text-anchor", "end");
    }
    double free = Double.NEGATIVE_INFINITY;
    for (Tick tick : x.ticks()) {
      double at = px(tick.value());
      out.empty("path", "class", "grid", "d", line(at, top, at, bottom()));
      double half = tick.label().length() * CHARACTER / 2;
      if (at - half > free) {
        out.leaf("text", tick.label(), "x", at, "y", bottom() + 17, "text-anchor", "middle");
        free = at + half + 6;
      }
    }
    out.empty(
        "path",
        "class",
        "axis",
        "d",
        line(left, top, left, bottom()) + line(left, bottom(), right(), bottom()));
    out.leaf(
        "text",
        x.axis().title(),
        "x",
        (left + right()) / 2,
        "y",
        bottom() + 36,
        "text-anchor",
        "middle",
        "class",
        "axis-title");
    double middle = (top + bottom()) / 2;
    out.leaf(
        "text",
        shorten(y.axis().title(), 44),
        "transform",
        "translate(13 " + Markup.number(middle) + ") rotate(-90)",
        "text-anchor",
        "middle",
        "class",
        "axis-title");
  }

  private void legend(List<Key> keys) {
    double at = left;
    double line = LINE - 4;
    for (Key key : keys) {
      double width = keyWidth(key);
      if (at + width > WIDTH && at > left) {
        at = left;
        line += LINE;
      }
      // A dot is a line of no length, with round ends.
      double end = key.style().startsWith("dots") ? at + 8 : at + 16;
      double begin = key.style().startsWith("dots") ? at + 8 : at;
      out.empty("path", "class", key.style(), "d", line(begin, line - 4, end, line - 4));
      out.leaf("text", shorten(key.label(), 60), "x", at + 22, "y", line);
      at += width;
    }
  }

  private static double legendHeight(List<Key> keys, double left) {
    double at = left;
    double height = keys.isEmpty() ? 0 : LINE + 4;
    for (Key key : keys) {
      if (at + keyWidth(key) > WIDTH && at > left) {
        at = left;
        height += LINE;
      }
      at += keyWidth(key);
    }
    return height;
  }

  private static double keyWidth(Key key) {
    return 40 + Math.min(60, key.label().length()) * CHARACTER;
  }

  static String line(double x1, double y1, double x2, double y2) {
    return "M"
        + Markup.number(x1)
        + " "
        + Markup.number(y1)
        + "L"
        + Markup.number(x2)
        + " "
        + Markup.number(y2);
  }
}
