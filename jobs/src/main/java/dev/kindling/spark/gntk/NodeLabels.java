package dev.kindling.spark.gntk;

import dev.kindling.data.graph.GraphSet;
import dev.kindling.gntk.Graph;

/** What tells nodes apart: their features at level 0. */
public enum NodeLabels {
  /** Degrees when every tag of the set is equal, else its tags. */
  auto,
  tag,
  degree,
  /** Continuous attributes, and no tags. */
  attributes,
  /** One-hot tags beside continuous attributes. */
  both;

  /** Whether attributes have to be read. */
  boolean needsAttributes() {
    return this == attributes || this == both;
  }

  /** What stands for {@link #auto} in a set. */
  NodeLabels settled(GraphSet set) {
    return this == auto ? (set.summary().tagsAllEqual() ? degree : tag) : this;
  }

  /** A graph with these features; {@link #auto} must be settled. */
  Graph on(Graph graph) {
    return switch (this) {
      case degree -> graph.taggedByDegree();
      case attributes -> graph.untagged();
      default -> graph;
    };
  }

  /** Whether degrees replace the tags of a set. */
  boolean byDegree(GraphSet set) {
    return settled(set) == degree;
  }
}
