package dev.kindling.spark.report;

import dev.kindling.Words;
import java.util.Arrays;
import java.util.List;

/**
 * A matrix in colours, with a colour bar. Small ones have their numbers in the cells; of one with
 * more than 128 rows or columns each cell shows the mean of a block.
 */
public final class HeatMap extends Element {
  static final int MAX_SIDE = 128;

  private static final int MAX_SIDE_WITH_NUMBERS = 12;
  private static final double BAR = 112;

  private final String title;
  private final String valueTitle;
  private final double[][] given;
  private List<String> rowNames = List.of();
  private List<String> columnNames = List.of();
  private String rowTitle = "";
  private String columnTitle = "";

  private HeatMap(String title, String valueTitle, double[][] values) {
    this.title = title;
    this.valueTitle = valueTitle;
    this.given = values;
  }

  /**
   * @param valueTitle what the colours mean, with its unit
   * @param rows of one length; entries that are not finite stay blank. Not modified.
   * @throws IllegalArgumentException if the lengths differ
   */
  public static HeatMap of(String title, String valueTitle, double[][] rows) {
    double[][] copy = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != rows[0].length) {
        throw new IllegalArgumentException(
            "row " + i + " has " + rows[i].length + " entries, row 0 has " + rows[0].length);
      }
      copy[i] = rows[i].clone();
    }
    return new HeatMap(title, valueTitle, copy);
  }

  /** Titles of the two directions. */
  public HeatMap axes(String rowTitle, String columnTitle) {
    this.rowTitle = rowTitle;
    this.columnTitle = columnTitle;
    return this;
  }

  /**
   * A name for every row and every column. Neighbours with the same name are a group: one label,
   * and a line around it.
   *
   * @throws IllegalArgumentException if there are more or fewer of them
   */
  public HeatMap names(List<String> rows, List<String> columns) {
    int width = given.length == 0 ? 0 : given[0].length;
    if (rows.size() != given.length || columns.size() != width) {
      throw new IllegalArgumentException(
          rows.size() + " and " + columns.size() + " names for " + given.length + "×" + width);
    }
    rowNames = List.copyOf(rows);
    columnNames = List.copyOf(columns);
    return this;
  }

  @Override
  void write(Markup out) {
    double[][] shown = given.length == 0 ? given : Blocks.means(given, MAX_SIDE);
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double[] row : shown) {
      for (double v : row) {
        if (Math.abs(v) <= 1e300) {
          low = Math.min(low, v);
          high = Math.max(high, v);
        }
      }
    }
    if (low > high) {
      PlotFrame.nothing(out, title);
      return;
    }
    draw(out, shown, low, high);
  }

  private void draw(Markup out, double[][] shown, double low, double high) {
    int rows = shown.length;
    int cols = shown[0].length;
    double left = 30 + Math.min(18, longest(rowNames)) * PlotFrame.CHARACTER;
    double room = PlotFrame.WIDTH - left - BAR;
    double cell = Math.min(Math.min(room / cols, 380.0 / rows), 48);
    Grid grid = new Grid(left, 10, cell, rows, cols);
    boolean slanted = GroupLabels.crowd(columnNames, cell * cols);
    double labels =
        columnNames.isEmpty()
            ? 8
            : slanted ? 20 + 0.72 * Math.min(18, longest(columnNames)) * PlotFrame.CHARACTER : 26;
    double height = Math.max(grid.bottom(), 10 + 140) + labels + (columnTitle.isEmpty() ? 0 : 22);
    String description = given.length + "×" + given[0].length + " values of " + valueTitle;
    PlotFrame.openSvg(out, title, description, height);
    cells(out, shown, grid, low, high);
    if (rows <= MAX_SIDE_WITH_NUMBERS && cols <= MAX_SIDE_WITH_NUMBERS) {
      numbers(out, shown, grid, low, high);
    }
    new GroupLabels(out, grid, given.length, given[0].length).write(rowNames, columnNames, slanted);
    titles(out, grid, height);
    new ColourBar(out, grid.right() + 24, 10, Math.max(140, Math.min(grid.bottom() - 10, 300)))
        .write(valueTitle, low, high);
    boolean pooled = rows < given.length || cols < given[0].length;
    String note =
        pooled
            ? given.length + "×" + given[0].length + " values; every cell is the mean of a block."
            : "";
    PlotFrame.closeSvg(out, note);
  }

  /** Where the cells are. */
  record Grid(double left, double top, double cell, int rows, int cols) {
    double right() {
      return left + cell * cols;
    }

    double bottom() {
      return top + cell * rows;
    }
  }

  static int level(double value, double low, double high) {
    return high == low
        ? Viridis.LEVELS / 2
        : Math.min(
            Viridis.LEVELS - 1,
            (int) ((value / (high - low) - low / (high - low)) * Viridis.LEVELS));
  }

  /** One path a colour, a row wide, in which neighbours of a row are one line. */
  private static void cells(Markup out, double[][] shown, Grid grid, double low, double high) {
    StringBuilder[] paths = new StringBuilder[Viridis.LEVELS];
    Arrays.setAll(paths, i -> new StringBuilder());
    for (int i = 0; i < grid.rows(); i++) {
      for (int j = 0, end; j < grid.cols(); j = end) {
        int level = levelOrBlank(shown[i][j], low, high);
        end = j + 1;
        while (end < grid.cols() && levelOrBlank(shown[i][end], low, high) == level) {
          end++;
        }
        if (level >= 0) {
          paths[level].append('M').append(j).append(' ').append(i).append('h').append(end - j);
        }
      }
    }
    String origin = Markup.number(grid.left()) + " " + Markup.number(grid.top() + grid.cell() / 2);
    String scale = Words.of("%.5f", grid.cell());
    out.open(
        "g",
        "shape-rendering",
        "crispEdges",
        "transform",
        "translate(" + origin + ") scale(" + scale + ")");
    for (int level = 0; level < paths.length; level++) {
      if (!paths[level].isEmpty()) {
        out.empty("path", "stroke", Viridis.colour(level), "d", paths[level]);
      }
    }
    out.close();
  }

  private static int levelOrBlank(double value, double low, double high) {
    return Math.abs(value) <= 1e300 ? level(value, low, high) : -1;
  }

  private static void numbers(Markup out, double[][] shown, Grid grid, double low, double high) {
    for (int i = 0; i < grid.rows(); i++) {
      for (int j = 0; j < grid.cols(); j++) {
        int level = levelOrBlank(shown[i][j], low, high);
        String text = Numbers.format(shown[i][j]);
        if (level >= 0 && text.length() * PlotFrame.CHARACTER <= grid.cell()) {
          out.leaf(
              "text",
              text,
              "x",
              grid.left() + (j + 0.5) * grid.cell(),
              "y",
              grid.top() + (i + 0.5) * grid.cell() + 4,
              "text-anchor",
              "middle",
              "class",
              Viridis.isLight(level) ? "on-light" : "on-dark");
        }
      }
    }
  }

  private void titles(Markup out, Grid grid, double height) {
    if (!columnTitle.isEmpty()) {
      out.leaf(
          "text",
          columnTitle,
          "x",
          (grid.left() + grid.right()) / 2,
          "y",
          height - 8,
          "text-anchor",
          "middle",
          "class",
          "axis-title");
    }
    if (!rowTitle.isEmpty()) {
      double middle = (grid.top() + grid.bottom()) / 2;
      out.leaf(
          "text",
          rowTitle,
          "transform",
          "translate(13 " + Markup.number(middle) + ") rotate(-90)",
          "text-anchor",
          "middle",
          "class",
          "axis-title");
    }
  }

  private static int longest(List<String> names) {
    return names.stream().mapToInt(String::length).max().orElse(0);
  }
}
