package dev.kindling.data.graph;

import dev.kindling.BadInput;
import dev.kindling.data.InputFile;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Map;
import org.apache.spark.TaskContext;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Where a task reads a set of graphs in text form.
 *
 * @param name the set's name, which begins the names of its files
 * @param files by the rest of their names
 * @param options what of them is read
 */
record GraphSource(
    String name,
    GraphFormat format,
    Map<String, InputFile> files,
    SerializableConfiguration conf,
    GraphOptions options)
    implements Serializable {

  /**
   * The graphs, read while they are asked for. The files are open until the task ends.
   *
   * @throws BadInput for a malformed line, with file and number
   */
  Iterator<GraphRecord> graphs() {
    return format == GraphFormat.TU
        ? new TuParser(name, this::lines, options).parse()
        : new GinTextParser(lines(".txt"), lines("_ids.txt"), options.attributes());
  }

  private LineSource lines(String suffix) {
    InputFile file = files.get(suffix);
    if (file == null) {
      return null;
    }
    try {
      LineSource lines = new LineSource(name + suffix, file.content(conf.value()));
      TaskCompletionListener close = task -> lines.close();
      TaskContext.get().addTaskCompletionListener(close);
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
