package dev.kindling.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;

/** One file of some input, which the driver and every executor can open. */
public sealed interface InputFile extends Serializable permits StoredFile, MemoryFile {
  /** The name that messages quote. */
  String name();

  /** Bytes as stored, before any decompression. */
  long length();

  FSDataInputStream open(Configuration conf) throws IOException;

  default boolean gzipped() {
    return name().toLowerCase(Locale.ROOT).endsWith(".gz");
  }

  /**
   * The content from its first byte on, decompressed.
   *
   * @throws DamagedGzip from the stream's methods, when the compressed bytes make no sense
   */
  default InputStream content(Configuration conf) throws IOException {
    InputStream stored = open(conf);
    return gzipped() ? new GzipInput(stored, conf) : stored;
  }
}
