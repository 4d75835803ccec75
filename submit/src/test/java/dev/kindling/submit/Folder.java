package dev.kindling.submit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** What is in a folder, hidden files too. */
final class Folder {
  private Folder() {}

  /** Names of all files and folders below it, in order. */
  static List<String> names(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(path -> !path.equals(folder))
          .map(path -> folder.relativize(path) + (Files.isDirectory(path) ? "/" : ""))
          .sorted()
          .toList();
    }
  }

  /** SHA-256 over the names and contents of everything below it. */
  static String sha256(Path folder) throws IOException {
    MessageDigest digest = digest();
    for (String name : names(folder)) {
      digest.update((name + "\n").getBytes(StandardCharsets.UTF_8));
      if (!name.endsWith("/")) {
        digest.update(Files.readAllBytes(folder.resolve(name)));
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Finished files below a folder in which a process is at work; 0 if it is not there. */
  static int finishedFiles(Path folder) {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    int count = 0;
    try (Stream<Path> list = Files.list(folder)) {
      for (Path path : list.toList()) {
        String name = path.getFileName().toString();
        if (Files.isDirectory(path)) {
          count += finishedFiles(path);
        } else if (!name.startsWith("_") && !name.startsWith(".")) {
          count++;
        }
      }
      return count;
    } catch (NoSuchFileException gone) {
      return count;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many files in it have a name that starts so; 0 if it is not there. */
  static int count(Path folder, String start) {
    String[] names = folder.toFile().list((in, name) -> name.startsWith(start));
    return names == null ? 0 : names.length;
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
