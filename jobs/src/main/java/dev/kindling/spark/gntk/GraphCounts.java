package dev.kindling.spark.gntk;

import dev.kindling.Words;
import dev.kindling.data.graph.GraphSet;
import dev.kindling.data.graph.GraphSummary;
import dev.kindling.spark.job.Outcome;
import dev.kindling.spark.job.Run;
import dev.kindling.spark.report.Report;
import dev.kindling.spark.report.Table;

/** What a set of graphs holds, for the progress line, {@code run.json} and the report. */
final class GraphCounts {
  private GraphCounts() {}

  /** "163 graphs, 3,649 nodes, 4,044 edges", and what was left out. */
  static String sentence(GraphSummary s) {
    return Words.of("%,d graphs, %,d nodes, %,d edges", s.graphs(), s.nodes(), s.edges())
        + (s.selfLoops() > 0 ? Words.of(", %,d self loops dropped", s.selfLoops()) : "")
        + (s.duplicates() > 0 ? Words.of(", %,d repeated edges collapsed", s.duplicates()) : "")
        + (s.skipped() > 0 ? Words.of(", %,d broken records skipped", s.skipped()) : "")
        + (s.empty() > 0 ? Words.of(", %,d molecules without atoms left out", s.empty()) : "");
  }

  /** A sentence on what is missing from the set, with a blank before it; empty for nothing. */
  static String leftOut(GraphSummary s) {
    return s.leftOut() == 0
        ? ""
        : Words.of(
            " Left out: %,d broken records, %,d molecules without atoms.", s.skipped(), s.empty());
  }

  static void record(Run run, GraphSet set) {
    record(run, set.summary());
    if (set.firstSkipped() != null) {
      run.note("first_broken_record", set.firstSkipped());
    }
  }

  static void record(Run run, GraphSummary s) {
    run.metric("graphs", s.graphs());
    run.metric("nodes", s.nodes());
    run.metric("edges", s.edges());
    run.metric("self_loops_dropped", s.selfLoops());
    run.metric("duplicate_edges_collapsed", s.duplicates());
    run.metric("broken_records_skipped", s.skipped());
    run.metric("empty_molecules_left_out", s.empty());
  }

  /** Of a job that writes graphs as the table {@code graphs}. */
  static Outcome written(GraphSummary s, GraphBlocks.Layout layout) {
    return Outcome.of("table graphs: " + sentence(s)).record("files", layout.blocks());
  }

  /** The report of such a job. */
  static Report page(String title, GraphSummary s) {
    return Report.titled(title)
        .section(
            "What the set holds",
            "--input with the folder tables/graphs of this run reads these graphs.",
            table(s));
  }

  private static Table table(GraphSummary s) {
    return Table.of("Counts of the whole set", "what", "count")
        .row("graphs", s.graphs())
        .row("nodes", s.nodes())
        .row("nodes of the largest graph", s.largest())
        .row("edges", s.edges())
        .row("self loops, dropped", s.selfLoops())
        .row("repeated edges, collapsed", s.duplicates())
        .row("broken records, skipped", s.skipped())
        .row("molecules without atoms, left out", s.empty())
        .row("lowest tag", s.lowestTag())
        .row("highest tag", s.highestTag());
  }
}
