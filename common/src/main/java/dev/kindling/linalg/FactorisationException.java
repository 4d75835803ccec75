package dev.kindling.linalg;

/** A matrix has the right shape and finite entries, and still cannot be factored: why, in words. */
public final class FactorisationException extends RuntimeException {
  private final int info;

  FactorisationException(String message, int info) {
    super(message);
    this.info = info;
  }

  /** LAPACK's code: positive, and what it counts depends on the routine; 0 where none is known. */
  public int info() {
    return info;
  }
}
