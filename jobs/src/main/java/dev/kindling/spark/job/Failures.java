package dev.kindling.spark.job;

import dev.kindling.BadInput;
import dev.kindling.Words;
import dev.kindling.data.ReadFailure;
import org.apache.hadoop.fs.Path;

/** One line about what went wrong, out of Spark's nested exceptions. */
final class Failures {
  private Failures() {}

  /** The first of a type along the causes, or null. */
  static <T extends Throwable> T cause(Throwable e, Class<T> type) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (type.isInstance(t)) {
        return type.cast(t);
      }
    }
    return null;
  }

  /**
   * What the user gave and cannot be used, or null: said so by a reader, or by Spark of a file.
   *
   * @param own folder of the run, whose files are no input; null where there is none
   */
  static BadInput badInput(Throwable e, Path own) {
    BadInput known = cause(e, BadInput.class);
    return known != null
        ? known
        : ReadFailure.of(e)
            .filter(bad -> own == null || !bad.getMessage().contains(own.toUri().getPath()))
            .orElse(null);
  }

  /**
   * What a user is told.
   *
   * @param rest what became of the run
   */
  static JobFailure of(Throwable e, String rest) {
    if (cause(e, OutOfMemoryError.class) != null) {
      return new JobFailure(
          Words.of(
              "out of memory: %s were not enough; give more with --conf spark.driver.memory=…%s",
              Plan.bytes(Runtime.getRuntime().maxMemory()), rest),
          e);
    }
    JobFailure known = cause(e, JobFailure.class);
    return new JobFailure((known == null ? describe(root(e)) : known.getMessage()) + rest, e);
  }

  private static String describe(Throwable e) {
    return e.getClass().getSimpleName() + ": " + RunDirectory.firstLine(e);
  }

  private static Throwable root(Throwable e) {
    return e.getCause() == null || e.getCause() == e ? e : root(e.getCause());
  }
}
