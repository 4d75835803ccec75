package dev.kindling.nn;

/** Training has left the finite numbers. */
public final class Diverged extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long step;

  Diverged(long step, String what, double rate) {
    super("step " + step + ": " + what + ", at learning rate " + rate);
    this.step = step;
  }

  /** The step that could not be taken. */
  public long step() {
    return step;
  }
}
