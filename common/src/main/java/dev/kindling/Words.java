package dev.kindling;

import java.util.Locale;

/** Texts for people, which read the same in every locale. */
public final class Words {
  private Words() {}

  /**
   * A text of several parts.
   *
   * @param format as of {@link String#format}: {@code %,d} of 12345 is 12,345 everywhere
   */
  public static String of(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
