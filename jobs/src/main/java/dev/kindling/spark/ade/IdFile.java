package dev.kindling.spark.ade;

import dev.kindling.BadInput;
import dev.kindling.data.InputPath;
import dev.kindling.data.LineReader;
import dev.kindling.data.Rejected;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;

/** A text file with an id a line, on the driver. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record IdFile(String uri, byte[] content) {
  /** Longer ones are several updates. */
  private static final long LONGEST = 256L << 20;

  /**
   * Reads it.
   *
   * @throws BadInput if it is missing, longer than 256 MB, or a folder
   */
  static IdFile read(String option, String uri, Configuration conf) {
    try {
      FileStatus status = InputPath.require(uri, conf);
      if (!status.isFile() || status.getLen() > LONGEST) {
        throw new BadInput(
            option
                + (" " + uri + ": ")
                + (status.isFile()
                    ? status.getLen() + " bytes; at most " + LONGEST + ", cut it into several"
                    : "a folder; name a text file with an id a line"));
      }
      try (InputStream in = status.getPath().getFileSystem(conf).open(status.getPath())) {
        return new IdFile(uri, in.readNBytes((int) LONGEST));
      }
    } catch (IOException e) {
      throw new BadInput(option + " " + uri + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /** SHA-256 of the content. */
  String fingerprint() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  /**
   * The ids.
   *
   * @param inWords whether they are words
   * @throws BadInput with file and line if one is no whole number and should be, or not UTF-8
   */
  Set<Object> ids(boolean inWords) {
    Set<Object> ids = new LinkedHashSet<>();
    LineReader lines =
        new LineReader(new ByteArrayInputStream(content), 0, Long.MAX_VALUE); // holds nothing open
    try {
      while (lines.next()) {
        String text = lines.text().strip();
        if (!text.isEmpty()) {
          ids.add(inWords ? text : number(text, lines.lines()));
        }
      }
    } catch (Rejected e) {
      throw BadInput.of(e, "--point-deletes: %s:%s: %s", uri, lines.lines(), e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ids;
  }

  private Long number(String text, long line) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      throw BadInput.of(
          e,
          "--point-deletes: %s:%s: %s is no whole number; the ids of the index are",
          uri,
          line,
          text);
    }
  }
}
