package dev.kindling.data;

/**
 * A built-in numeric table.
 *
 * @param size rows
 * @param features columns beside the label
 * @param label the column that is the class of a row; never a feature unless asked for
 * @param resource a CSV with a header, maybe gzipped; the extension says which
 */
public record BuiltinTable(
    String name,
    int size,
    int features,
    String label,
    String description,
    String licence,
    String source,
    String resource)
    implements BuiltinSet {
  @Override
  public String kind() {
    return "table";
  }
}
