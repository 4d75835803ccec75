package dev.kindling;

import java.util.Arrays;
import java.util.function.Function;

/**
 * What a user gave cannot be used: a wrong option, a malformed file, data of the wrong shape.
 *
 * <p>The message is one line that a user reads as it stands: what, which value, where ({@code
 * file:line}, option or row id) and what to do. Settings in it are {@link SettingName}s, which a
 * user of Java reads by their names there and {@link #message} prints otherwise. A job that meets
 * it ends with exit code 2 and leaves nothing behind.
 */
public final class BadInput extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String marked;

  /**
   * @param message may hold marks of {@link SettingName}s
   */
  public BadInput(String message) {
    this(message, null);
  }

  /** With a cause that is shown only under {@code -v}. */
  public BadInput(String message, Throwable cause) {
    super(SettingName.replaced(message, SettingName::inJava), cause);
    this.marked = message;
  }

  /**
   * With a message of several parts.
   *
   * @param format as of {@link String#format}
   * @param arguments of the format: {@link SettingName}s among them, and other BadInputs, which
   *     stand for their messages
   */
  public static BadInput of(String format, Object... arguments) {
    return of(null, format, arguments);
  }

  /** With a message of several parts, and a cause that is shown only under {@code -v}. */
  public static BadInput of(Throwable cause, String format, Object... arguments) {
    Object[] parts =
        Arrays.stream(arguments).map(a -> a instanceof BadInput b ? b.marked : a).toArray();
    return new BadInput(Words.of(format, parts), cause);
  }

  /** With words before the message of another, which becomes the cause. */
  public static BadInput within(String before, BadInput other) {
    return new BadInput(before + other.marked, other);
  }

  /**
   * The message for another reader than a user of Java.
   *
   * @param words how that reader knows a setting
   */
  public String message(Function<SettingName, String> words) {
    return SettingName.replaced(marked, words);
  }
}
