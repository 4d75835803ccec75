package dev.kindling.spark.job;

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
   * @throws JobFailure if this JVM computes other bits than the driver
   */
  public void enter() {
    Blas.Choice here = Blas.use(Blas.Mode.AUTO);
    if (!here.kernel().equals(kernel)) {
      throw new JobFailure(
          "the driver computes with BLAS "
              + mode
              + ", an executor with "
              + here.mode()
              + (here.reason().isEmpty() ? "" : " (" + here.reason() + ")")
              + "; their bits differ, give --blas java to both",
          null);
    }
  }
}
