package dev.kindling.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code --master} where nobody listens: one line, exit code 3, and nothing is left. */
class NoClusterIT {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          spark://127.0.0.1:1 | client | spark://127.0.0.1:1: Connection refused; is the master running?
          spark://127.0.0.1:1 | cluster | spark://127.0.0.1:1; is the master running?
          yarn | client | YARN's ResourceManager at 127.0.0.1:1: Connection refused; is it running, and does yarn-site.xml in HADOOP_CONF_DIR name it?
          yarn | cluster | %s:1; is it running, and do the files in HADOOP_CONF_DIR name it?
          """)
  void aMasterThatDoesNotAnswerIsNamed(String master, String mode, String line) throws Exception {
    Path hadoop = Files.createDirectory(folder.resolve("hadoop"));
    Configuration conf = new Configuration(false);
    conf.set(YarnConfiguration.RM_ADDRESS, "127.0.0.1:1");
    RealYarn.write(conf, hadoop.resolve("yarn-site.xml"));
    Path work = Files.createDirectory(folder.resolve("work"));
    String words =
        "gntk --data bzr --output %s/runs/x --master %s --spark --deploy-mode %s"
            .formatted(work, master, mode);
    Map<String, String> environment =
        Map.of("HADOOP_CONF_DIR", hadoop.toString(), "YARN_CONF_DIR", "");
    try (Launcher launcher =
        Launcher.start(work, environment, Launcher.script(), words.split(" "))) {
      Launcher.Finished finished = launcher.end();
      String name = InetAddress.getByName("127.0.0.1").getHostName(); // what Hadoop calls it
      assertThat(finished.err()).isEqualTo("kindling: cannot reach " + line.formatted(name) + "\n");
      assertThat(finished.exit()).isEqualTo(3);
      assertThat(finished.out()).isEmpty();
    }
    assertThat(Folder.names(work)).isEmpty();
  }
}
