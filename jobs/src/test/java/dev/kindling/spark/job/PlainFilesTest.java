package dev.kindling.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainFilesTest {
  @TempDir java.nio.file.Path temp;

  @ParameterizedTest
  @CsvSource({
    "022, rw-r--r--, rwxr-xr-x",
    "077, rw-------, rwx------",
    "002, rw-rw-r--, rwxrwxr-x"
  })
  void newFilesAndFoldersHaveThePermissionsThatHadoopGivesThem(
      String umask, String file, String folder) throws IOException {
    Configuration conf = new Configuration();
    conf.set("fs.permissions.umask-mode", umask);
    FileSystem local = FileSystem.newInstance(URI.create("file:///"), conf);
    java.nio.file.Path by = temp.resolve("by-hadoop/file");
    java.nio.file.Path plain = temp.resolve("plain/file");
    write(local, by);
    write(PlainFiles.of(local), plain);
    for (java.nio.file.Path path : new java.nio.file.Path[] {by, plain}) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
          .isEqualTo(file);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path.getParent())))
          .isEqualTo(folder);
    }
  }

  @Test
  void noChecksumFileStandsBesideAFile() throws IOException {
    java.nio.file.Path file = temp.resolve("folder/file");
    write(PlainFiles.of(new Path(file.toUri()), new Configuration()), file);
    try (Stream<java.nio.file.Path> files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }

  private static void write(FileSystem fs, java.nio.file.Path file) throws IOException {
    fs.mkdirs(new Path(file.getParent().toUri()));
    try (OutputStream out = fs.create(new Path(file.toUri()), true)) {
      out.write(1);
    }
  }
}
