package dev.kindling.spark.pipeline;

import java.time.Duration;

/** How time passes; tests have a quicker way. */
interface Waiting {
  Waiting REAL = duration -> Thread.sleep(duration.toMillis());

  void pause(Duration duration) throws InterruptedException;
}
