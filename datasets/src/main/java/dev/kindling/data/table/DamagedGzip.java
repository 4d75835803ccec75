package dev.kindling.data.table;

import java.io.IOException;

/** Compressed bytes that cannot be decompressed: the file's fault, not the file system's. */
final class DamagedGzip extends IOException {
  DamagedGzip(Throwable cause) {
    super("the gzip stream is damaged or ends early; fetch or compress the file again", cause);
  }
}
