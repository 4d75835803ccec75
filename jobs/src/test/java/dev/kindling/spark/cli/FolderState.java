package dev.kindling.spark.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Every file and folder below a folder, hidden ones too, with the content of the files. */
record FolderState(List<String> entries) {
  static FolderState of(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return new FolderState(walk.sorted().map(path -> entry(folder, path)).toList());
    }
  }

  private static String entry(Path folder, Path path) {
    try {
      String name = folder.relativize(path).toString();
      return Files.isDirectory(path) ? name + "/" : name + " " + content(path);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String content(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    return bytes.length + " bytes, " + Integer.toHexString(Arrays.hashCode(bytes));
  }
}
