package dev.kindling.spark.gntk;

import dev.kindling.Words;
import dev.kindling.data.graph.GraphSummary;
import dev.kindling.gntk.ColorLevels;
import dev.kindling.gntk.GntkParameters;
import dev.kindling.spark.job.Run;
import dev.kindling.spark.report.HeatMap;
import dev.kindling.spark.report.Report;
import dev.kindling.spark.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The page of a {@code gntk} run. */
final class GntkReport {
  private final String set;
  private final GraphSummary summary;
  private final GraphLabels labels;
  private final GntkOptions options;
  private int blocks;
  private ColorLevels colors;
  private GramTable gram;
  private EarlierKernel earlier;
  private LandmarkPage landmarks;
  private ValidationPage validation;
  private Learned learned;
  private double[][] cells;
  private int[] order;

  GntkReport(String set, GraphSummary summary, GraphLabels labels, GntkOptions options) {
    this.set = set;
    this.summary = summary;
    this.labels = labels;
    this.options = options;
    this.blocks = options.parameters().blocks();
  }

  /**
   * Of the whole Gram matrix.
   *
   * @param its colors, of the levels of this kernel
   * @param from the run that it was read from, or null
   */
  GntkReport whole(ColorLevels its, GramTable matrix, EarlierKernel from) {
    colors = its;
    blocks = its.blocks();
    gram = matrix;
    earlier = from;
    return this;
  }

  /** Of an approximation. */
  void approximated(LandmarkPage page) {
    landmarks = page;
  }

  void learned(Validated validated, Learned what) {
    validation = new ValidationPage(validated);
    learned = what;
  }

  void heatMap(Run run) {
    order = labels == null ? IntStream.range(0, gram.layout().graphs()).toArray() : labels.order();
    int[] rank = new int[order.length];
    for (int place = 0; place < order.length; place++) {
      rank[order[place]] = place;
    }
    cells = run.stage("heat map", () -> GramHeatMap.cells(run.context(), gram, rank));
  }

  Report page() {
    Report report =
        Report.titled("Graph kernel of " + set)
            .summary(sentence() + GraphCounts.leftOut(summary))
            .figure("graphs", Words.of("%,d", summary.graphs()))
            .figure("nodes", Words.of("%,d", summary.nodes()));
    if (colors != null) {
      report.figure("colors at the last level", Words.of("%,d", colors.size(colors.blocks())));
    }
    if (validation != null) {
      validation.sections(report);
      learned.sections(report);
    }
    if (landmarks != null) {
      landmarks.sections(report);
    }
    if (gram != null) {
      report.section(
          "Gram matrix",
          "Similar graphs are bright; blocks along the diagonal are classes that the kernel tells apart.",
          heatMap());
      report.section(
          "Colors",
          Words.of(
              "%,d colors at the last level stand for %,d nodes: a color is what a node and its neighborhood look like to the kernel.",
              colors.size(colors.blocks()), summary.nodes()),
          colors());
    }
    return report;
  }

  private String sentence() {
    GntkParameters p = options.parameters();
    String kernel =
        Words.of(
                "The Graph Neural Tangent Kernel (%d block%s of %d ReLU layers, %s aggregation, %s jumping knowledge%s) between the %,d graphs of %s.",
                blocks,
                blocks == 1 ? "" : "s",
                p.mlpLayers(),
                p.scale().name().toLowerCase(Locale.ROOT),
                p.jumpingKnowledge() ? "with" : "without",
                chosenFrom(),
                summary.graphs(),
                set)
            + (earlier == null ? "" : " The kernel was read from " + earlier.shown() + ".")
            + (landmarks == null ? "" : landmarks.sentence());
    return validation == null ? kernel : kernel + validation.sentence();
  }

  private String chosenFrom() {
    KernelFamily kernels = options.kernels();
    return kernels.isSeveral()
        ? "; the number of blocks was chosen from " + kernels.shown("and")
        : "";
  }

  private HeatMap heatMap() {
    String by = labels == null ? "in the order of the input" : "ordered by label";
    HeatMap map =
        HeatMap.of(
                "Kernel between graphs, " + by + ", cosine-normalized, averaged over cells",
                "K(g,h) / √(K(g,g) K(h,h))",
                cells)
            .axes("graphs", "graphs");
    if (labels != null && labels.classify()) {
      List<String> names = new ArrayList<>();
      for (int cell = 0; cell < cells.length; cell++) {
        int middle = (int) ((cell + 0.5) * order.length / cells.length);
        names.add("label " + labels.labels()[order[middle]]);
      }
      map.names(names, names);
    }
    return map;
  }

  private Table colors() {
    Table table =
        Table.of("Distinct colors that stand for all nodes", "level", "colors", "nodes per color");
    for (int level = 0; level <= colors.blocks(); level++) {
      table.row(level, colors.size(level), (double) summary.nodes() / colors.size(level));
    }
    return table;
  }
}
