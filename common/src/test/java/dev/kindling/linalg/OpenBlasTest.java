package dev.kindling.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.lapack.LAPACK;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OpenBlasTest {
  @Test
  void itLoadsWhereverNetlibHasABridge() {
    boolean linux = System.getProperty("os.name").equals("Linux");
    boolean known = Stream.of("amd64", "aarch64").anyMatch(System.getProperty("os.arch")::equals);
    assumeTrue(linux && known, "netlib has no bridge for this platform");
    assertThat(Blas.choice().mode()).as(Blas.choice().reason()).isEqualTo(Blas.Mode.NATIVE);
    assertThat(Blas.choice().lapack()).endsWith("JNILAPACK");
  }

  @Test
  void netlibItselfAndSoBreezeUseWhatWasChosen() {
    assumeTrue(Blas.choice().mode() == Blas.Mode.NATIVE, Blas.choice().reason());
    assertThat(BLAS.getInstance()).isSameAs(Netlib.nativeBlas());
    assertThat(LAPACK.getInstance()).isSameAs(Netlib.nativeLapack());
  }

  @Test
  void itComputesOnTheCallingThread() {
    assumeTrue(Blas.choice().mode() == Blas.Mode.NATIVE, Blas.choice().reason());
    assertThat(OneThread.viaBridge()).isEqualTo(1);
  }

  @Test
  void otherPlatformsAreNamed() {
    assertThatThrownBy(() -> OpenBlas.platform("Linux", "ppc64le"))
        .isInstanceOf(OpenBlas.Unavailable.class)
        .hasMessage("no OpenBLAS for linux-ppc64le");
  }

  @Test
  void theVersionIsTheBuilds() {
    assertThat(OpenBlas.version()).matches("\\d+\\.\\d+\\.\\d+-.*");
    assertThat(Files.exists(Path.of(System.getProperty(OpenBlas.BLAS_PATH)))).isTrue();
  }
}
