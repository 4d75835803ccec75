package dev.kindling.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindling.BadInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BlasChooserTest {
  private final List<Optional<String>> marks = new ArrayList<>();
  private String blasPath;
  private String lapackPath;

  @BeforeEach
  void letTheRealChoiceBeMadeFirst() {
    Blas.choice();
    blasPath = System.getProperty(OpenBlas.BLAS_PATH);
    lapackPath = System.getProperty(OpenBlas.LAPACK_PATH);
  }

  @AfterEach
  void restorePaths() {
    System.setProperty(OpenBlas.BLAS_PATH, blasPath);
    System.setProperty(OpenBlas.LAPACK_PATH, lapackPath);
  }

  private BlasChooser chooser(boolean hasNative, boolean hasVector) {
    return new BlasChooser(
        () -> {
          if (!hasNative) {
            throw new OpenBlas.Unavailable("no OpenBLAS for linux-ppc64le", null);
          }
          return new BlasChooser.Pair(Netlib.javaBlas(), Netlib.javaLapack());
        },
        hasVector,
        marks::add);
  }

  @Test
  void nativeIsTakenFirstAndAnOldMarkerGoes() {
    Blas.Choice choice = chooser(true, true).choose(Blas.Mode.AUTO).choice();
    assertThat(choice.mode()).isEqualTo(Blas.Mode.NATIVE);
    assertThat(choice.library()).isEqualTo("OpenBLAS " + OpenBlas.version());
    assertThat(choice.reason()).isEmpty();
    assertThat(marks).containsExactly(Optional.empty());
  }

  @Test
  void vectorIsSecondAndSaysWhy() {
    Blas.Choice choice = chooser(false, true).choose(Blas.Mode.AUTO).choice();
    assertThat(choice.mode()).isEqualTo(Blas.Mode.VECTOR);
    assertThat(choice.blas()).endsWith("VectorBLAS");
    assertThat(choice.reason()).isEqualTo("native: no OpenBLAS for linux-ppc64le");
    assertThat(marks).containsExactly(Optional.of("no OpenBLAS for linux-ppc64le"));
  }

  @Test
  void plainJavaIsLastAndNamesBothReasons() {
    Blas.Choice choice = chooser(false, false).choose(Blas.Mode.AUTO).choice();
    assertThat(choice.mode()).isEqualTo(Blas.Mode.JAVA);
    assertThat(choice.blas()).endsWith("Java11BLAS");
    assertThat(choice.lapack()).endsWith("F2jLAPACK");
    assertThat(choice.reason())
        .isEqualTo(
            "native: no OpenBLAS for linux-ppc64le;"
                + " vector: the JVM runs without the module jdk.incubator.vector");
  }

  @Test
  void plainJavaByNameTriesNothingElse() {
    Blas.Choice choice = chooser(true, true).choose(Blas.Mode.JAVA).choice();
    assertThat(choice.mode()).isEqualTo(Blas.Mode.JAVA);
    assertThat(choice.reason()).isEmpty();
    assertThat(marks).isEmpty();
  }

  @Test
  void whatWasAskedForByNameIsNotReplaced() {
    assertThatThrownBy(() -> chooser(false, true).choose(Blas.Mode.NATIVE))
        .isInstanceOf(BadInput.class)
        .hasMessageStartingWith("blas native: no OpenBLAS for linux-ppc64le");
    assertThatThrownBy(() -> chooser(true, false).choose(Blas.Mode.VECTOR))
        .isInstanceOf(BadInput.class)
        .hasMessage("blas vector: the JVM runs without the module jdk.incubator.vector");
  }
}
