package dev.kindling.data;

/**
 * A built-in set of graphs.
 *
 * @param size graphs
 * @param target what is to be predicted for each graph, with its unit or its classes
 * @param resource GIN text, maybe gzipped; the extension says which
 */
public record BuiltinGraphs(
    String name,
    int size,
    String target,
    String description,
    String licence,
    String source,
    String resource)
    implements BuiltinSet {
  @Override
  public String kind() {
    return "graphs";
  }

  /**
   * One name a line, for each graph in order; from the {@code NAME_ids.txt} beside the resource,
   * gzipped as that is.
   */
  public byte[] ids() {
    return BuiltinSet.read(resource().replaceFirst("\\.txt(\\.gz)?$", "_ids.txt$1"));
  }
}
