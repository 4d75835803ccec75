package dev.kindling.linalg;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/**
 * OpenBLAS from the classpath: unpacked once per machine, loaded, told to use one thread, and named
 * to netlib before netlib loads.
 *
 * <p>The libraries go to {@code $XDG_CACHE_HOME/kindling/openblas-<version>-<platform>}, by default
 * under {@code ~/.cache}. Where they do not load, the reason is left beside that folder in the file
 * {@code native-failed}, by which a launcher can add the vector module the next time.
 */
final class OpenBlas {
  static final String BLAS_PATH = "dev.ludovic.netlib.blas.nativeLibPath";
  static final String LAPACK_PATH = "dev.ludovic.netlib.lapack.nativeLibPath";

  private static final String LIBRARY = "libopenblas.so.0";

  private OpenBlas() {}

  /** Why OpenBLAS is not in use here: one line. */
  static final class Unavailable extends Exception {
    Unavailable(String reason, Throwable cause) {
      super(reason, cause);
    }
  }

  /** The version that the build packs, for example {@code 0.3.31-1.5.13}. */
  static String version() {
    Properties properties = new Properties();
    try (InputStream in = OpenBlas.class.getResourceAsStream("openblas.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }

  /**
   * Unpacks and loads the libraries and points netlib at them. To be called before netlib's first
   * use, which reads the properties once.
   *
   * @return the library
   */
  static Path load() throws Unavailable {
    String platform = platform(System.getProperty("os.name"), System.getProperty("os.arch"));
    try {
      Path library = unpack(platform);
      System.setProperty(BLAS_PATH, library.toString());
      System.setProperty(LAPACK_PATH, library.toString());
      return library;
    } catch (IOException | LinkageError | RuntimeException e) {
      String message = e.getMessage() == null ? e.getClass().getName() : e.getMessage();
      throw new Unavailable(message.lines().findFirst().orElse(message), e);
    }
  }

  /** Makes netlib's own search find nothing, so that it and breeze use Java as well. */
  static void hide() {
    System.setProperty(BLAS_PATH, "/nonexistent/kindling-runs-without-native-blas");
    System.setProperty(LAPACK_PATH, "/nonexistent/kindling-runs-without-native-blas");
  }

  /** Leaves the reason of a failure for the launcher, or takes an old one away. */
  static void mark(Optional<String> failure) {
    Path marker = cache().resolve("native-failed");
    try {
      if (failure.isPresent()) {
        Files.createDirectories(marker.getParent());
        Files.writeString(marker, failure.get() + "\n");
      } else {
        Files.deleteIfExists(marker);
      }
    } catch (IOException | SecurityException noCache) {
      // The marker saves the launcher a guess; without a home there is nobody to leave it to.
      return;
    }
  }

  /** Bytedeco's name of a platform for which both it and netlib have libraries. */
  static String platform(String os, String arch) throws Unavailable {
    String name = os.toLowerCase(Locale.ROOT) + "-" + arch;
    return switch (name) {
      case "linux-amd64" -> "linux-x86_64";
      case "linux-aarch64" -> "linux-arm64";
      default -> throw new Unavailable("no OpenBLAS for " + name, null);
    };
  }

  /** {@code $XDG_CACHE_HOME/kindling}, or {@code ~/.cache/kindling}. */
  static Path cache() {
    String xdg = System.getenv("XDG_CACHE_HOME");
    Path base =
        xdg == null || !xdg.startsWith("/")
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(xdg);
    return base.resolve("kindling");
  }

  private static Path unpack(String platform) throws IOException, Unavailable {
    NativeFolder folder =
        NativeFolder.at(cache().resolve("openblas-" + version() + "-" + platform));
    Path gcc = folder.unpack(resource(platform, "libgcc_s.so.1"), "libgcc_s.so.1");
    Path gfortran = folder.unpack(resource(platform, "libgfortran.so.5"), "libgfortran.so.5");
    Path library = folder.unpack(resource(platform, LIBRARY), LIBRARY);
    Path bridge = folder.unpack(resource(platform, OneThread.BRIDGE), OneThread.BRIDGE);
    // OpenBLAS finds libgfortran beside itself, but libgfortran has no such path of its own: what
    // it
    // needs has to be in the process before it.
    if (platform.equals("linux-x86_64")) {
      link(folder.unpack(resource(platform, "libquadmath.so.0"), "libquadmath.so.0"));
    }
    try {
      link(gfortran);
    } catch (UnsatisfiedLinkError withoutGcc) {
      // Second, because a JVM that has libgcc already should not get another copy of it.
      link(gcc);
      link(gfortran);
    }
    link(library);
    folder.alias(library, OneThread.ALIAS);
    OneThread.enforce(bridge);
    return library;
  }

  /** Loads a library, unless a copy of this class in another class loader has done so. */
  static void link(Path library) {
    try {
      System.load(library.toString());
    } catch (UnsatisfiedLinkError e) {
      if (!String.valueOf(e.getMessage()).contains("already loaded in another classloader")) {
        throw e;
      }
    }
  }

  private static URL resource(String platform, String name) throws Unavailable {
    String path = "org/bytedeco/openblas/" + platform + "/" + name;
    URL url = OpenBlas.class.getClassLoader().getResource(path);
    if (url == null) {
      throw new Unavailable(path + " is not on the classpath", null);
    }
    return url;
  }
}
