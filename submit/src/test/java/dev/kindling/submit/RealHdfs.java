package dev.kindling.submit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;

/**
 * An HDFS of a name node and two data nodes in this JVM, which other processes reach by its
 * address.
 */
final class RealHdfs implements AutoCloseable {
  /** What a client of two data nodes has to say. */
  static final String TWO_COPIES = "spark.hadoop.dfs.replication=2";

  private final MiniDFSCluster cluster;
  private MiniDFSCluster.DataNodeProperties lost;

  private RealHdfs(MiniDFSCluster cluster) {
    this.cluster = cluster;
  }

  static RealHdfs start(Path folder) throws IOException {
    Configuration conf = new Configuration();
    conf.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.resolve("hdfs").toString());
    conf.setInt("dfs.replication", 2);
    MiniDFSCluster cluster = new MiniDFSCluster.Builder(conf).numDataNodes(2).build();
    cluster.waitActive();
    return new RealHdfs(cluster);
  }

  /** {@code hdfs://127.0.0.1:PORT/name}. */
  String uri(String name) {
    return cluster.getURI() + "/" + name;
  }

  private static org.apache.hadoop.fs.Path path(String name) {
    return new org.apache.hadoop.fs.Path("/" + name);
  }

  private FileSystem fs() throws IOException {
    return cluster.getFileSystem();
  }

  void put(Path file) throws IOException {
    fs().copyFromLocalFile(
            new org.apache.hadoop.fs.Path(file.toUri()), path(file.getFileName().toString()));
  }

  /** Copies a folder to the local disk, without checksum files. */
  Path get(String name, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    fs().copyToLocalFile(false, path(name), new org.apache.hadoop.fs.Path(to.toUri()), true);
    return to;
  }

  boolean exists(String name) throws IOException {
    return fs().exists(path(name));
  }

  /** Names of all files below a folder. */
  List<String> names(String folder) throws IOException {
    List<String> names = new ArrayList<>();
    if (fs().exists(path(folder))) {
      collect(path(folder), names);
    }
    return names;
  }

  private void collect(org.apache.hadoop.fs.Path folder, List<String> names) throws IOException {
    FileStatus[] children;
    try {
      children = fs().listStatus(folder);
    } catch (java.io.FileNotFoundException gone) {
      return; // a process is at work in it
    }
    for (FileStatus child : children) {
      if (child.isDirectory()) {
        collect(child.getPath(), names);
      } else {
        names.add(child.getPath().toUri().getPath());
      }
    }
  }

  void loseDataNode() {
    lost = cluster.stopDataNode(0);
  }

  void restoreDataNode() throws IOException {
    if (lost != null) {
      cluster.restartDataNode(lost);
      cluster.waitActive();
      lost = null;
    }
  }

  @Override
  public void close() {
    cluster.shutdown(true);
  }
}
