package dev.kindling.gntk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class GraphTest {
  @Test
  void edgesGivenInBothDirectionsAreOneEdgeAndNoDuplicate() {
    Graph graph = Graph.of(new int[3], new int[] {0, 1, 1}, new int[] {1, 0, 2});
    assertThat(graph.edges()).isEqualTo(2);
    assertThat(graph.duplicates()).isZero();
    assertThat(graph.degree(1)).isEqualTo(2);
    assertThat(graph.neighbour(1, 0)).isZero();
    assertThat(graph.neighbour(1, 1)).isEqualTo(2);
  }

  @Test
  void selfLoopsAreDroppedAndRepeatedEdgesCollapseWithTheirCounts() {
    Graph graph = Graph.of(new int[2], new int[] {0, 0, 1, 0, 0}, new int[] {0, 1, 1, 1, 1});
    assertThat(graph.edges()).isEqualTo(1);
    assertThat(graph.selfLoops()).isEqualTo(2);
    assertThat(graph.duplicates()).isEqualTo(2);
  }

  @Test
  void anEdgeToAMissingNodeIsRefused() {
    assertThatThrownBy(() -> Graph.of(new int[2], new int[] {0}, new int[] {2}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("edge 0–2, but the graph's nodes are 0 to 1");
  }

  @Test
  void aGraphWithoutNodesIsRefused() {
    assertThatThrownBy(() -> Graph.of(new int[0], new int[0], new int[0]))
        .hasMessage("a graph needs at least one node");
  }

  @Test
  void degreesReplaceTags() {
    Graph graph = Graph.of(new int[] {5, 5, 5}, new int[] {0, 0}, new int[] {1, 2});
    Graph tagged = graph.taggedByDegree();
    assertThat(new int[] {tagged.tag(0), tagged.tag(1), tagged.tag(2)}).containsExactly(2, 1, 1);
  }
}
