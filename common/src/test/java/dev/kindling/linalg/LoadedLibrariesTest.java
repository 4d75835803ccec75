package dev.kindling.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoadedLibrariesTest {
  private static final Path OURS = Path.of("/home/ada/.cache/kindling/openblas/libopenblas.so.0");

  private static String mapped(String path) {
    return "7f3a5c000000-7f3a5c021000 r-xp 00000000 08:01 131 " + " ".repeat(20) + path;
  }

  @Test
  void oursAndWhatIsNoBlasAreNoStrangers() {
    List<String> maps =
        List.of(
            mapped(""),
            mapped("[stack]"),
            mapped("/usr/lib/libc.so.6"),
            mapped("/home/ada/.cache/kindling/openblas/libjniopenblas_nolapack.so"),
            mapped("/tmp/libnetlibblasjni.so123.so"),
            mapped(OURS.toString()));
    assertThat(LoadedLibraries.stranger(maps, OURS)).isEmpty();
  }

  @Test
  void anotherBlasIsNamed() {
    String system = "/usr/lib/x86_64-linux-gnu/blas/libblas.so.3.11.0";
    assertThat(LoadedLibraries.stranger(List.of(mapped(OURS.toString()), mapped(system)), OURS))
        .contains(system);
  }

  @Test
  void anOlderCopyOfOursIsNamed() {
    assertThat(LoadedLibraries.stranger(List.of(mapped(OURS + " (deleted)")), OURS))
        .contains(OURS + " (deleted)");
  }

  @Test
  void thisProcessHasOneBlas() throws IOException {
    assumeTrue(Blas.choice().mode() == Blas.Mode.NATIVE, Blas.choice().reason());
    assertThat(LoadedLibraries.stranger(Path.of(System.getProperty(OpenBlas.BLAS_PATH)))).isEmpty();
  }
}
