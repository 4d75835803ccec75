package dev.kindling.data.graph;

import dev.kindling.BadInput;
import dev.kindling.gntk.Graph;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;

/** Writes what {@link GinTextParser} reads: the graphs of a set in order, and their ids. */
public final class GinTextWriter implements Closeable {
  private final Writer text;
  private final Writer ids;

  /**
   * @param text for {@code NAME.txt}; closed with this
   * @param ids for {@code NAME_ids.txt}, an id a line; closed with this
   * @param graphs how many will come
   */
  public GinTextWriter(Writer text, Writer ids, long graphs) throws IOException {
    this.text = text;
    this.ids = ids;
    text.write(graphs + "\n");
  }

  /**
   * Writes the next graph.
   *
   * @throws BadInput if it has no label, which the format needs, or one of several words, or an id
   *     of no or several lines
   */
  public void write(GraphRecord record) throws IOException {
    String label = record.label();
    if (label == null || !label.matches("\\S+")) {
      throw BadInput.of(
          "graph %s%s; GIN text needs one, of one word",
          record.id(), label == null ? " has no label" : " has the label '" + label + "'");
    }
    if (record.id().isBlank() || !record.id().matches(".*")) {
      throw new BadInput("graph " + record.index() + " has an id that is no line of text");
    }
    Graph graph = record.graph();
    StringBuilder lines = new StringBuilder();
    lines.append(graph.nodes()).append(' ').append(label).append('\n');
    for (int u = 0; u < graph.nodes(); u++) {
      lines.append(graph.tag(u)).append(' ').append(graph.degree(u));
      for (int k = 0; k < graph.degree(u); k++) {
        lines.append(' ').append(graph.neighbour(u, k));
      }
      lines.append('\n');
    }
    text.append(lines);
    ids.write(record.id().strip() + "\n");
  }

  @Override
  public void close() throws IOException {
    try (text) {
      ids.close();
    }
  }
}
