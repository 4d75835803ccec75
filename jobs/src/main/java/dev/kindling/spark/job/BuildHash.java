package dev.kindling.spark.job;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * SHA-256, shortened to 16 hexadecimal digits, over the names and CRC-32s of everything in the jars
 * or class folders that some classes came from. A jar's central directory holds both, so that a
 * large jar takes milliseconds.
 */
final class BuildHash {
  private static final int DIGITS = 16;

  private BuildHash() {}

  static String of(Class<?>... markers) {
    try {
      Map<String, Long> entries = new TreeMap<>();
      for (Class<?> marker : markers) {
        File file = new File(marker.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (file.isDirectory()) {
          addFolder(file.toPath(), entries);
        } else {
          addJar(file, entries);
        }
      }
      MessageDigest hash = MessageDigest.getInstance("SHA-256");
      entries.forEach(
          (n, crc) -> hash.update((n + ' ' + crc + '\n').getBytes(StandardCharsets.UTF_8)));
      return HexFormat.of().formatHex(hash.digest()).substring(0, DIGITS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException | NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static void addJar(File file, Map<String, Long> entries) throws IOException {
    try (JarFile jar = new JarFile(file)) {
      jar.stream()
          .filter(entry -> !entry.isDirectory() && !entry.getName().startsWith("META-INF/"))
          .forEach(entry -> entries.put(entry.getName(), entry.getCrc()));
    }
  }

  static void addFolder(Path folder, Map<String, Long> entries) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        CRC32 crc = new CRC32();
        crc.update(Files.readAllBytes(file));
        entries.put(
            folder.relativize(file).toString().replace(File.separatorChar, '/'), crc.getValue());
      }
    }
  }
}
