package dev.kindling.spark.job;

import dev.kindling.BadInput;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.net.NetUtils;
import org.apache.hadoop.yarn.conf.HAUtil;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.spark.SparkConf;

/**
 * Whether a cluster's master answers. Asked before Spark starts, which would try for a minute, YARN
 * for a quarter of an hour, and end with the names of its own methods.
 */
final class Masters {
  private static final String STANDALONE = "spark://";
  private static final Pattern ADDRESS = Pattern.compile("(?<host>.+):(?<port>[0-9]{1,5})");
  private static final int CONNECT_MILLIS = 10_000;
  private static final int LAST_PORT = 65_535;

  private Masters() {}

  /**
   * Returns where one of the masters can be connected to, and at once for masters that are asked
   * otherwise.
   *
   * @throws BadInput if the address of a standalone master is none
   * @throws ClusterUnreachable if none can be connected to
   */
  static void requireReachable(SparkConf conf) {
    String master = conf.get("spark.master");
    boolean client = !"cluster".equals(conf.get("spark.submit.deployMode", "client"));
    if (master.startsWith(STANDALONE)) {
      connect(standalone(master), new Configuration(), master, "is the master running?");
    } else if (master.equals("yarn") && client) {
      YarnConfiguration yarn = new YarnConfiguration(Sessions.hadoop(conf));
      List<InetSocketAddress> managers = resourceManagers(yarn);
      String names = managers.stream().map(Masters::name).collect(Collectors.joining(" or "));
      connect(
          managers,
          yarn,
          "YARN's ResourceManager at " + names,
          "is it running, and does yarn-site.xml in HADOOP_CONF_DIR name it?");
    }
  }

  private static List<InetSocketAddress> standalone(String master) {
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (String one : master.substring(STANDALONE.length()).split(",", -1)) {
      Matcher address = ADDRESS.matcher(one);
      if (!address.matches() || Integer.parseInt(address.group("port")) > LAST_PORT) {
        throw BadInput.of("--master %s: should be spark://HOST:PORT", master);
      }
      addresses.add(
          InetSocketAddress.createUnresolved(
              address.group("host"), Integer.parseInt(address.group("port"))));
    }
    return addresses;
  }

  /** Of several that stand in for each other, any may be the active one. */
  private static List<InetSocketAddress> resourceManagers(YarnConfiguration conf) {
    String key = YarnConfiguration.RM_ADDRESS;
    int port = YarnConfiguration.DEFAULT_RM_PORT;
    if (!HAUtil.isHAEnabled(conf)) {
      return List.of(conf.getSocketAddr(key, YarnConfiguration.DEFAULT_RM_ADDRESS, port));
    }
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (String id : HAUtil.getRMHAIds(conf)) {
      String host = conf.get(HAUtil.addSuffix(YarnConfiguration.RM_HOSTNAME, id), "0.0.0.0");
      addresses.add(conf.getSocketAddr(HAUtil.addSuffix(key, id), host + ":" + port, port));
    }
    return addresses;
  }

  private static void connect(
      List<InetSocketAddress> addresses, Configuration conf, String who, String question) {
    IOException last = null;
    for (InetSocketAddress address : addresses) {
      // Where Hadoop goes through a proxy, so does this.
      try (Socket socket = NetUtils.getDefaultSocketFactory(conf).createSocket()) {
        socket.connect(
            new InetSocketAddress(address.getHostString(), address.getPort()), CONNECT_MILLIS);
        return;
      } catch (IOException e) {
        last = e;
      }
    }
    if (last != null) {
      throw new ClusterUnreachable(
          "cannot reach " + who + ": " + reason(last) + "; " + question, last);
    }
  }

  private static String reason(IOException e) {
    if (e instanceof java.net.UnknownHostException) {
      return "no such host";
    }
    return e instanceof SocketTimeoutException
        ? "no answer for " + CONNECT_MILLIS / 1000 + " s"
        : RunDirectory.firstLine(e);
  }

  private static String name(InetSocketAddress address) {
    return address.getHostString() + ":" + address.getPort();
  }
}
