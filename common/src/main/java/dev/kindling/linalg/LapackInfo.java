package dev.kindling.linalg;

import dev.kindling.Words;

/** LAPACK's {@code info} codes in words. */
final class LapackInfo {
  private LapackInfo() {}

  /**
   * @param info 0 for success
   * @param meaning of a positive code; {@code %d} stands for it
   * @throws FactorisationException if info is positive
   * @throws IllegalStateException if it is negative: we passed a wrong argument
   */
  static void check(String routine, int info, String meaning) {
    if (info < 0) {
      throw new IllegalStateException(
          "LAPACK " + routine + " rejects its argument " + -info + " (info = " + info + ")");
    }
    if (info > 0) {
      throw new FactorisationException(
          Words.of("%s (LAPACK %s, info = %s)", Words.of(meaning, info), routine, info), info);
    }
  }
}
