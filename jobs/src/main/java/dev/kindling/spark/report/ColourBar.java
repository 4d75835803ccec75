package dev.kindling.spark.report;

/** The colours of a heat map with their numbers, upright. */
record ColourBar(Markup out, double left, double top, double height) {
  private static final double WIDTH = 14;

  void write(String title, double low, double high) {
    double step = height / Viridis.LEVELS;
    out.open("g", "shape-rendering", "crispEdges");
    for (int level = 0; level < Viridis.LEVELS; level++) {
      double y = top + height - (level + 1) * step;
      // Half a pixel of overlap, so that no seam shows between two colours.
      out.empty(
          "rect",
          "x",
          left,
          "y",
          y,
          "width",
          WIDTH,
          "height",
          step + 0.5,
          "fill",
          Viridis.colour(level));
    }
    out.close();
    double widest = 0;
    if (low == high) {
      label(Numbers.format(low), top + height / 2);
      widest = Numbers.format(low).length();
    } else {
      Scale scale = new Scale(Axis.linear(title), low, high, Ticks.linear(low, high, 5));
      for (Ticks.Tick tick : scale.ticks()) {
        widest = Math.max(widest, tick.label().length());
        label(tick.label(), top + height - scale.fraction(tick.value()) * height);
      }
    }
    double x = left + WIDTH + 27 + widest * PlotFrame.CHARACTER;
    double middle = top + height / 2;
    out.leaf(
        "text",
        title,
        "transform",
        "translate("
            + Markup.number(Math.min(x, PlotFrame.WIDTH - 4))
            + " "
            + Markup.number(middle)
            + ") rotate(-90)",
        "text-anchor",
        "middle",
        "class",
        "axis-title");
  }

  private void label(String text, double y) {
    out.empty("path", "class", "axis", "d", PlotFrame.line(left + WIDTH, y, left + WIDTH + 4, y));
    out.leaf("text", text, "x", left + WIDTH + 7, "y", y + 4);
  }
}
