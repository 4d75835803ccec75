package dev.kindling.data.graph;

import dev.kindling.BadInput;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Where a task reads a set of graphs in text form: files of a Hadoop file system, or the bytes of a
 * built-in set.
 */
interface GraphSource extends Serializable {
  /** The file whose name is the set's own plus {@code suffix}, or null if there is none. */
  InputStream open(String suffix) throws IOException;

  /** The set's name, which begins the names of its files. */
  String name();

  /** Files {@code prefix + suffix}. */
  record Files(String prefix, SerializableConfiguration conf) implements GraphSource {
    @Override
    public InputStream open(String suffix) throws IOException {
      Path file = new Path(prefix + suffix);
      try {
        return file.getFileSystem(conf.value()).open(file);
      } catch (FileNotFoundException missing) {
        return null;
      }
    }

    @Override
    public String name() {
      return new Path(prefix).getName();
    }
  }

  /** Files in memory, by suffix. */
  record Memory(String name, Map<String, byte[]> files) implements GraphSource {
    @Override
    public InputStream open(String suffix) {
      byte[] bytes = files.get(suffix);
      return bytes == null ? null : new ByteArrayInputStream(bytes);
    }
  }

  private LineSource lines(String suffix) {
    try {
      InputStream in = open(suffix);
      return in == null ? null : new LineSource(name() + suffix, in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The graphs of a GIN text; names from {@code NAME_ids.txt} where it stands beside it. */
  default Iterator<GraphRecord> gin() {
    LineSource text = lines(".txt");
    if (text == null) {
      throw new BadInput(name() + ".txt: no such file");
    }
    return new GinTextParser(text, lines("_ids.txt"));
  }

  /** The graphs of a TU folder. */
  default Iterator<GraphRecord> tu() {
    return new TuParser(name(), this::lines).parse();
  }
}
