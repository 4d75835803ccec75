package dev.kindling.data.graph;

import dev.kindling.BadInput;
import dev.kindling.gntk.Graph;
import java.util.Arrays;

/** Collects the attributes of nodes line by line: as many on each as on the first. */
final class NodeAttributes {
  private double[] values = new double[16];
  private int count;
  private int width = -1;
  private int start;

  void add(double value) {
    if (count == values.length) {
      values = Arrays.copyOf(values, 2 * count);
    }
    values[count++] = value;
  }

  /**
   * @throws BadInput if the node has none, or another number than the first
   */
  void endNode(LineSource lines) {
    int read = count - start;
    if (read == 0) {
      throw lines.error("the node has no attributes, and they were asked for");
    }
    if (width >= 0 && read != width) {
      throw lines.error("the node has " + read + " attributes, those before it " + width);
    }
    width = read;
    start = count;
  }

  /** Attributes a node. */
  int width() {
    return width;
  }

  double get(int node, int k) {
    return values[node * width + k];
  }

  Graph on(Graph graph) {
    return graph.withAttributes(Arrays.copyOf(values, count));
  }
}
