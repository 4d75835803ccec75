package dev.kindling.data.graph;

import java.io.Serializable;

/**
 * How a set of graphs is read.
 *
 * @param labelColumn which column, or which property of a molecule, is the label; null: {@code
 *     label} where the format has one
 * @param skipBad whether a broken record of a file of molecules is left out and counted instead of
 *     refused
 * @param splitBytes bytes of a file of molecules that one task reads; 0: decided by its size
 */
public record GraphOptions(String labelColumn, boolean skipBad, long splitBytes)
    implements Serializable {
  /** The defaults. */
  public static GraphOptions defaults() {
    return new GraphOptions(null, false, 0);
  }

  /** These, with another label. */
  public GraphOptions labelColumn(String column) {
    return new GraphOptions(column, skipBad, splitBytes);
  }

  /** These, going on after broken records or not. */
  public GraphOptions skipBad(boolean skip) {
    return new GraphOptions(labelColumn, skip, splitBytes);
  }

  /** These, with another size of what a task reads. */
  GraphOptions splitBytes(long bytes) {
    return new GraphOptions(labelColumn, skipBad, bytes);
  }
}
