package dev.kindling;

import java.io.Serializable;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A setting as a message names it, with a value or without. Its {@code toString} is a mark in the
 * text of a message, which a {@link BadInput} replaces by the name that its reader knows: {@code
 * --delimiter ';'} in a shell, {@code delimiter ;} in Java. Texts with marks travel as any text.
 *
 * @param setting its name in Java: {@code labelColumn}
 * @param value that it has or should have; null for none
 */
public record SettingName(String setting, String value) implements Serializable {
  // Of Unicode's private use, which no file has a meaning for.
  private static final char BEGIN = '\uE0F0';
  private static final char VALUE = '\uE0F1';
  private static final char END = '\uE0F2';

  private static final Pattern MARK =
      Pattern.compile(BEGIN + "(\\w+)(?:" + VALUE + "([^" + END + "]*))?" + END);

  public SettingName(String setting) {
    this(setting, null);
  }

  /** With a value. */
  public static SettingName of(String setting, Object value) {
    return new SettingName(setting, String.valueOf(value));
  }

  /** As users of Java know it. */
  String inJava() {
    return value == null ? setting : setting + " " + value;
  }

  /**
   * A text with its marks replaced.
   *
   * @param words how the reader knows a setting
   */
  static String replaced(String text, Function<SettingName, String> words) {
    return MARK.matcher(text)
        .replaceAll(
            m -> Matcher.quoteReplacement(words.apply(new SettingName(m.group(1), m.group(2)))));
  }

  @Override
  public String toString() {
    return BEGIN + setting + (value == null ? "" : VALUE + value) + END;
  }
}
