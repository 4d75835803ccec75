package dev.kindling.data.table;

/** A number as ids, labels and messages show it: {@code 3} and not {@code 3.0}. */
final class NumberText {
  private static final double EXACT_INTEGER = 0x1p53;

  private NumberText() {}

  static String of(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value < 0 ? "-inf" : "inf";
    }
    return isInteger(value) ? Long.toString((long) value) : Double.toString(value);
  }

  static boolean isInteger(double value) {
    return value == Math.rint(value) && Math.abs(value) <= EXACT_INTEGER;
  }

  /** Whether a text is a long as {@link Long#toString(long)} writes it: 7, but not 007. */
  static boolean isLong(String text) {
    int digits = text.startsWith("-") ? text.length() - 1 : text.length();
    if (digits < 1 || digits > 19) {
      return false;
    }
    for (int i = text.length() - digits; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    boolean padded = text.charAt(text.length() - digits) == '0' && text.length() > 1;
    if (padded || digits < 19) {
      return !padded;
    }
    try {
      Long.parseLong(text);
      return true;
    } catch (NumberFormatException e) {
      return false; // 19 digits may be too large
    }
  }
}
