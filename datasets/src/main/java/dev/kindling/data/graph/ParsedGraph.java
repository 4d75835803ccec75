package dev.kindling.data.graph;

import dev.kindling.BadInput;
import java.io.Serializable;
import java.util.Iterator;
import java.util.function.Supplier;

/**
 * A graph or the reason why there is none. A task hands the reason back instead of throwing it:
 * Spark would try again and log a stack trace for what is only the user's file.
 *
 * @param graph null where there is none
 * @param error what is wrong; null for a graph, and for a molecule without atoms
 * @param leftOut whether the set goes on without it
 */
record ParsedGraph(GraphRecord graph, String error, boolean leftOut) implements Serializable {
  static ParsedGraph of(GraphRecord graph) {
    return new ParsedGraph(graph, null, false);
  }

  /** What the set cannot be read with. */
  static ParsedGraph broken(String error) {
    return new ParsedGraph(null, error, false);
  }

  /** A broken record that the user wants skipped. */
  static ParsedGraph skipped(String error) {
    return new ParsedGraph(null, error, true);
  }

  /** A molecule without atoms, of which no graph can be made. */
  static ParsedGraph empty() {
    return new ParsedGraph(null, null, true);
  }

  /** The graphs of a parser, up to and with the first error. */
  static Iterator<ParsedGraph> until(Supplier<Iterator<GraphRecord>> parser) {
    return new Iterator<>() {
      private Iterator<GraphRecord> graphs;
      private ParsedGraph next;
      private boolean ended;

      @Override
      public boolean hasNext() {
        if (next == null && !ended) {
          advance();
        }
        return next != null;
      }

      private void advance() {
        try {
          if (graphs == null) {
            graphs = parser.get();
          }
          if (graphs.hasNext()) {
            next = ParsedGraph.of(graphs.next());
          } else {
            ended = true;
          }
        } catch (BadInput e) {
          next = broken(e.getMessage());
          ended = true;
        }
      }

      @Override
      public ParsedGraph next() {
        if (!hasNext()) {
          throw new java.util.NoSuchElementException();
        }
        ParsedGraph result = next;
        next = null;
        return result;
      }
    };
  }
}
