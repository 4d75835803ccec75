package dev.kindling.spark.job;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.network.util.JavaUtils;

/** How much memory a run may count on, in bytes. */
public final class Memory {
  /** What a JVM needs for itself, and Spark for what it keeps. */
  private static final double USABLE = 0.7;

  private Memory() {}

  /** On the driver. */
  public static double driver() {
    return USABLE * Runtime.getRuntime().maxMemory();
  }

  /** For a task that has an executor to itself. */
  public static double executor(JavaSparkContext spark) {
    SparkConf conf = spark.getConf();
    return spark.isLocal()
        ? driver()
        : USABLE * JavaUtils.byteStringAsBytes(conf.get("spark.executor.memory", "1g"));
  }

  /** For each of the tasks that run on an executor at a time. */
  public static double task(JavaSparkContext spark) {
    int cores =
        spark.isLocal()
            ? spark.defaultParallelism()
            : Integer.parseInt(spark.getConf().get("spark.executor.cores", "1"));
    return executor(spark)
        / Math.max(1, Math.min(cores, Runtime.getRuntime().availableProcessors()));
  }
}
