package dev.kindling.spark.job;

import dev.kindling.linalg.Blas;
import java.io.Serializable;
import java.util.Map;

/** What an executor says of itself when it starts: for {@code run.json}, and to compare BLAS. */
record ExecutorRecord(String id, String host, String blas, String kernel, String reason)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  static ExecutorRecord of(String id, String host, Blas.Choice blas) {
    return new ExecutorRecord(id, host, blas.blas(), blas.kernel(), blas.reason());
  }

  Map<String, String> json() {
    return Map.of("id", id, "host", host, "blas", blas);
  }
}
