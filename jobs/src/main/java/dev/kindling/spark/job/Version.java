package dev.kindling.spark.job;

import dev.kindling.BadInput;
import dev.kindling.data.Fingerprint;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Which build this is. */
public final class Version {
  private static final class Build {
    static final String HASH = BuildHash.of(BadInput.class, Fingerprint.class, Version.class);
  }

  private Version() {}

  /**
   * A short hash of the code itself: it differs where any class or resource of Kindling differs,
   * also between two builds of one version.
   */
  public static String build() {
    return Build.HASH;
  }

  /** As in the pom. */
  public static String text() {
    try (InputStream in = Version.class.getResourceAsStream("/dev/kindling/version.txt")) {
      return in == null ? "unknown" : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
