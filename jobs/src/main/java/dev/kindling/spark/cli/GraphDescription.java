package dev.kindling.spark.cli;

import dev.kindling.Words;
import dev.kindling.data.graph.GraphRecord;
import dev.kindling.data.graph.GraphSet;
import dev.kindling.data.graph.GraphSummary;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import scala.Tuple2;

/** A set of graphs in lines for a reader. */
final class GraphDescription {
  private GraphDescription() {}

  static List<String> lines(GraphSet set) {
    GraphSummary summary = set.summary();
    List<String> lines = new ArrayList<>();
    lines.add(TableDescription.line("graphs", set.name()));
    lines.add(count("size", summary.graphs()));
    lines.add(
        Words.of(
            "%s, %.1f a graph, %,d in the largest",
            count("nodes", summary.nodes()),
            (double) summary.nodes() / summary.graphs(),
            summary.largest()));
    lines.add(count("edges", summary.edges()));
    lines.add(
        TableDescription.line(
            "tags",
            summary.tagsAllEqual()
                ? "all " + summary.lowestTag() + "; degrees can tell nodes apart"
                : summary.lowestTag() + " to " + summary.highestTag()));
    if (summary.selfLoops() + summary.duplicates() > 0) {
      lines.add(
          Words.of(
              "%-12s %,d self loops, %,d repeated edges",
              "left out", summary.selfLoops(), summary.duplicates()));
    }
    if (summary.leftOut() > 0) {
      lines.add(
          Words.of(
              "%-12s %,d broken records%s, %,d molecules without atoms",
              "left out",
              summary.skipped(),
              set.firstSkipped() == null ? "" : " (" + set.firstSkipped() + ")",
              summary.empty()));
    }
    lines.add(TableDescription.line("fingerprint", set.fingerprint()));
    addLabels(lines, set);
    return lines;
  }

  private static String count(String name, long value) {
    return TableDescription.line(name, Words.of("%,d", value));
  }

  private static void addLabels(List<String> lines, GraphSet set) {
    JavaPairRDD<String, Long> labels =
        set.records()
            .map(GraphRecord::label)
            .filter(label -> label != null)
            .mapToPair(label -> new Tuple2<>(label, 1L))
            .reduceByKey(Long::sum)
            .sortByKey();
    long different = labels.count();
    if (different == 0 || different > TableDescription.SHOWN) {
      String many = Words.of("%,d different ones", different);
      lines.add(TableDescription.line("labels", different == 0 ? "none" : many));
      return;
    }
    lines.add("");
    lines.add(Words.of("%-14s %14s", "label", "graphs"));
    for (Tuple2<String, Long> label : labels.collect()) {
      lines.add(Words.of("%-14s %,14d", label._1(), label._2()));
    }
  }
}
