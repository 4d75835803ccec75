package dev.kindling.spark.job;

import com.sun.management.OperatingSystemMXBean;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import org.apache.hadoop.fs.FileSystem;

/**
 * How much a JVM has done so far: what tells one that works from one that waits.
 *
 * @param source executor id, or driver
 * @param cpuNanos processor time of the whole JVM
 * @param bytes read and written through Hadoop's file systems
 */
record Pulse(String source, long cpuNanos, long bytes) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** An idle JVM takes one or two hundredths of a core. */
  private static final double IDLE = 0.05;

  @SuppressWarnings("deprecation") // the only figures that cover every file system
  static Pulse ofThisJvm(String source) {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long bytes = 0;
    for (FileSystem.Statistics statistics : FileSystem.getAllStatistics()) {
      bytes += statistics.getBytesRead() + statistics.getBytesWritten();
    }
    return new Pulse(source, system.getProcessCpuTime(), bytes);
  }

  /** Whether the JVM has worked between an earlier pulse and this one. */
  boolean beats(Pulse before, long nanosBetween) {
    return bytes != before.bytes || cpuNanos - before.cpuNanos > IDLE * nanosBetween;
  }
}
