package dev.kindling.spark.job;

import dev.kindling.BadInput;
import dev.kindling.Words;
import dev.kindling.linalg.Blas;
import java.io.Serializable;

/**
 * The BLAS that the driver uses, for tasks to use the same: the same bytes come from the same
 * kernel only. Tasks whose results depend on BLAS call {@link #enter} first.
 */
public final class BlasContract implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Blas.Mode mode;
  private final String kernel;

  public BlasContract(Blas.Choice choice) {
    this.mode = choice.mode();
    this.kernel = choice.kernel();
  }

  /**
   * The driver's BLAS where this JVM has it and has not chosen yet; otherwise what it has. Whether
   * that gives the same bits is for {@link #enter} to say.
   */
  static Blas.Choice likeTheDriver(Blas.Mode mode) {
    try {
      return Blas.use(mode);
    } catch (BadInput | IllegalStateException notHere) {
      return Blas.choice();
    }
  }

  /**
   * @throws JobFailure if this JVM computes other bits than the driver
   */
  public void enter() {
    Blas.Choice here = likeTheDriver(mode);
    if (!here.kernel().equals(kernel)) {
      throw new JobFailure(difference("an executor", here.mode() + reason(here.reason())), null);
    }
  }

  /**
   * @throws JobFailure if an executor that has joined computes other bits than the driver
   */
  void requireSame(ExecutorRecord executor) {
    if (!executor.kernel().equals(kernel)) {
      throw new JobFailure(
          difference(
              "executor " + executor.id() + " on " + executor.host(),
              executor.blas() + reason(executor.reason())),
          null);
    }
  }

  private static String reason(String reason) {
    return reason.isEmpty() ? "" : " (" + reason + ")";
  }

  private String difference(String who, String what) {
    return Words.of(
        "the driver computes with BLAS %s, %s with %s; their bits differ, give --blas java to both",
        mode, who, what);
  }
}
