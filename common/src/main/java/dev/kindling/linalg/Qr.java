package dev.kindling.linalg;

/**
 * The reduced QR decomposition A = Q·R by Householder reflections, A m×n and k = min(m, n).
 *
 * @param q m×k with orthonormal columns
 * @param r k×n, upper triangular
 */
public record Qr(Matrix q, Matrix r) {
  /**
   * @param a not modified
   * @throws IllegalArgumentException if A is empty or has an entry that is not finite
   */
  public static Qr of(Matrix a) {
    a.requireEntries("QR");
    Breeze.QrPair pair = Breeze.qr(a);
    return new Qr(pair.q(), pair.r());
  }
}
