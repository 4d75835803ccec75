package dev.kindling.data.fetch;

import dev.kindling.BadInput;
import dev.kindling.SettingName;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The TU collection of graph sets (Morris et al. 2020), by HTTP: {@code NAME.zip} under its base
 * address, which holds the files of one set.
 */
public final class TuCollection {
  /** Where the collection's authors keep it. */
  public static final String HOME = "https://www.chrsmrrs.com/graphkerneldatasets/";

  private static final long MOST_BYTES = 4L << 30;
  private static final SafeUnzip UNZIP = new SafeUnzip(256, 8L << 30, 16L << 30);

  private final URI base;
  private final SafeUnzip unzip;

  /**
   * @param base an http or https address, with or without a slash at its end
   * @throws BadInput if it is none
   */
  public TuCollection(String base) {
    this(base, UNZIP);
  }

  TuCollection(String base, SafeUnzip unzip) {
    this.unzip = unzip;
    try {
      this.base = URI.create(base.endsWith("/") ? base : base + "/");
    } catch (IllegalArgumentException e) {
      throw new BadInput(SettingName.of("url", base) + ": no address: " + e.getMessage(), e);
    }
    String scheme = String.valueOf(this.base.getScheme()).toLowerCase(Locale.ROOT);
    if (!(scheme.equals("https") || scheme.equals("http")) || this.base.getHost() == null) {
      throw new BadInput(SettingName.of("url", base) + ": should be like " + HOME);
    }
  }

  /**
   * What was fetched.
   *
   * @param bytes of the archive
   * @param sha256 of the archive, in hexadecimal digits
   */
  public record Fetched(URI source, long bytes, String sha256) {}

  /**
   * Fetches a set into a folder, which appears when it is whole. An unfinished archive stays beside
   * it, as {@code .NAME.zip.part}, for another try.
   *
   * @param name of the set
   * @param folder that is not there, or to be replaced
   * @param sha256 what the archive must be; null for anything
   * @throws BadInput if there is no such set, or the archive is not what it should be
   * @throws IOException in words for the user, if the network or the disk fails
   */
  public Fetched get(String name, Path folder, String sha256) throws IOException {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9_.+-]*")) {
      throw new BadInput("'" + name + "': a set's name has letters, digits, _, -, + and points");
    }
    Path target = folder.toAbsolutePath().normalize();
    Path parent = target.getParent();
    if (parent == null) {
      throw new BadInput(folder + " cannot be the folder of a set");
    }
    requireReplaceable(target);
    Files.createDirectories(parent);
    Path archive = parent.resolve("." + name + ".zip");
    Path unpacked = parent.resolve("." + name + ".unpacked");
    URI source = base.resolve(name + ".zip");
    try {
      new ResumableDownload(source, archive, MOST_BYTES).run();
      Fetched fetched = new Fetched(source, Files.size(archive), hash(archive));
      if (sha256 != null && !sha256.equalsIgnoreCase(fetched.sha256)) {
        throw BadInput.of(
            "%s has the SHA-256 %s, not %s; it is not taken", source, fetched.sha256, sha256);
      }
      delete(unpacked);
      unzip.unpack(archive, name + ".zip", Files.createDirectory(unpacked));
      Path set = set(name, unpacked);
      delete(target);
      Files.move(set, target);
      return fetched;
    } finally {
      delete(unpacked);
      Files.deleteIfExists(archive);
    }
  }

  /** What is replaced is a set, not whatever else the path may name. */
  private static void requireReplaceable(Path target) throws IOException {
    if (!Files.exists(target)) {
      return;
    }
    if (Files.isDirectory(target)) {
      try (Stream<Path> files = Files.list(target)) {
        if (files.anyMatch(file -> file.getFileName().toString().endsWith("_A.txt"))) {
          return;
        }
      }
    }
    throw BadInput.of(
        "%s exists and is no TU set; give another %s", target, new SettingName("output"));
  }

  /** The folder with {@code NAME_A.txt}: the archive's only one, or its root. */
  private static Path set(String name, Path unpacked) throws IOException {
    for (Path folder : List.of(unpacked.resolve(name), unpacked)) {
      if (Files.exists(folder.resolve(name + "_A.txt"))) {
        return folder;
      }
    }
    throw new BadInput(name + ".zip holds no TU set: it lacks " + name + "_A.txt");
  }

  private static String hash(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
        in.transferTo(java.io.OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static void delete(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(path)) {
      for (Path p : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(p);
      }
    }
  }
}
