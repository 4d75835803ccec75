package dev.kindling.data;

import org.apache.spark.sql.SparkSession;

/** One Spark for all tests of this JVM, started by the first that needs it. */
public final class LocalSpark {
  private static SparkSession session;

  private LocalSpark() {}

  /** The session that runs, or a new one where a command under test has stopped it. */
  public static synchronized SparkSession session() {
    if (session == null || session.sparkContext().isStopped()) {
      session =
          SparkSession.builder()
              .master("local[2]")
              .appName("tests")
              .config("spark.ui.enabled", false)
              .config("spark.driver.host", "127.0.0.1")
              .config("spark.driver.bindAddress", "127.0.0.1")
              .config("spark.sql.shuffle.partitions", 2)
              .config("spark.sql.warehouse.dir", "target/warehouse")
              .getOrCreate();
    }
    return session;
  }
}
