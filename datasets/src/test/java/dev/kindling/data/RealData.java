package dev.kindling.data;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Data for tests that is no part of the project: in the folder that the system property or the
 * variable KINDLING_TEST_DATA names, else in {@code shared/data} beside the working directory or a
 * folder above it.
 */
public final class RealData {
  private static final String NAME = "KINDLING_TEST_DATA";

  private RealData() {}

  /** A file or folder of it; the test is skipped, with a message, where it is absent. */
  public static Path require(String path) {
    Path root = root();
    assumeTrue(root != null, "no real data here: set " + NAME + " to its folder");
    Path found = root.resolve(path);
    assumeTrue(Files.exists(found), "the real data lacks " + path);
    return found;
  }

  private static Path root() {
    String given = System.getProperty(NAME, System.getenv(NAME));
    if (given != null) {
      return Path.of(given);
    }
    for (Path p = Path.of("").toAbsolutePath(); p != null; p = p.getParent()) {
      if (Files.isDirectory(p.resolve("shared/data"))) {
        return p.resolve("shared/data");
      }
    }
    return null;
  }
}
