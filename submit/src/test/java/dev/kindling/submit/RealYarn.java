package dev.kindling.submit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.MiniYARNCluster;

/**
 * YARN with a resource manager and a node manager in this JVM; containers are processes of their
 * own.
 */
final class RealYarn implements AutoCloseable {
  private final MiniYARNCluster cluster;

  private RealYarn(MiniYARNCluster cluster) {
    this.cluster = cluster;
  }

  /** Starts it, and returns once a node is there to run something. */
  static RealYarn start(String defaultFileSystem) throws Exception {
    YarnConfiguration conf = new YarnConfiguration();
    conf.set("fs.defaultFS", defaultFileSystem);
    conf.set(YarnConfiguration.RM_HOSTNAME, "127.0.0.1");
    conf.setInt(YarnConfiguration.RM_SCHEDULER_MINIMUM_ALLOCATION_MB, 256);
    conf.setInt(YarnConfiguration.YARN_MINICLUSTER_NM_PMEM_MB, 6144);
    conf.setBoolean(YarnConfiguration.NM_VMEM_CHECK_ENABLED, false);
    conf.set(YarnConfiguration.NM_ADMIN_USER_ENV, "JAVA_HOME=" + System.getProperty("java.home"));
    // Logs that are kept for a while would be waited for at the end.
    conf.setLong(YarnConfiguration.NM_LOG_RETAIN_SECONDS, 0);
    // A full disk is no failure of ours.
    conf.setFloat(YarnConfiguration.NM_MAX_PER_DISK_UTILIZATION_PERCENTAGE, 100);
    // The jar brings no capacity-scheduler.xml.
    String root = "yarn.scheduler.capacity.root.";
    conf.set(root + "queues", "default");
    conf.setInt(root + "default.capacity", 100);
    conf.set("yarn.scheduler.capacity.maximum-am-resource-percent", "1");
    MiniYARNCluster cluster = new MiniYARNCluster("yarn", 1, 1, 1);
    cluster.init(conf);
    cluster.start();
    if (!cluster.waitForNodeManagersToConnect(60_000)) {
      throw new IllegalStateException("no node manager has come");
    }
    return new RealYarn(cluster);
  }

  /** Writes what {@code HADOOP_CONF_DIR} of a client holds. */
  Path configuration(Path folder) throws IOException {
    Configuration conf = cluster.getConfig();
    Configuration core = new Configuration(false);
    core.set("fs.defaultFS", conf.get("fs.defaultFS"));
    Files.createDirectories(folder);
    write(core, folder.resolve("core-site.xml"));
    write(conf, folder.resolve("yarn-site.xml"));
    return folder;
  }

  static void write(Configuration conf, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      conf.writeXml(out);
    }
  }

  @Override
  public void close() {
    cluster.stop();
  }
}
