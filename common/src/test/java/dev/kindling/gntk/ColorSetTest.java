package dev.kindling.gntk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindling.gntk.GntkParameters.Scale;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ColorSetTest {
  private final List<Graph> graphs = RandomGraphs.of(41, 60, 10, 3);

  @Test
  void mergingPartsGivesTheSetOfAll() {
    ColorSet[] all = ColorSet.of(graphs, 2);
    ColorSet[] left = ColorSet.of(graphs.subList(0, 23), 2);
    ColorSet[] right = ColorSet.of(graphs.subList(23, 60), 2);
    for (int level = 0; level <= 2; level++) {
      ColorSet merged = right[level].merge(left[level]);
      assertThat(merged.high).isEqualTo(all[level].high);
      assertThat(merged.low).isEqualTo(all[level].low);
      assertThat(merged.offsets).isEqualTo(all[level].offsets);
      assertThat(merged.memberHigh).isEqualTo(all[level].memberHigh);
      assertThat(merged.counts).isEqualTo(all[level].counts);
    }
  }

  @Test
  void thereAreAsManyColoursAsDistinctMultisets() {
    List<List<Object>> perNode = new ArrayList<>();
    for (Graph graph : graphs) {
      List<Object> colors = new ArrayList<>();
      for (int u = 0; u < graph.nodes(); u++) {
        colors.add(graph.tag(u));
      }
      perNode.add(colors);
    }
    ColorSet[] sets = ColorSet.of(graphs, 2);
    for (int level = 0; level <= 2; level++) {
      Set<Object> distinct = new HashSet<>();
      perNode.forEach(distinct::addAll);
      assertThat(sets[level].size()).as("level %d", level).isEqualTo(distinct.size());
      for (int g = 0; g < graphs.size(); g++) {
        perNode.set(g, aggregate(graphs.get(g), perNode.get(g)));
      }
    }
  }

  @Test
  void fewerLevelsAreThoseOfAKernelWithFewerBlocks() {
    ColorLevels levels = ColorLevels.of(ColorSet.of(graphs, 3), Scale.DEGREE);
    Graph[] all = graphs.toArray(Graph[]::new);
    for (int blocks = 0; blocks <= 3; blocks++) {
      ColorLevels fewer = levels.upTo(blocks);
      assertThat(fewer)
          .usingRecursiveComparison()
          .isEqualTo(ColorLevels.of(ColorSet.of(graphs, blocks), Scale.DEGREE));
      assertThat(fewer.histograms(all)).hasSize(blocks + 1);
    }
    assertThatThrownBy(() -> levels.upTo(4)).hasMessage("blocks must be from 0 to 3, got 4");
  }

  /** The definition, with the printed multiset as the colour. */
  private static List<Object> aggregate(Graph graph, List<Object> colors) {
    List<Object> next = new ArrayList<>();
    for (int u = 0; u < graph.nodes(); u++) {
      List<String> members = new ArrayList<>();
      members.add(colors.get(u).toString());
      for (int k = 0; k < graph.degree(u); k++) {
        members.add(colors.get(graph.neighbour(u, k)).toString());
      }
      members.sort(null);
      next.add(members.toString());
    }
    return next;
  }

  @Test
  void aColourOfAnotherSetIsReported() {
    ColorLevels levels = ColorLevels.of(ColorSet.of(graphs, 1), Scale.UNIFORM);
    Graph stranger = Graph.of(new int[] {99}, new int[0], new int[0]);
    assertThatThrownBy(() -> Histograms.of(levels, new Graph[] {stranger}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a color that these levels do not");
  }

  @Test
  void histogramsComeBackFromTheirBytes() throws IOException {
    ColorLevels levels = ColorLevels.of(ColorSet.of(graphs, 2), Scale.UNIFORM);
    Histograms histograms = Histograms.of(levels, graphs.toArray(Graph[]::new));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    histograms.write(new DataOutputStream(bytes));
    Histograms read =
        Histograms.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())), levels);
    for (int level = 0; level <= 2; level++) {
      assertThat(read.level(level).offsets).isEqualTo(histograms.level(level).offsets);
      assertThat(read.level(level).columns).isEqualTo(histograms.level(level).columns);
      assertThat(read.level(level).values).isEqualTo(histograms.level(level).values);
    }
  }

  @Test
  void aLengthThatCannotBeIsRefusedBeforeItIsAllocated() {
    ColorLevels levels = ColorLevels.of(ColorSet.of(graphs, 2), Scale.UNIFORM);
    byte[] bytes = {0, 0, 0, 2, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff};
    assertThatThrownBy(
            () -> Histograms.read(new DataInputStream(new ByteArrayInputStream(bytes)), levels))
        .isInstanceOf(IOException.class)
        .hasMessage("a damaged file: length 2147483647");
  }
}
