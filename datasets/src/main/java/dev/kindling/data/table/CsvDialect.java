package dev.kindling.data.table;

import dev.kindling.BadInput;
import dev.kindling.SettingName;
import java.io.Serializable;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * How CSV files are written.
 *
 * @param header whether the first line of a file holds names
 * @param delimiter between cells; null for a comma, which the first lines must not speak against
 * @param decimal the sign before the fraction of a number
 * @param encoding of names and texts, which writes ASCII as it is
 */
public record CsvDialect(Header header, Character delimiter, char decimal, String encoding)
    implements Serializable {
  /** Commas, points, UTF-8, and a header where the first lines look like one. */
  public static final CsvDialect DEFAULT =
      new CsvDialect(Header.auto, null, '.', StandardCharsets.UTF_8.name());

  private static final String PLAIN = "0123456789,;|\t\"\nAZaz";

  /** Whether files begin with names. */
  public enum Header {
    auto,
    yes,
    no
  }

  /**
   * @throws BadInput if delimiter and decimal sign are the same or none, or the encoding is unknown
   *     or writes ASCII otherwise
   */
  public CsvDialect {
    char between = delimiter == null ? ',' : delimiter;
    if ((between < ' ' && between != '\t')
        || between > '~'
        || between == '"'
        || isNumeric(between)) {
      throw BadInput.of(
          "%s: should be one ASCII character that is no part of a number, as ; or | or tab",
          SettingName.of("delimiter", between));
    }
    if (decimal != '.' && decimal != ',') {
      throw BadInput.of("%s: should be . or ,", SettingName.of("decimal", decimal));
    }
    if (decimal == between) {
      throw BadInput.of(
          "%s: cells are separated by it; give another %s",
          SettingName.of("decimal", decimal), new SettingName("delimiter"));
    }
    if (!Arrays.equals(
        PLAIN.getBytes(charset(encoding)), PLAIN.getBytes(StandardCharsets.US_ASCII))) {
      throw BadInput.of(
          "%s: writes plain characters as several bytes; save the file as UTF-8",
          SettingName.of("encoding", encoding));
    }
  }

  private static boolean isNumeric(char c) {
    return (c >= '0' && c <= '9') || "+-.eE".indexOf(c) >= 0;
  }

  private static Charset charset(String name) {
    try {
      return Charset.forName(name);
    } catch (IllegalArgumentException e) {
      throw BadInput.of(
          e,
          "%s: no such encoding; UTF-8, ISO-8859-1 and windows-1252 are the usual ones",
          SettingName.of("encoding", name));
    }
  }

  Charset charset() {
    return charset(encoding);
  }

  byte separator() {
    return (byte) (delimiter == null ? ',' : delimiter);
  }
}
