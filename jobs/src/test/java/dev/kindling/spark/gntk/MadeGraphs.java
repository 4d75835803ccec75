package dev.kindling.spark.gntk;

import dev.kindling.data.LocalSpark;
import dev.kindling.data.graph.GraphSet;
import dev.kindling.gntk.Graph;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Random graphs as objects and as the DataFrame that a user would have. The label is a noisy count
 * of tag 0.
 */
record MadeGraphs(List<Graph> graphs, List<String> labels) {
  static MadeGraphs of(long seed, int count, boolean classes) {
    Random random = new Random(seed);
    List<Graph> graphs = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    for (int g = 0; g < count; g++) {
      int nodes = 3 + random.nextInt(8);
      int edges = nodes + random.nextInt(nodes);
      Graph graph =
          Graph.of(
              random.ints(nodes, 0, 3).toArray(),
              random.ints(edges, 0, nodes).toArray(),
              random.ints(edges, 0, nodes).toArray());
      long zeros =
          java.util.stream.IntStream.range(0, nodes).filter(u -> graph.tag(u) == 0).count();
      graphs.add(graph);
      labels.add(
          classes
              ? (zeros > 2 ? "many" : "few")
              : Double.toString(zeros + random.nextGaussian() / 9));
    }
    return new MadeGraphs(graphs, labels);
  }

  /** Sets every Param that the stages share to another value than its default. */
  static <E extends GraphKernelEstimator<E, ?>> E changed(E stage) {
    return stage
        .setBlocks(3, 2)
        .setMlpLayers(1)
        .setScale("degree")
        .setJumpingKnowledge(false)
        .setFactor(3)
        .setNodeLabels("degree")
        .setNormalize("cosine")
        .setLabels("classes")
        .setWorkDir("somewhere");
  }

  /** One row a graph, in {@code partitions} parts. */
  Dataset<Row> frame(int partitions) {
    List<Row> rows = new ArrayList<>();
    for (int g = 0; g < graphs.size(); g++) {
      Graph graph = graphs.get(g);
      List<Integer> sources = new ArrayList<>();
      List<Integer> targets = new ArrayList<>();
      int[] tags = new int[graph.nodes()];
      for (int u = 0; u < tags.length; u++) {
        tags[u] = graph.tag(u);
        for (int k = 0; k < graph.degree(u); k++) {
          sources.add(u);
          targets.add(graph.neighbour(u, k));
        }
      }
      rows.add(
          RowFactory.create(
              (long) g,
              "graph " + g,
              labels.get(g),
              tags,
              sources.stream().mapToInt(i -> i).toArray(),
              targets.stream().mapToInt(i -> i).toArray()));
    }
    return LocalSpark.session().createDataFrame(rows, GraphSet.SCHEMA).repartition(partitions);
  }
}
