package dev.kindling;

/**
 * What a user gave cannot be used: a wrong option, a malformed file, data of the wrong shape.
 *
 * <p>The message is one line that a user reads as it stands: what, which value, where ({@code
 * file:line}, option or row id) and what to do. A job that meets it ends with exit code 2 and
 * leaves nothing behind.
 */
public final class BadInput extends RuntimeException {
  public BadInput(String message) {
    super(message);
  }

  /** With a cause that is shown only under {@code -v}. */
  public BadInput(String message, Throwable cause) {
    super(message, cause);
  }
}
