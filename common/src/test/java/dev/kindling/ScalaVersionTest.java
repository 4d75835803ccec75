package dev.kindling;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** A nearer, older scala-library breaks SparkSession at its first row. */
class ScalaVersionTest {
  @Test
  void theLibraryIsTheOneThatSparkWasCompiledAgainst() throws IOException {
    Properties library = new Properties();
    try (InputStream in = ClassLoader.getSystemResourceAsStream("library.properties")) {
      library.load(in);
    }
    assertThat(library.getProperty("version.number"))
        .isEqualTo(System.getProperty("scala.version"));
  }
}
