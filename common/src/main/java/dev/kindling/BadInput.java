package dev.kindling;

import java.util.Arrays;
import java.util.Locale;
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

  private final String format;
  private final Object[] arguments;

  public BadInput(String message) {
    this(message, (Throwable) null);
  }

  /** With a cause that is shown only under {@code -v}. */
  public BadInput(String message, Throwable cause) {
    super(message, cause);
    this.format = "%s";
    this.arguments = new Object[] {message};
  }

  private BadInput(Throwable cause, String format, Object[] arguments) {
    super(text(format, arguments, SettingName::toString), cause);
    this.format = format;
    this.arguments = arguments;
  }

  /**
   * With settings in the message.
   *
   * @param format as of {@link String#format}
   * @param arguments of the format; {@link SettingName}s and the messages of other BadInputs are
   *     printed as the caller's user knows settings
   */
  public static BadInput naming(String format, Object... arguments) {
    return naming(null, format, arguments);
  }

  /** With settings in the message, and a cause that is shown only under {@code -v}. */
  public static BadInput naming(Throwable cause, String format, Object... arguments) {
    return new BadInput(cause, format, Arrays.stream(arguments).map(BadInput::kept).toArray());
  }

  /** What a message holds of an argument: it may travel from an executor to the driver. */
  private static Object kept(Object argument) {
    return argument instanceof Number
            || argument instanceof SettingName
            || argument instanceof BadInput
        ? argument
        : String.valueOf(argument);
  }

  /**
   * The message as a caller's user reads it.
   *
   * @param words how that user knows a setting
   */
  public String message(Function<SettingName, String> words) {
    return text(format, arguments, words);
  }

  private static String text(
      String format, Object[] arguments, Function<SettingName, String> words) {
    Object[] printed =
        Arrays.stream(arguments)
            .map(
                a ->
                    a instanceof SettingName named
                        ? words.apply(named)
                        : a instanceof BadInput inner ? inner.message(words) : a)
            .toArray();
    return String.format(Locale.ROOT, format, printed);
  }
}
