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

  /** A name that is not among the known ones, with the near one, or all where none is near. */
  BadInput unknown(String what, String given, Collection<String> known) {
    return unknown(
        what, given, known, known.isEmpty() ? "" : "there are " + String.join(", ", known));
  }

  /**
   * A name that is not among the known ones, with the near one.
   *
   * @param otherwise what is said where none is near; may be empty
   */
  BadInput unknown(String what, String given, Collection<String> known, String otherwise) {
    String near =
        DidYouMean.of(given, known)
            .map(name -> "; did you mean " + name + "?")
            .orElse(otherwise.isEmpty() ? "" : "; " + otherwise);
    return bad("unknown " + what + " " + given + near);
  }

  @Override
  public String toString() {
    return file + ":" + line;
  }
}
