package dev.kindling.data.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.kindling.BadInput;
import dev.kindling.gntk.Graph;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Text for the parsers and what comes of it. */
final class Texts {
  private Texts() {}

  static LineSource lines(String name, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new LineSource(name, new ByteArrayInputStream(bytes));
  }

  static List<GraphRecord> gin(String text) {
    return all(new GinTextParser(lines("set.txt", text), null, false));
  }

  static List<GraphRecord> gin(String text, String ids) {
    return all(new GinTextParser(lines("set.txt", text), lines("set_ids.txt", ids), false));
  }

  static List<GraphRecord> ginWithAttributes(String text) {
    return all(new GinTextParser(lines("set.txt", text), null, true));
  }

  /** A set DS from its files by suffix. */
  static List<GraphRecord> tu(Map<String, String> files) {
    return tu(files, GraphOptions.defaults());
  }

  static List<GraphRecord> tu(Map<String, String> files, GraphOptions options) {
    return all(
        new TuParser(
                "DS",
                suffix ->
                    files.containsKey(suffix) ? lines("DS" + suffix, files.get(suffix)) : null,
                options)
            .parse());
  }

  private static List<GraphRecord> all(Iterator<GraphRecord> graphs) {
    List<GraphRecord> all = new ArrayList<>();
    graphs.forEachRemaining(all::add);
    return all;
  }

  /** The message with which a text is refused. */
  static String refusal(Runnable reading) {
    Throwable thrown = catchThrowable(reading::run);
    assertThat(thrown).isInstanceOf(BadInput.class);
    return thrown.getMessage();
  }

  /** Tags and edges in a form that a test can quote: {@code [7, 8] 0-1}. */
  static String show(Graph graph) {
    List<Integer> tags = new ArrayList<>();
    TreeSet<String> edges = new TreeSet<>();
    for (int u = 0; u < graph.nodes(); u++) {
      tags.add(graph.tag(u));
      for (int k = 0; k < graph.degree(u); k++) {
        if (u < graph.neighbour(u, k)) {
          edges.add(u + "-" + graph.neighbour(u, k));
        }
      }
    }
    return (tags + " " + String.join(" ", edges)).strip();
  }
}
