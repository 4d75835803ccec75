package dev.kindling.linalg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which BLAS this process has in memory, as Linux tells it. */
final class LoadedLibraries {
  private LoadedLibraries() {}

  /**
   * A BLAS other than ours. If there is one, netlib may be on it: because something used netlib
   * before {@link Blas#use}, or because our file was replaced between two loads.
   */
  static Optional<String> stranger(Path ours) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
      return stranger(lines.toList(), ours);
    }
  }

  /**
   * @param maps lines of {@code address perms offset dev inode path}, with {@code (deleted)} after
   *     the path of a file that is gone
   */
  static Optional<String> stranger(List<String> maps, Path ours) {
    return maps.stream()
        .filter(line -> line.indexOf('/') >= 0)
        .map(line -> line.substring(line.indexOf('/')))
        .filter(path -> !path.equals(ours.toString()))
        .filter(path -> path.matches(".*/lib(open)?blas\\.so[^/]*"))
        .findFirst();
  }
}
