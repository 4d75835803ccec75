package dev.kindling.spark.gntk;

import dev.kindling.data.graph.GraphSummary;
import dev.kindling.spark.job.Run;
import dev.kindling.spark.report.Table;
import java.util.Locale;

/** What a set of graphs holds, for the progress line, {@code run.json} and the report. */
final class GraphCounts {
  private GraphCounts() {}

  /** "163 graphs, 3,649 nodes, 4,044 edges", and what was left out. */
  static String sentence(GraphSummary s) {
    return String.format(
            Locale.ROOT, "%,d graphs, %,d nodes, %,d edges", s.graphs(), s.nodes(), s.edges())
        + (s.selfLoops() > 0
            ? String.format(Locale.ROOT, ", %,d self loops dropped", s.selfLoops())
            : "")
        + (s.duplicates() > 0
            ? String.format(Locale.ROOT, ", %,d repeated edges collapsed", s.duplicates())
            : "");
  }

  static void record(Run run, GraphSummary s) {
    run.metric("graphs", s.graphs());
    run.metric("nodes", s.nodes());
    run.metric("edges", s.edges());
    run.metric("self_loops_dropped", s.selfLoops());
    run.metric("duplicate_edges_collapsed", s.duplicates());
  }

  static Table table(GraphSummary s) {
    return Table.of("Counts of the whole set", "what", "count")
        .row("graphs", s.graphs())
        .row("nodes", s.nodes())
        .row("nodes of the largest graph", s.largest())
        .row("edges", s.edges())
        .row("self loops, dropped", s.selfLoops())
        .row("repeated edges, collapsed", s.duplicates())
        .row("lowest tag", s.lowestTag())
        .row("highest tag", s.highestTag());
  }
}
