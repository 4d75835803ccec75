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
 * @param key of a skipped record: different for different ones
 */
record ParsedGraph(GraphRecord graph, String error, boolean leftOut, long key)
    implements Serializable {
  static ParsedGraph of(GraphRecord graph) {
    return new ParsedGraph(graph, null, false, 0);
  }

  /** What the set cannot be read with. */
  static ParsedGraph broken(String error) {
    return new ParsedGraph(null, error, false, 0);
  }

  /** A broken record that the user wants skipped. */
  static ParsedGraph skipped(String file, long record, String error) {
    long hash = 1469598103934665603L; // FNV-1a, then a finaliser: the keys are added up
    for (char c : (file + '\n' + record).toCharArray()) {
      hash = (hash ^ c) * 1099511628211L;
    }
    hash = (hash ^ (hash >>> 32)) * 0x9E3779B97F4A7C15L;
    return new ParsedGraph(null, error, true, hash ^ (hash >>> 29));
  }

  /** A molecule without atoms, of which no graph can be made. */
  static ParsedGraph empty() {
    return new ParsedGraph(null, null, true, 0);
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
