package dev.kindling.linalg;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.CRC32;

/**
 * A folder of this user into which libraries are unpacked from the classpath, once per machine.
 *
 * <p>A file that is there is taken only if its length and CRC-32 are those of the resource; any
 * other is written under another name and renamed when it is complete. A complete file is never
 * replaced, for which a lock between JVMs is needed: a library that another JVM puts between two
 * loads of it is loaded twice, and a setting of the one is not one of the other.
 *
 * @param path the folder, absolute
 * @param temporary whether it goes with this JVM
 */
record NativeFolder(Path path, boolean temporary) {
  /** No library is nearly as large: OpenBLAS for x86-64, with kernels for every core, is 38 MB. */
  static final long MAX_LENGTH = 256L << 20;

  /** Held while a file is written. */
  static final String LOCK = "lock";

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  /** Length in bytes and CRC-32 of a file. */
  private record Stamp(long length, long crc) {}

  /**
   * The folder {@code preferred}, or a new private one that goes with this JVM where the preferred
   * one cannot be had: no home, a read-only one, or a folder of somebody else.
   */
  static NativeFolder at(Path preferred) throws IOException {
    try {
      Files.createDirectories(preferred, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
      // Fails for a folder that belongs to somebody else.
      Files.setPosixFilePermissions(preferred, OWNER_ONLY);
      requireLocks(Files.createTempFile(preferred, "probe", ".part"));
      return new NativeFolder(preferred.toAbsolutePath(), false);
    } catch (IOException | SecurityException | UnsupportedOperationException unusable) {
      Path folder = Files.createTempDirectory("kindling-native-");
      folder.toFile().deleteOnExit();
      folder.resolve(LOCK).toFile().deleteOnExit();
      return new NativeFolder(folder.toAbsolutePath(), true);
    }
  }

  /**
   * Unpacks one resource unless a complete copy is there.
   *
   * @return the file, complete
   * @throws IOException if it cannot be written, or the resource is longer than {@link #MAX_LENGTH}
   */
  Path unpack(URL resource, String name) throws IOException {
    Path file = path.resolve(name);
    if (temporary) {
      file.toFile().deleteOnExit();
    }
    Stamp wanted = stamp(resource);
    if (!wanted.equals(stamp(file))) {
      synchronized (NativeFolder.class) {
        // One channel at a time: closing any of them gives up the lock of the whole process.
        try (FileChannel channel =
                FileChannel.open(
                    path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = lock(channel)) {
          if (lock.isValid() && !wanted.equals(stamp(file))) {
            write(resource, wanted, file);
          }
        }
      }
    }
    return file;
  }

  /** Fails on file systems without locks, as some homes on a network are. */
  private static void requireLocks(Path probe) throws IOException {
    try (FileChannel channel = FileChannel.open(probe, StandardOpenOption.WRITE);
        FileLock lock = lock(channel)) {
      lock.release();
    } finally {
      Files.delete(probe);
    }
  }

  private static FileLock lock(FileChannel channel) throws IOException {
    while (true) {
      try {
        return channel.lock();
      } catch (OverlappingFileLockException heldInThisJvm) {
        // By a copy of this class in another class loader, for as long as it writes one file.
        LockSupport.parkNanos(10_000_000);
      }
    }
  }

  private void write(URL resource, Stamp wanted, Path file) throws IOException {
    Path part = Files.createTempFile(path, file.getFileName().toString(), ".part");
    try {
      try (InputStream in = open(resource).getInputStream();
          OutputStream out = Files.newOutputStream(part)) {
        copy(in, out, resource);
      }
      if (!wanted.equals(stamp(part))) {
        throw new IOException(resource + " changed while it was read");
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Gives an unpacked file a second name. */
  void alias(Path file, String name) throws IOException {
    Path alias = path.resolve(name);
    if (temporary) {
      alias.toFile().deleteOnExit();
    }
    try {
      Files.createSymbolicLink(alias, file.getFileName());
    } catch (FileAlreadyExistsException another) {
      if (!Files.isSameFile(alias, file)) {
        throw another;
      }
    }
  }

  private static Stamp stamp(URL resource) throws IOException {
    URLConnection connection = open(resource);
    if (connection instanceof JarURLConnection jar && jar.getJarEntry().getCrc() >= 0) {
      return new Stamp(jar.getJarEntry().getSize(), jar.getJarEntry().getCrc());
    }
    try (InputStream in = connection.getInputStream()) {
      return copy(in, OutputStream.nullOutputStream(), resource);
    }
  }

  private static Stamp stamp(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return copy(in, OutputStream.nullOutputStream(), file);
    } catch (NoSuchFileException absent) {
      return new Stamp(-1, 0);
    }
  }

  private static URLConnection open(URL resource) throws IOException {
    URLConnection connection = resource.openConnection();
    // A cached jar file would stay open, and be shared with whoever else reads it.
    connection.setUseCaches(false);
    return connection;
  }

  private static Stamp copy(InputStream in, OutputStream out, Object name) throws IOException {
    CRC32 crc = new CRC32();
    byte[] buffer = new byte[1 << 16];
    long length = 0;
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      length += n;
      if (length > MAX_LENGTH) {
        throw new IOException(name + " is longer than " + MAX_LENGTH + " bytes");
      }
      crc.update(buffer, 0, n);
      out.write(buffer, 0, n);
    }
    return new Stamp(length, crc.getValue());
  }
}
