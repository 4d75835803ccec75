package dev.kindling.data.graph;

import dev.kindling.gntk.Graph;
import java.io.Serializable;

/**
 * One graph of a set.
 *
 * @param index 0-based position in the set; the row of the Gram matrix
 * @param id the name its source gives it, the index where there is none
 * @param label class or measured value as the source writes it
 * @param graph nodes, tags and edges
 */
public record GraphRecord(long index, String id, String label, Graph graph)
    implements Serializable {}
