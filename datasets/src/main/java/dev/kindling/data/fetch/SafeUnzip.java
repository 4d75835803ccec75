package dev.kindling.data.fetch;

import dev.kindling.BadInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * Unpacks an archive that nobody vouches for: no entry leaves the folder, there are no links, and
 * entries and bytes are bounded by what comes out, whatever the archive announces.
 *
 * @param entries how many there may be
 * @param each bytes of one
 * @param total bytes of all
 */
record SafeUnzip(int entries, long each, long total) {
  /**
   * Unpacks into a folder that is there and empty.
   *
   * @param name what messages call the archive
   * @throws BadInput naming the archive and the entry that is refused; what was unpacked before
   *     stays in the folder
   */
  void unpack(Path archive, String name, Path folder) throws IOException {
    try (ZipFile zip = ZipFile.builder().setPath(archive).get()) {
      List<ZipArchiveEntry> all = Collections.list(zip.getEntries());
      if (all.size() > entries) {
        throw BadInput.of("%s has %,d entries; at most %,d are taken", name, all.size(), entries);
      }
      long left = total;
      for (ZipArchiveEntry entry : all) {
        Path target = place(name, entry, folder);
        if (entry.isDirectory()) {
          Files.createDirectories(target);
          continue;
        }
        Files.createDirectories(target.getParent());
        try (InputStream in = zip.getInputStream(entry)) {
          left -= copy(name, entry, in, target, left);
        }
      }
    } catch (ZipException e) {
      throw new BadInput(name + " is no zip archive, or was cut short: " + e.getMessage(), e);
    }
  }

  private static Path place(String archive, ZipArchiveEntry entry, Path folder) {
    String name = entry.getName();
    boolean link = entry.isUnixSymlink();
    Path target = null;
    if (!link && !name.isEmpty() && name.indexOf('\\') < 0 && name.indexOf('\0') < 0) {
      Path relative = Path.of(name);
      target = relative.isAbsolute() ? null : folder.resolve(relative).normalize();
    }
    if (target == null || !target.startsWith(folder.normalize()) || name.matches("[A-Za-z]:.*")) {
      throw BadInput.of(
          "%s: entry '%s%s; nothing is taken from such an archive",
          archive,
          name.replaceAll("\\p{Cntrl}", "?"),
          link ? "' is a link" : "' leads out of the folder");
    }
    return target;
  }

  private long copy(String archive, ZipArchiveEntry entry, InputStream in, Path target, long left)
      throws IOException {
    byte[] buffer = new byte[1 << 16];
    long length = 0;
    try (OutputStream out = Files.newOutputStream(target)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        length += count;
        if (length > each || length > left) {
          throw BadInput.of(
              "%s unpacks to more than %,d bytes%s; it is not taken",
              archive,
              length > each ? each : total,
              length > each ? " in entry '" + entry.getName() + "'" : "");
        }
        out.write(buffer, 0, count);
      }
    }
    return length;
  }
}
