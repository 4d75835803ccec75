package dev.kindling.spark.gntk;

import dev.kindling.data.graph.GraphRecord;
import dev.kindling.gntk.Graph;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Some of the graphs, on the driver.
 *
 * @param rows ascending
 * @param records in that order
 */
record Landmarks(int[] rows, GraphRecord[] records) {
  static Landmarks of(GraphBlocks blocks, int[] rows) {
    Set<Integer> wanted = new HashSet<>();
    for (int row : rows) {
      wanted.add(row);
    }
    Map<Integer, GraphRecord> found = blocks.collect(wanted);
    GraphRecord[] records = new GraphRecord[rows.length];
    Arrays.setAll(records, l -> found.get(rows[l]));
    return new Landmarks(rows, records);
  }

  int count() {
    return rows.length;
  }

  Graph[] graphs() {
    return GraphBlocks.graphs(records);
  }
}
