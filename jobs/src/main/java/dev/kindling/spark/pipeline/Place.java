package dev.kindling.spark.pipeline;

import dev.kindling.BadInput;
import dev.kindling.DidYouMean;
import java.util.Collection;

/** Where in a pipeline's file something stands. */
record Place(String file, int line) {
  BadInput bad(String message) {
    return new BadInput(this + ": " + message);
  }

  BadInput bad(String message, Throwable cause) {
    return new BadInput(this + ": " + message, cause);
  }

  /** A name that is not among the known ones, with the near one. */
  BadInput unknown(String what, String given, Collection<String> known) {
    String near =
        DidYouMean.of(given, known)
            .map(name -> "; did you mean " + name + "?")
            .orElse(known.isEmpty() ? "" : "; there are " + String.join(", ", known));
    return bad("unknown " + what + " " + given + near);
  }

  @Override
  public String toString() {
    return file + ":" + line;
  }
}
