package dev.kindling.spark.pipeline;

import dev.kindling.spark.job.Sessions;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** The session of all stages, from the first that runs to the end of the pipeline. */
final class SharedSpark implements AutoCloseable {
  private final String name;
  private SparkSession session;
  private boolean mine;

  SharedSpark(String name) {
    this.name = name;
  }

  /** The session; a new one where the cluster has taken the last one down. */
  synchronized JavaSparkContext context() {
    if (session == null || session.sparkContext().isStopped()) {
      mine |= !Sessions.isRunning();
      session = Sessions.start("pipeline " + name);
    }
    return JavaSparkContext.fromSparkContext(session.sparkContext());
  }

  /** Frees what a stage that failed has left in memory. */
  synchronized void clean() {
    if (session != null && !session.sparkContext().isStopped() && mine) {
      context().getPersistentRDDs().values().forEach(rdd -> rdd.unpersist(false));
    }
  }

  /** Ends whatever runs now; the jobs that wait for it fail. */
  void cancel() {
    if (session != null && !session.sparkContext().isStopped()) {
      session.sparkContext().cancelAllJobs();
    }
  }

  @Override
  public synchronized void close() {
    if (session != null && mine) {
      session.stop();
    }
  }
}
