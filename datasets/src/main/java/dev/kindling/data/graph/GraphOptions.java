package dev.kindling.data.graph;

import java.io.Serializable;

/**
 * How a set of graphs is read.
 *
 * @param labelColumn which column, or which property of a molecule, is the label; of a TU folder
 *     the number of a column of {@code DS_graph_attributes.txt}, counted from 0; null: what the
 *     format has for a label
 * @param skipBad whether a broken record of a file of molecules is left out and counted instead of
 *     refused
 * @param attributes whether the nodes' continuous attributes are read: what follows the neighbours
 *     in GIN text, {@code DS_node_attributes.txt} of a TU folder, a Parquet column {@code
 *     attributes} (numbers, node after node)
 * @param splitBytes bytes of a file of molecules that one task reads; 0: decided by its size
 */
public record GraphOptions(String labelColumn, boolean skipBad, boolean attributes, long splitBytes)
    implements Serializable {
  /** The defaults. */
  public static GraphOptions defaults() {
    return new GraphOptions(null, false, false, 0);
  }

  /** These, with another label. */
  public GraphOptions labelColumn(String column) {
    return new GraphOptions(column, skipBad, attributes, splitBytes);
  }

  /** These, going on after broken records or not. */
  public GraphOptions skipBad(boolean skip) {
    return new GraphOptions(labelColumn, skip, attributes, splitBytes);
  }

  /** These, with the nodes' attributes or without. */
  public GraphOptions attributes(boolean wanted) {
    return new GraphOptions(labelColumn, skipBad, wanted, splitBytes);
  }

  /** These, with another size of what a task reads. */
  GraphOptions splitBytes(long bytes) {
    return new GraphOptions(labelColumn, skipBad, attributes, bytes);
  }
}
