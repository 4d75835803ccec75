package dev.kindling.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes to a cluster, and what a cluster has already. */
class ShadedJarIT {
  private static List<String> names() throws Exception {
    try (JarFile jar = open()) {
      return jar.stream().map(ZipEntry::getName).toList();
    }
  }

  private static JarFile open() throws Exception {
    return new JarFile(Launcher.script().resolveSibling("target/kindling.jar").toFile());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org/apache/spark/",
        "org/apache/hadoop/",
        "org/apache/parquet/",
        "org/apache/logging/",
        "org/apache/log4j/",
        "org/slf4j/",
        "scala/",
        "breeze/",
        "com/fasterxml/",
        "dev/ludovic/",
        "org/openscience/",
        "org/junit/"
      })
  void whatAClusterBringsIsLeftOut(String folder) throws Exception {
    assertThat(names()).noneMatch(name -> name.startsWith(folder));
  }

  @Test
  void everyClassIsOursOrRelocatedOrOfTheNativeLibraries() throws Exception {
    assertThat(names())
        .filteredOn(name -> name.endsWith(".class"))
        .allMatch(name -> name.startsWith("dev/kindling/") || name.startsWith("org/bytedeco/"));
    assertThat(names())
        .contains(
            "dev/kindling/shaded/picocli/CommandLine.class",
            "dev/kindling/shaded/config/Config.class",
            "dev/kindling/shaded/libsvm/svm.class",
            "dev/kindling/shaded/snakeyaml/engine/v2/api/lowlevel/Compose.class");
  }

  @Test
  void openBlasAndWhatItLinksToAreInside() throws Exception {
    assertThat(names()).anyMatch(name -> name.matches("org/bytedeco/.*/libopenblas\\.so.*"));
    assertThat(names()).anyMatch(name -> name.matches("org/bytedeco/.*/libgfortran\\.so.*"));
  }

  @Test
  void theBuiltInSetsAreInside() throws Exception {
    assertThat(names())
        .contains(
            "dev/kindling/data/builtin/bzr/bzr.txt",
            "dev/kindling/data/builtin/nci5k/nci5k.txt.gz");
  }

  @Test
  void cdkStandsBesideTheJar() throws Exception {
    try (Stream<Path> jars = Files.list(Launcher.script().resolveSibling("target/lib"))) {
      assertThat(jars.map(jar -> jar.getFileName().toString()))
          .anyMatch(name -> name.startsWith("cdk-smiles-"))
          .anyMatch(name -> name.startsWith("cdk-ctab-"))
          .allMatch(name -> name.matches("(cdk|beam|vecmath)-.*\\.jar"));
    }
  }

  @Test
  void theJarNamesItsMainClass() throws Exception {
    try (JarFile jar = open()) {
      assertThat(jar.getManifest().getMainAttributes().getValue("Main-Class"))
          .isEqualTo("dev.kindling.spark.cli.Main");
    }
  }
}
