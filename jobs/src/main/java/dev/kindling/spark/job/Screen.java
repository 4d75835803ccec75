package dev.kindling.spark.job;

import java.io.PrintStream;
import java.util.Locale;

/**
 * Where lines for people are printed. A file's name or a cell in them may hold anything: what would
 * steer a terminal, or change the order of what is read, is shown as an escape.
 */
public final class Screen {
  private Screen() {}

  /** Prints one line. */
  public static void line(PrintStream to, String text) {
    to.println(shown(text));
  }

  /**
   * The text with control characters, line breaks among them, and invisible format characters as
   * {@code \}{@code u001b}. Tabs stay.
   */
  public static String shown(String text) {
    if (text.codePoints().allMatch(Screen::isPlain)) {
      return text;
    }
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (isPlain(c)) {
                shown.appendCodePoint(c);
              } else {
                for (char unit : Character.toChars(c)) {
                  shown.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
                }
              }
            });
    return shown.toString();
  }

  private static boolean isPlain(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL -> c == '\t';
      case Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
