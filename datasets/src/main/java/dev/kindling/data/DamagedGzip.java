package dev.kindling.data;

import java.io.IOException;

/** Compressed bytes that cannot be decompressed: the file's fault, not the file system's. */
public final class DamagedGzip extends IOException {
  DamagedGzip(Throwable cause) {
    super("the gzip stream is damaged or ends early; fetch or compress the file again", cause);
  }
}
