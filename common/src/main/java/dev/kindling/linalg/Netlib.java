package dev.kindling.linalg;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.lapack.JavaLAPACK;
import dev.ludovic.netlib.lapack.LAPACK;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Netlib's implementations, one by one.
 *
 * <p>Netlib picks one by itself and says why not another only on stderr. Asking the classes
 * themselves gives the choice, and the reason, to us; they are not public, hence the reflection.
 */
final class Netlib {
  // Held, because java.util.logging forgets the level of a logger that nobody refers to.
  private static final Logger[] LOGGERS = {
    Logger.getLogger("dev.ludovic.netlib.blas.InstanceBuilder"),
    Logger.getLogger("dev.ludovic.netlib.lapack.InstanceBuilder")
  };

  private Netlib() {}

  /** Netlib's warnings say what {@link Blas.Choice#reason} says, in more lines. */
  static void silence() {
    for (Logger logger : LOGGERS) {
      logger.setLevel(Level.OFF);
    }
  }

  /** JNI to the library that {@link OpenBlas} has loaded. */
  static BLAS nativeBlas() {
    return (BLAS) instance("dev.ludovic.netlib.blas.JNIBLAS");
  }

  static LAPACK nativeLapack() {
    return (LAPACK) instance("dev.ludovic.netlib.lapack.JNILAPACK");
  }

  /** Java with the incubating vector module, 3 to 4 times as fast as without. */
  static BLAS vectorBlas() {
    return (BLAS) instance("dev.ludovic.netlib.blas.VectorBLAS");
  }

  static boolean hasVectorModule() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
  }

  static BLAS javaBlas() {
    return (BLAS) instance("dev.ludovic.netlib.blas.Java11BLAS");
  }

  /** LAPACK translated to Java, over its own plain BLAS. */
  static LAPACK javaLapack() {
    return JavaLAPACK.getInstance();
  }

  private static Object instance(String className) {
    try {
      Method getInstance = Class.forName(className).getMethod("getInstance");
      getInstance.setAccessible(true);
      return getInstance.invoke(null);
    } catch (InvocationTargetException e) {
      // netlib throws nothing checked.
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(className + " is not what netlib 3.2.0 has", e);
    }
  }
}
