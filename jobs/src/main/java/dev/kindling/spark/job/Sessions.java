package dev.kindling.spark.job;

import dev.kindling.BadInput;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/** Starts Spark as a job wants it. What the user or the cluster has set comes first. */
public final class Sessions {
  /** What a short job on one machine does better without; each can be set back with --conf. */
  private static final Map<String, String> LOCAL =
      Map.of(
          "spark.ui.enabled", "false",
          "spark.sql.shuffle.partitions", "8",
          "spark.driver.host", "127.0.0.1",
          "spark.driver.bindAddress", "127.0.0.1");

  private static final Map<String, String> ALWAYS =
      Map.of(
          "spark.ui.showConsoleProgress", "false",
          "spark.broadcast.compress", "false", // numbers, nearly all of them
          "spark.task.maxDirectResultSize", "32m", // a block of queries needs no second way
          "spark.sql.catalogImplementation", "in-memory",
          "spark.sql.sources.parallelPartitionDiscovery.threshold", "256");

  private Sessions() {}

  /**
   * A session for a command without a run directory.
   *
   * @throws BadInput if Spark refuses a setting
   */
  public static SparkSession start(String command) {
    return start(conf(command));
  }

  /** Whether a session runs that a job will share, and leave running. */
  public static boolean isRunning() {
    Option<SparkSession> session = SparkSession.getDefaultSession();
    return session.isDefined() && !session.get().sparkContext().isStopped();
  }

  /** Hadoop as Spark will set it up, before any session. */
  public static Configuration hadoop() {
    return hadoop(conf(""));
  }

  /** The configuration of the run before any session, with spark-submit's settings. */
  static SparkConf conf(String job) {
    SparkConf conf = new SparkConf();
    conf.setAppName("kindling " + job);
    conf.setIfMissing("spark.master", "local[*]");
    if (conf.get("spark.master").startsWith("local")) {
      LOCAL.forEach(conf::setIfMissing);
      conf.setIfMissing(
          "spark.sql.warehouse.dir",
          "file:" + System.getProperty("java.io.tmpdir") + "/kindling-warehouse");
    }
    ALWAYS.forEach(conf::setIfMissing);
    // A standalone worker gives a driver the secret like this, and Spark 4.1 does not look there.
    String secret = System.getenv("_SPARK_AUTH_SECRET");
    if (secret != null) {
      conf.setIfMissing("spark.authenticate.secret", secret);
    }
    String plugins = conf.get("spark.plugins", "");
    conf.set(
        "spark.plugins", plugins + (plugins.isEmpty() ? "" : ",") + KindlingPlugin.class.getName());
    String registrators = conf.get("spark.kryo.registrator", "");
    conf.set(
        "spark.kryo.registrator",
        registrators + (registrators.isEmpty() ? "" : ",") + RecordsThroughKryo.class.getName());
    return conf;
  }

  static Configuration hadoop(SparkConf conf) {
    return SparkHadoopUtil.get().newConfiguration(conf);
  }

  /**
   * @throws BadInput if Spark refuses a setting
   * @throws ClusterUnreachable if the master does not answer
   */
  static SparkSession start(SparkConf conf) {
    if (!isRunning()) {
      Masters.requireReachable(conf);
    }
    try {
      return SparkSession.builder().config(conf).getOrCreate();
    } catch (IllegalArgumentException e) {
      throw new BadInput("--conf: Spark does not start: " + RunDirectory.firstLine(e), e);
    }
  }
}
