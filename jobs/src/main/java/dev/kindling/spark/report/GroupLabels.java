package dev.kindling.spark.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Names along the sides of a heat map, one for neighbours with the same name, and lines between
 * them.
 *
 * @param rows of the matrix as it was given; the grid may have fewer
 */
record GroupLabels(Markup out, HeatMap.Grid grid, int rows, int cols) {
  private static final int MAX_CHARACTERS = 18;

  /** Neighbours with one name, as fractions of the side. */
  private record Group(String name, double from, double to) {}

  /** Whether a label is wider than its group somewhere along a side of this width. */
  static boolean crowd(List<String> names, double width) {
    return groups(names).stream()
        .anyMatch(
            g ->
                Math.min(MAX_CHARACTERS, g.name.length()) * PlotFrame.CHARACTER
                    > (g.to - g.from) * width);
  }

  void write(List<String> rowNames, List<String> columnNames, boolean slanted) {
    List<Group> down = groups(rowNames);
    List<Group> across = groups(columnNames);
    boundaries(down, across);
    double height = grid.bottom() - grid.top();
    double free = Double.NEGATIVE_INFINITY;
    for (Group g : down) {
      double at = grid.top() + (g.from + g.to) / 2 * height;
      if (at >= free) {
        String label = PlotFrame.shorten(g.name, MAX_CHARACTERS);
        out.leaf("text", label, "x", grid.left() - 6, "y", at + 4, "text-anchor", "end");
        free = at + 12;
      }
    }
    double width = grid.right() - grid.left();
    free = Double.NEGATIVE_INFINITY;
    for (Group g : across) {
      double at = grid.left() + (g.from + g.to) / 2 * width;
      String label = PlotFrame.shorten(g.name, MAX_CHARACTERS);
      double half = slanted ? 6 : label.length() * PlotFrame.CHARACTER / 2;
      if (at - half >= free) {
        column(label, at, slanted);
        free = at + half + (slanted ? 0 : 4);
      }
    }
  }

  private void column(String label, double at, boolean slanted) {
    if (slanted) {
      String place = Markup.number(at + 4) + " " + Markup.number(grid.bottom() + 12);
      out.leaf(
          "text", label, "transform", "translate(" + place + ") rotate(-45)", "text-anchor", "end");
    } else {
      out.leaf("text", label, "x", at, "y", grid.bottom() + 16, "text-anchor", "middle");
    }
  }

  /** Lines between groups, unless every row and column is a group of its own. */
  private void boundaries(List<Group> down, List<Group> across) {
    StringBuilder lines = new StringBuilder();
    if (down.size() < rows) {
      for (Group g : down.subList(0, Math.max(0, down.size() - 1))) {
        double y = grid.top() + g.to * (grid.bottom() - grid.top());
        lines.append(PlotFrame.line(grid.left(), y, grid.right(), y));
      }
    }
    if (across.size() < cols) {
      for (Group g : across.subList(0, Math.max(0, across.size() - 1))) {
        double x = grid.left() + g.to * (grid.right() - grid.left());
        lines.append(PlotFrame.line(x, grid.top(), x, grid.bottom()));
      }
    }
    if (!lines.isEmpty()) {
      out.empty("path", "class", "boundary", "d", lines);
    }
  }

  private static List<Group> groups(List<String> names) {
    List<Group> groups = new ArrayList<>();
    double n = names.size();
    for (int from = 0, to; from < names.size(); from = to) {
      to = from + 1;
      while (to < names.size() && names.get(to).equals(names.get(from))) {
        to++;
      }
      groups.add(new Group(names.get(from), from / n, to / n));
    }
    return groups;
  }
}
