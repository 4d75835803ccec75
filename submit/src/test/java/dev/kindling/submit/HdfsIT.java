package dev.kindling.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Paths with {@code hdfs:}, with {@code file:} and plain ones, in local mode: they behave the same.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ResourceLock("a cluster's worth of memory")
class HdfsIT {
  @TempDir static Path folder;
  private RealHdfs hdfs;

  @BeforeAll
  void start() throws Exception {
    hdfs = RealHdfs.start(folder);
    RandomGraphs.write(folder.resolve("g.txt"), 20_258, 120, 12, 4);
    hdfs.put(folder.resolve("g.txt"));
  }

  @AfterAll
  void stop() {
    hdfs.close();
  }

  private static Launcher.Finished gntk(String input, String output, String... more)
      throws Exception {
    String words =
        "gntk --task none --input "
            + input
            + " --output "
            + output
            + " --conf "
            + RealHdfs.TWO_COPIES
            + " "
            + String.join(" ", more);
    return Launcher.run(folder, words.strip().split(" "));
  }

  @Test
  void threeKindsOfPathsGiveTheSameBytes() throws Exception {
    gntk("g.txt", "plain").succeeded();
    gntk(folder.resolve("g.txt").toUri().toString(), folder.resolve("uri").toUri().toString())
        .succeeded();
    gntk(hdfs.uri("g.txt"), hdfs.uri("run"), "--export", "csv").succeeded();
    String plain = Folder.sha256(folder.resolve("plain/tables"));
    assertThat(Folder.sha256(folder.resolve("uri/tables"))).isEqualTo(plain);
    Path copy = hdfs.get("run", folder.resolve("copy"));
    assertThat(Folder.sha256(copy.resolve("tables"))).isEqualTo(plain);
    assertThat(Folder.names(copy)).contains("_SUCCESS", "run.json", "csv/gram_matrix.csv");
    assertThat(hdfs.names("")).noneMatch(name -> name.contains("unfinished"));
  }

  @Test
  void aRunIsReplacedWholeOrNotAtAll() throws Exception {
    gntk(hdfs.uri("g.txt"), hdfs.uri("again")).succeeded();
    gntk(hdfs.uri("g.txt"), hdfs.uri("again")).isRefusedWith("/again exists; give --overwrite");
    gntk(hdfs.uri("g.txt"), hdfs.uri("again"), "--overwrite", "--blocks", "2").succeeded();
    String json = Files.readString(hdfs.get("again", folder.resolve("again")).resolve("run.json"));
    assertThat(json).contains("\"blocks\" : 2");
    assertThat(hdfs.names("")).noneMatch(n -> n.contains("replaced") || n.contains("unfinished"));
  }

  @Test
  void whatIsNotThereIsRefusedAndNothingIsLeft() throws Exception {
    gntk(hdfs.uri("h.txt"), hdfs.uri("none/deep"))
        .isRefusedWith("h.txt does not exist; did you mean g.txt?");
    gntk("hdfs://127.0.0.1:1/g.txt", "none", "--conf spark.hadoop.ipc.client.connect.max.retries=0")
        .isRefusedWith("hdfs://127.0.0.1:1/g.txt");
    assertThat(hdfs.exists("none")).isFalse();
    assertThat(folder.resolve("none")).doesNotExist();
  }
}
