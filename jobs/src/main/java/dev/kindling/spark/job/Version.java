package dev.kindling.spark.job;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Which build this is. */
public final class Version {
  private Version() {}

  /** As in the pom. */
  public static String text() {
    try (InputStream in = Version.class.getResourceAsStream("/dev/kindling/version.txt")) {
      return in == null ? "unknown" : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
