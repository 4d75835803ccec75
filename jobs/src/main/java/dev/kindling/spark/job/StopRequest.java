package dev.kindling.spark.job;

import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.util.SignalUtils;

/**
 * Ctrl-C or SIGTERM as a wish that a job ends at the next good moment, for jobs that have no end of
 * their own. The second one ends the JVM as ever.
 */
public final class StopRequest implements AutoCloseable {
  private static final AtomicReference<StopRequest> OPEN = new AtomicReference<>();

  private volatile boolean asked;

  static {
    for (String signal : new String[] {"INT", "TERM"}) {
      SignalUtils.register(signal, () -> heard());
    }
  }

  private StopRequest() {}

  /** Listens until closed. */
  static StopRequest open() {
    StopRequest request = new StopRequest();
    OPEN.set(request);
    return request;
  }

  /** One that never comes. */
  static StopRequest never() {
    return new StopRequest();
  }

  private static Boolean heard() {
    StopRequest request = OPEN.get();
    boolean first = request != null && !request.asked;
    if (first) {
      request.asked = true;
    }
    return first; // heard once; otherwise the JVM exits as it would
  }

  /** Whether it has come. */
  public boolean asked() {
    return asked;
  }

  @Override
  public void close() {
    OPEN.compareAndSet(this, null);
  }
}
