package dev.kindling.linalg;

import dev.kindling.BadInput;
import dev.kindling.SettingName;
import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.lapack.LAPACK;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Decides which BLAS this JVM uses.
 *
 * @param openBlas loads the native one, or says why not
 * @param hasVector whether the JVM runs with the vector module
 * @param mark hears the reason when native was tried and failed, or nothing when it loaded
 */
record BlasChooser(Source openBlas, boolean hasVector, Consumer<Optional<String>> mark) {

  /** A pair of implementations that belong together. */
  record Pair(BLAS blas, LAPACK lapack) {}

  /** A pair that may be missing on this machine. */
  interface Source {
    Pair load() throws OpenBlas.Unavailable;
  }

  /** What was chosen. */
  record Result(Blas.Choice choice, Pair pair) {}

  static BlasChooser ofThisJvm() {
    return new BlasChooser(BlasChooser::loadOpenBlas, Netlib.hasVectorModule(), OpenBlas::mark);
  }

  /**
   * @throws BadInput if a mode was asked for by name and cannot be had
   */
  Result choose(Blas.Mode wanted) {
    List<String> reasons = new ArrayList<>();
    if (wanted == Blas.Mode.AUTO || wanted == Blas.Mode.NATIVE) {
      try {
        Pair pair = openBlas.load();
        mark.accept(Optional.empty());
        return result(Blas.Mode.NATIVE, pair, "OpenBLAS " + OpenBlas.version(), reasons);
      } catch (OpenBlas.Unavailable e) {
        mark.accept(Optional.of(e.getMessage()));
        if (wanted == Blas.Mode.NATIVE) {
          throw BadInput.of(
              e,
              "%s: %s; %s takes the best that loads",
              SettingName.of("blas", "native"),
              e.getMessage(),
              SettingName.of("blas", "auto"));
        }
        reasons.add("native: " + e.getMessage());
      }
    }
    OpenBlas.hide();
    if (wanted != Blas.Mode.JAVA) {
      if (hasVector) {
        Pair pair = new Pair(Netlib.vectorBlas(), Netlib.javaLapack());
        return result(Blas.Mode.VECTOR, pair, "netlib", reasons);
      }
      String reason = "the JVM runs without the module jdk.incubator.vector";
      if (wanted == Blas.Mode.VECTOR) {
        throw new BadInput(SettingName.of("blas", "vector") + ": " + reason);
      }
      reasons.add("vector: " + reason);
    }
    Pair pair = new Pair(Netlib.javaBlas(), Netlib.javaLapack());
    return result(Blas.Mode.JAVA, pair, "netlib", reasons);
  }

  private static Result result(Blas.Mode mode, Pair pair, String library, List<String> reasons) {
    Blas.Choice choice =
        new Blas.Choice(
            mode,
            pair.blas().getClass().getName(),
            pair.lapack().getClass().getName(),
            library,
            KernelBits.of(pair.blas()),
            String.join("; ", reasons));
    return new Result(choice, pair);
  }

  private static Pair loadOpenBlas() throws OpenBlas.Unavailable {
    Path library = OpenBlas.load();
    try {
      Pair pair = new Pair(Netlib.nativeBlas(), Netlib.nativeLapack());
      Optional<String> stranger = LoadedLibraries.stranger(library);
      if (stranger.isPresent()) {
        throw new OpenBlas.Unavailable(
            stranger.get() + " is loaded as well: something used netlib before Kindling chose",
            null);
      }
      return pair;
    } catch (IOException | LinkageError | RuntimeException e) {
      throw new OpenBlas.Unavailable("netlib does not load it: " + e.getMessage(), e);
    }
  }
}
