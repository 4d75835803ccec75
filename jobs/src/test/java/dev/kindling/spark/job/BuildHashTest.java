package dev.kindling.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildHashTest {
  @TempDir Path folder;

  @Test
  void theBuildIsTheSameInOneBuild() {
    assertThat(Version.build()).matches("[0-9a-f]{16}").isEqualTo(BuildHash.of(classes()));
  }

  @Test
  void aFolderAndItsJarSayTheSameAndAnotherByteIsSeen() throws Exception {
    Path file = folder.resolve("classes/dev/A.class");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "one");
    Map<String, Long> before = folder();
    assertThat(jar()).isEqualTo(before);
    FileTime time = Files.getLastModifiedTime(file);
    Files.writeString(file, "two");
    Files.setLastModifiedTime(file, time);
    assertThat(folder()).isNotEqualTo(before).isEqualTo(jar());
  }

  private static Class<?>[] classes() {
    return new Class<?>[] {
      dev.kindling.BadInput.class, dev.kindling.data.Fingerprint.class, Version.class
    };
  }

  private Map<String, Long> folder() throws Exception {
    Map<String, Long> entries = new TreeMap<>();
    BuildHash.addFolder(folder.resolve("classes"), entries);
    return entries;
  }

  private Map<String, Long> jar() throws Exception {
    File jar = folder.resolve("a.jar").toFile();
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar.toPath()))) {
      out.putNextEntry(new ZipEntry("dev/A.class"));
      out.write(Files.readAllBytes(folder.resolve("classes/dev/A.class")));
    }
    Map<String, Long> entries = new TreeMap<>();
    BuildHash.addJar(jar, entries);
    return entries;
  }
}
