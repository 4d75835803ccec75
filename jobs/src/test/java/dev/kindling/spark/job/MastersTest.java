package dev.kindling.spark.job;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindling.BadInput;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody listens at ports 1 and 2. */
class MastersTest {
  private static SparkConf conf(String... pairs) {
    SparkConf conf = new SparkConf(false);
    for (int i = 0; i < pairs.length; i += 2) {
      conf.set(pairs[i], pairs[i + 1]);
    }
    return conf;
  }

  private static ServerSocket listening() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  @Test
  void aMasterThatDoesNotAnswerIsNamed() {
    assertThatThrownBy(() -> Masters.requireReachable(conf("spark.master", "spark://127.0.0.1:1")))
        .isInstanceOf(ClusterUnreachable.class)
        .hasMessage("cannot reach spark://127.0.0.1:1: Connection refused; is the master running?");
  }

  @Test
  void oneOfTwoMastersIsEnough() throws Exception {
    try (ServerSocket server = listening()) {
      String master = "spark://127.0.0.1:1,127.0.0.1:" + server.getLocalPort();
      assertThatCode(() -> Masters.requireReachable(conf("spark.master", master)))
          .doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"spark://", "spark://host", "spark://host:port", "spark://host:70000"})
  void whatIsNoAddressIsBadInput(String master) {
    assertThatThrownBy(() -> Masters.requireReachable(conf("spark.master", master)))
        .isInstanceOf(BadInput.class)
        .hasMessage("--master " + master + ": should be spark://HOST:PORT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"local[2]", "local-cluster[1,1,1024]", "k8s://https://127.0.0.1:1"})
  void othersAreNotAsked(String master) {
    assertThatCode(() -> Masters.requireReachable(conf("spark.master", master)))
        .doesNotThrowAnyException();
  }

  @Test
  void theResourceManagerIsTheOneOfTheConfiguration() throws Exception {
    String key = "spark.hadoop.yarn.resourcemanager.address";
    assertThatThrownBy(
            () -> Masters.requireReachable(conf("spark.master", "yarn", key, "127.0.0.1:1")))
        .isInstanceOf(ClusterUnreachable.class)
        .hasMessageStartingWith(
            "cannot reach YARN's ResourceManager at 127.0.0.1:1: Connection refused; is it running");
    try (ServerSocket server = listening()) {
      String there = "127.0.0.1:" + server.getLocalPort();
      assertThatCode(() -> Masters.requireReachable(conf("spark.master", "yarn", key, there)))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void eachOfSeveralResourceManagersIsAsked() throws Exception {
    String key = "spark.hadoop.yarn.resourcemanager.";
    try (ServerSocket server = listening()) {
      String[] pairs = {
        "spark.master",
        "yarn",
        key + "ha.enabled",
        "true",
        key + "ha.rm-ids",
        "a,b",
        key + "address.a",
        "127.0.0.1:1",
        key + "address.b",
        "127.0.0.1:" + server.getLocalPort()
      };
      assertThatCode(() -> Masters.requireReachable(conf(pairs))).doesNotThrowAnyException();
      pairs[pairs.length - 1] = "127.0.0.1:2";
      assertThatThrownBy(() -> Masters.requireReachable(conf(pairs)))
          .isInstanceOf(ClusterUnreachable.class)
          .hasMessageContaining("at 127.0.0.1:1 or 127.0.0.1:2: Connection refused");
    }
  }

  @Test
  void theApplicationMasterOfYarnIsNotAskedToReachItself() {
    String key = "spark.hadoop.yarn.resourcemanager.address";
    SparkConf conf =
        conf("spark.master", "yarn", key, "127.0.0.1:1", "spark.submit.deployMode", "cluster");
    assertThatCode(() -> Masters.requireReachable(conf)).doesNotThrowAnyException();
  }
}
