package dev.kindling.linalg;

import java.nio.file.Path;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.presets.openblas_nolapack;
import org.bytedeco.openblas.presets.openblas_nolapack.MklSetNumThreadsLocal;

/**
 * Tells OpenBLAS to compute on the calling thread.
 *
 * <p>Left alone it starts a thread per core, whatever the caller does: with a Spark task on every
 * core that is the square of the cores, and the order of its sums depends on their number. It reads
 * {@code OPENBLAS_NUM_THREADS} only when it is loaded, a JVM cannot set its own environment, and
 * netlib calls nothing but BLAS and LAPACK. So the number is set through the small JNI bridge that
 * comes with the library. Where that cannot be loaded (it needs libstdc++), {@code
 * OPENBLAS_NUM_THREADS=1} in the environment serves as well, and nothing else does.
 */
final class OneThread {
  /** The bridge; it looks beside itself for {@link #ALIAS}. */
  static final String BRIDGE = "libjniopenblas_nolapack.so";

  /** OpenBLAS under the name of its build without LAPACK. */
  static final String ALIAS = "libopenblas_nolapack.so.0";

  private OneThread() {}

  /**
   * A C function {@code int f(int)}. There is no type for {@code int f(void)}, but C's calling
   * conventions let a function ignore an argument.
   */
  private static final class IntFunction extends MklSetNumThreadsLocal {}

  /**
   * @param bridge unpacked beside OpenBLAS and its alias
   * @throws IllegalStateException if OpenBLAS would still use several threads
   */
  static void enforce(Path bridge) {
    int threads;
    try {
      OpenBlas.link(bridge);
      threads = viaBridge();
    } catch (LinkageError e) {
      threads = "1".equals(System.getenv("OPENBLAS_NUM_THREADS")) ? 1 : -1;
    }
    if (threads != 1) {
      throw new IllegalStateException(
          "OpenBLAS cannot be told to use one thread; set OPENBLAS_NUM_THREADS=1 in the environment"
              + " of the driver and of every executor");
    }
  }

  /** Sets one thread, and returns how many OpenBLAS says it uses. */
  static int viaBridge() {
    // JavaCPP must neither unpack the libraries a second time nor start its deallocator thread.
    String load = System.setProperty("org.bytedeco.javacpp.loadlibraries", "false");
    String collect = System.setProperty("org.bytedeco.javacpp.nopointergc", "true");
    try (IntFunction threads = new IntFunction()) {
      openblas_nolapack.blas_set_num_threads(1);
      Pointer getter = Loader.addressof("openblas_get_num_threads");
      if (getter == null) {
        return -1;
      }
      threads.put(getter);
      return threads.call(0);
    } finally {
      restore("org.bytedeco.javacpp.loadlibraries", load);
      restore("org.bytedeco.javacpp.nopointergc", collect);
    }
  }

  private static void restore(String property, String value) {
    if (value == null) {
      System.clearProperty(property);
    } else {
      System.setProperty(property, value);
    }
  }
}
