package dev.kindling.spark.gntk;

import dev.kindling.data.graph.GraphSet;

/** Where a node's tag comes from. */
public enum NodeLabels {
  /** From degrees when every tag of the set is equal, else from the set. */
  auto,
  tag,
  degree;

  /** Whether degrees replace the tags of a set. */
  boolean byDegree(GraphSet set) {
    return this == degree || (this == auto && set.summary().tagsAllEqual());
  }
}
