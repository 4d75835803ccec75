package dev.kindling.data.table;

import java.nio.charset.StandardCharsets;

/**
 * Numbers as tables write them: an optional sign, decimal digits with a point and an exponent, or
 * nan, inf, infinity in any case; blanks around are ignored. Stricter than {@link
 * Double#parseDouble(String)}, which takes {@code 1d} and {@code 0x1p3} too, and rounds as it does.
 *
 * <p>Mutable: one parser a thread.
 */
final class NumberParser {
  /** A double holds every integer up to 2⁵³ and every power of ten up to 10²². */
  private static final long EXACT_INTEGER = 1L << 53;

  private static final double[] POWERS_OF_TEN = new double[23];

  static {
    for (int i = 0; i < POWERS_OF_TEN.length; i++) {
      POWERS_OF_TEN[i] = Double.parseDouble("1e" + i);
    }
  }

  private double value;

  /** The number read by the last call of {@code parse} that returned true. */
  double value() {
    return value;
  }

  boolean parse(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return parse(bytes, 0, bytes.length);
  }

  /**
   * Whether bytes[from, to) are a number with that decimal sign. A point is no part of one with a
   * comma: it would stand for thousands.
   */
  boolean parse(byte[] bytes, int from, int to, char decimal) {
    if (decimal == '.') {
      return parse(bytes, from, to);
    }
    int at = -1;
    for (int i = from; i < to; i++) {
      if (bytes[i] == '.' || (bytes[i] == decimal && at >= 0)) {
        return false;
      }
      at = bytes[i] == decimal ? i : at;
    }
    if (at < 0) {
      return parse(bytes, from, to);
    }
    bytes[at] = '.';
    boolean parsed = parse(bytes, from, to);
    bytes[at] = (byte) decimal;
    return parsed;
  }

  /** Whether bytes[from, to) are a number. */
  boolean parse(byte[] bytes, int from, int to) {
    while (from < to && isBlank(bytes[from])) {
      from++;
    }
    while (from < to && isBlank(bytes[to - 1])) {
      to--;
    }
    int at = from;
    boolean negative = at < to && bytes[at] == '-';
    if (at < to && (bytes[at] == '-' || bytes[at] == '+')) {
      at++;
    }
    if (at < to && bytes[at] > '9') {
      return word(bytes, at, to, negative);
    }
    long mantissa = 0;
    int digits = 0;
    int seen = 0;
    int scale = 0;
    boolean point = false;
    for (; at < to; at++) {
      int digit = bytes[at] - '0';
      if (digit >= 0 && digit <= 9) {
        seen++;
        if (mantissa != 0 || digit != 0) {
          digits++;
        }
        if (digits <= 18) {
          mantissa = mantissa * 10 + digit;
        }
        scale -= point ? 1 : 0;
      } else if (bytes[at] == '.' && !point) {
        point = true;
      } else {
        break;
      }
    }
    if (seen == 0) {
      return false;
    }
    boolean exact = digits <= 18;
    if (at < to) {
      int end = exponentEnd(bytes, at, to);
      if (end != to) {
        return false;
      }
      int exponent = exponent(bytes, at + 1, to);
      exact &= Math.abs(exponent) < 1000;
      scale += exponent;
    }
    exact &= mantissa <= EXACT_INTEGER && Math.abs(scale) < POWERS_OF_TEN.length;
    if (!exact) {
      value = Double.parseDouble(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
      return true;
    }
    // One rounding, as both operands are exact.
    double size = scale < 0 ? mantissa / POWERS_OF_TEN[-scale] : mantissa * POWERS_OF_TEN[scale];
    value = negative ? -size : size;
    return true;
  }

  private boolean word(byte[] bytes, int from, int to, boolean negative) {
    if (is(bytes, from, to, "nan")) {
      value = Double.NaN;
      return true;
    }
    if (is(bytes, from, to, "inf") || is(bytes, from, to, "infinity")) {
      value = negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
      return true;
    }
    return false;
  }

  private static boolean is(byte[] bytes, int from, int to, String word) {
    if (to - from != word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if ((bytes[from + i] | 0x20) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Where the exponent that begins at {@code at} ends, or {@code at} when there is none. */
  private static int exponentEnd(byte[] bytes, int at, int to) {
    if ((bytes[at] | 0x20) != 'e') {
      return at;
    }
    int digit = at + 1;
    if (digit < to && (bytes[digit] == '-' || bytes[digit] == '+')) {
      digit++;
    }
    int end = digit;
    while (end < to && bytes[end] >= '0' && bytes[end] <= '9') {
      end++;
    }
    return end == digit ? at : end;
  }

  /** Capped, so that a silly exponent does not overflow. */
  private static int exponent(byte[] bytes, int from, int to) {
    boolean negative = bytes[from] == '-';
    int value = 0;
    for (int i = bytes[from] == '-' || bytes[from] == '+' ? from + 1 : from; i < to; i++) {
      value = Math.min(100_000, value * 10 + bytes[i] - '0');
    }
    return negative ? -value : value;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }
}
