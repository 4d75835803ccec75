package dev.kindling.data.graph;

import dev.kindling.BadInput;
import java.io.Serializable;
import java.util.Iterator;
import java.util.function.Supplier;

/**
 * A graph or the reason why there is none. A task hands the reason back instead of throwing it:
 * Spark would try again and log a stack trace for what is only the user's file.
 *
 * @param graph null where {@code error} is given
 */
record ParsedGraph(GraphRecord graph, String error) implements Serializable {
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
            next = new ParsedGraph(graphs.next(), null);
          } else {
            ended = true;
          }
        } catch (BadInput e) {
          next = new ParsedGraph(null, e.getMessage());
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
