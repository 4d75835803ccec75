package dev.kindling.data;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.compress.GzipCodec;

/**
 * A gzip file, decompressed.
 *
 * <p>Hadoop's codec and not java.util.zip's: the latter asks {@code available()} whether another
 * member follows, which object stores answer with 0, and then it drops the rest of the file.
 */
final class GzipInput extends InputStream {
  private final Source source;
  private final InputStream content;

  GzipInput(InputStream stored, Configuration conf) throws IOException {
    source = new Source(stored);
    GzipCodec codec = new GzipCodec();
    codec.setConf(conf);
    content = codec.createInputStream(source);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    try {
      return content.read(target, offset, length);
    } catch (IOException | InternalError e) {
      if (source.failure != null) {
        throw source.failure;
      }
      throw new DamagedGzip(e);
    }
  }

  @Override
  public void close() throws IOException {
    content.close();
  }

  /** Remembers a failure of the file system, which is worth a retry; a damaged file is not. */
  private static final class Source extends FilterInputStream {
    private IOException failure;

    Source(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      try {
        return super.read(target, offset, length);
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }
  }
}
