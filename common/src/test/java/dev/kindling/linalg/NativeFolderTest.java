package dev.kindling.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeFolderTest {
  private static final List<String> NAMES = List.of("liba.so", "libb.so.1", "libc.so");

  @TempDir Path temp;
  private final byte[] library = new byte[300_001];
  private Path jar;

  @BeforeEach
  void packLibraries() throws IOException {
    new SplittableRandom(7).nextBytes(library);
    jar = temp.resolve("libraries.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (String name : NAMES) {
        zip.putNextEntry(new ZipEntry("native/" + name));
        zip.write(library);
        zip.closeEntry();
      }
    }
  }

  private URL resource(String name) throws IOException {
    return URI.create("jar:" + jar.toUri() + "!/native/" + name).toURL();
  }

  private Path unpackAll(Path folder) throws IOException {
    NativeFolder target = NativeFolder.at(folder);
    for (String name : NAMES) {
      target.unpack(resource(name), name);
    }
    return target.path();
  }

  private void assertComplete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(f -> f.getFileName().toString()).filter(f -> !f.equals("lock")))
          .containsExactlyInAnyOrderElementsOf(NAMES);
    }
    for (String name : NAMES) {
      assertThat(folder.resolve(name)).hasBinaryContent(library);
    }
  }

  @Test
  void manyAtOnceLeaveOneCompleteFolder() throws Exception {
    Path folder = temp.resolve("cache/libraries");
    int threads = 8;
    CyclicBarrier together = new CyclicBarrier(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Path>> unpacked = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        unpacked.add(
            pool.submit(
                () -> {
                  together.await();
                  return unpackAll(folder);
                }));
      }
      for (Future<Path> f : unpacked) {
        assertThat(f.get()).isEqualTo(folder);
      }
    } finally {
      pool.shutdownNow();
    }
    assertComplete(folder);
  }

  /** Unpacks and prints which files it has found or made; run in several JVMs. */
  static final class OtherJvm {
    public static void main(String[] args) throws IOException {
      NativeFolder folder = NativeFolder.at(Path.of(args[1]));
      for (String name : NAMES) {
        URL resource = URI.create("jar:" + Path.of(args[0]).toUri() + "!/native/" + name).toURL();
        Path file = folder.unpack(resource, name);
        System.out.println(name + " " + Files.getAttribute(file, "unix:ino"));
      }
    }
  }

  @Test
  void manyJvmsAtOnceGetTheSameFiles() throws Exception {
    Path folder = temp.resolve("cache");
    List<Process> others = new ArrayList<>();
    try {
      for (int i = 0; i < 4; i++) {
        others.add(
            new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    OtherJvm.class.getName(),
                    jar.toString(),
                    folder.toString())
                .redirectErrorStream(true)
                .start());
      }
      Set<String> answers = new HashSet<>();
      for (Process other : others) {
        answers.add(new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        assertThat(other.waitFor(60, TimeUnit.SECONDS)).isTrue();
      }
      assertThat(answers).hasSize(1);
      assertThat(answers.iterator().next().lines()).hasSize(NAMES.size());
    } finally {
      others.forEach(Process::destroyForcibly);
    }
    assertComplete(folder);
  }

  @Test
  void aTruncatedCopyIsRepaired() throws IOException {
    Path folder = unpackAll(temp.resolve("cache"));
    try (RandomAccessFile file = new RandomAccessFile(folder.resolve("libb.so.1").toFile(), "rw")) {
      file.setLength(1000);
    }
    assertComplete(unpackAll(folder));
  }

  @Test
  void aCopyWithOneWrongByteIsRepaired() throws IOException {
    Path folder = unpackAll(temp.resolve("cache"));
    try (RandomAccessFile file = new RandomAccessFile(folder.resolve("liba.so").toFile(), "rw")) {
      file.seek(200_000);
      int b = file.read();
      file.seek(200_000);
      file.write(b ^ 1);
    }
    assertComplete(unpackAll(folder));
  }

  @Test
  void aCompleteCopyIsLeftAlone() throws IOException {
    Path folder = unpackAll(temp.resolve("cache"));
    Object before = Files.getAttribute(folder.resolve("liba.so"), "unix:ino");
    unpackAll(folder);
    assertThat(Files.getAttribute(folder.resolve("liba.so"), "unix:ino")).isEqualTo(before);
  }

  @Test
  void onlyItsOwnerSeesTheFolder() throws IOException {
    Path folder = unpackAll(temp.resolve("cache"));
    assertThat(Files.getPosixFilePermissions(folder))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void withoutAHomeAPrivateTemporaryFolderServes() throws IOException {
    Path file = Files.writeString(temp.resolve("no-folder"), "");
    NativeFolder folder = NativeFolder.at(file.resolve("cache"));
    assertThat(folder.temporary()).isTrue();
    assertThat(folder.unpack(resource("liba.so"), "liba.so")).hasBinaryContent(library);
    assertThat(Files.getPosixFilePermissions(folder.path()))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void anAliasMayBeThereAlreadyUnlessItIsSomethingElse() throws IOException {
    NativeFolder folder = NativeFolder.at(temp.resolve("cache"));
    Path file = folder.unpack(resource("liba.so"), "liba.so");
    folder.alias(file, "other.so");
    folder.alias(file, "other.so");
    assertThat(folder.path().resolve("other.so")).hasBinaryContent(library);
    Path second = folder.unpack(resource("libc.so"), "libc.so");
    assertThatThrownBy(() -> folder.alias(second, "other.so"))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void aResourceOutsideAJarIsReadForItsStamp() throws IOException {
    Path file = Files.write(temp.resolve("plain.so"), library);
    NativeFolder folder = NativeFolder.at(temp.resolve("cache"));
    assertThat(folder.unpack(file.toUri().toURL(), "plain.so")).hasBinaryContent(library);
  }

  @Test
  void aResourceThatIsTooLongIsRefused() throws IOException {
    Path huge = temp.resolve("huge.so");
    try (RandomAccessFile sparse = new RandomAccessFile(huge.toFile(), "rw")) {
      sparse.setLength(NativeFolder.MAX_LENGTH + 1);
    }
    NativeFolder folder = NativeFolder.at(temp.resolve("cache"));
    assertThatThrownBy(() -> folder.unpack(huge.toUri().toURL(), "huge.so"))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("huge.so is longer than " + NativeFolder.MAX_LENGTH + " bytes");
    assertThat(folder.path()).isDirectoryNotContaining(f -> f.toString().endsWith(".part"));
  }
}
