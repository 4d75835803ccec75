package dev.kindling.data.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindling.BadInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TuCollectionTest {
  private static final long SEED = 17;
  private static final SafeUnzip SMALL = new SafeUnzip(8, 200_000, 300_000);

  @TempDir Path folder;
  private FileServer server;
  private byte[] archive;

  @BeforeEach
  void aServerWithOneSet() throws Exception {
    byte[] noise = new byte[100_000]; // does not compress, so that a cut falls into it
    new Random(SEED).nextBytes(noise);
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("DS/DS_A.txt", text("1, 2\n2, 1\n"));
    entries.put("DS/DS_graph_labels.txt", noise);
    archive = zip(entries);
    server = new FileServer().with("DS.zip", archive);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] zip(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
    return bytes.toByteArray();
  }

  private Path target() {
    return folder.resolve("sets/DS");
  }

  private TuCollection.Fetched get() throws IOException {
    return new TuCollection(server.url(), SMALL).get("DS", target(), null);
  }

  private List<String> left() throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private void isWhole(TuCollection.Fetched fetched) throws Exception {
    assertThat(fetched.bytes()).isEqualTo(archive.length);
    assertThat(fetched.sha256())
        .isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(archive)));
    assertThat(left()).containsExactly("sets/DS/DS_A.txt", "sets/DS/DS_graph_labels.txt");
    assertThat(target().resolve("DS_A.txt")).hasContent("1, 2\n2, 1\n");
  }

  private void isRefused(String... parts) throws IOException {
    assertThatThrownBy(this::get).isInstanceOf(BadInput.class).hasMessageContainingAll(parts);
    assertThat(left()).isEmpty();
  }

  @Test
  void aSetIsFetchedIntoItsFolder() throws Exception {
    isWhole(get());
    assertThat(server.ranges()).containsExactly("all");
  }

  @Test
  void aConnectionThatBreaksIsMadeAgainFromWhereItEnded() throws Exception {
    server.cut(2, 40_000);
    isWhole(get());
    assertThat(server.ranges()).containsExactly("all", "bytes=40000-", "bytes=80000-");
  }

  @Test
  void aCutDownloadIsGoneOnWithByTheNextCommand() throws Exception {
    server.cut(1, 40_000);
    server.cut(2, 0);
    Files.createDirectories(target().getParent());
    Files.write(folder.resolve("sets/.DS.zip.part"), Arrays.copyOf(archive, 40_000));
    Files.writeString(folder.resolve("sets/.DS.zip.part.tag"), "\"1\"");
    assertThatThrownBy(this::get)
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("ended after 40,000 of", "the same command goes on with it");
    assertThat(left()).contains("sets/.DS.zip.part");
    server.cut(0, 0);
    isWhole(get());
    assertThat(server.ranges()).containsExactly("bytes=40000-", "bytes=40000-");
  }

  @Test
  void aServerWithoutRangesSendsAllOfItAgain() throws Exception {
    server.withoutRanges().cut(1, 40_000);
    isWhole(get());
    assertThat(server.ranges()).containsExactly("all", "bytes=40000-");
  }

  @Test
  void anotherVersionOfTheFileIsNotGluedToTheFirst() throws Exception {
    Files.createDirectories(target().getParent());
    Files.write(folder.resolve("sets/.DS.zip.part"), new byte[50_000]);
    Files.writeString(folder.resolve("sets/.DS.zip.part.tag"), "\"0\"");
    isWhole(get());
  }

  @Test
  void aPartLongerThanTheFileIsNotUsed() throws Exception {
    Files.createDirectories(target().getParent());
    Files.write(folder.resolve("sets/.DS.zip.part"), new byte[archive.length + 1]);
    Files.writeString(folder.resolve("sets/.DS.zip.part.tag"), "\"1\"");
    isWhole(get());
    assertThat(server.ranges()).hasSize(2).last().isEqualTo("all");
  }

  @Test
  void anUnknownNameIsSaid() throws Exception {
    assertThatThrownBy(() -> new TuCollection(server.url()).get("DSX", folder.resolve("DSX"), null))
        .isInstanceOf(BadInput.class)
        .hasMessage(server.url() + "/DSX.zip does not exist (status 404)");
    assertThat(left()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "../DS", "a/b", ".hidden", "a b", "DS?x", "DS#"})
  void aNameIsNoPath(String name) {
    assertThatThrownBy(() -> new TuCollection(server.url()).get(name, target(), null))
        .isInstanceOf(BadInput.class);
    assertThat(server.ranges()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://host/", "file:/etc/", "host", "http:///x", "http://[", ""})
  void anAddressIsHttp(String url) {
    assertThatThrownBy(() -> new TuCollection(url))
        .isInstanceOf(BadInput.class)
        .hasMessageStartingWith("url " + url + ": ");
  }

  @Test
  void noServerIsSaidInWords() throws Exception {
    String url = server.url();
    server.close();
    assertThatThrownBy(() -> new TuCollection(url).get("DS", target(), null))
        .isInstanceOf(IOException.class)
        .hasMessage(url + "/DS.zip cannot be reached; is there a network?");
    assertThatThrownBy(() -> new TuCollection("http://kindling.invalid").get("DS", target(), null))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("kindling.invalid: no address is known for this host");
    assertThat(left()).isEmpty();
  }

  @Test
  void anotherChecksumIsRefused() throws Exception {
    assertThatThrownBy(
            () -> new TuCollection(server.url(), SMALL).get("DS", target(), "0".repeat(64)))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("has the SHA-256 ");
    assertThat(left()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../escaped.txt",
        "DS/../../escaped.txt",
        "/tmp/escaped.txt",
        "DS/a/../../../escaped.txt",
        "..\\escaped.txt",
        "C:escaped.txt",
      })
  void anEntryThatLeavesTheFolderIsRefused(String name) throws Exception {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("DS/DS_A.txt", text("1, 1\n"));
    entries.put(name, text("x"));
    server.with("DS.zip", zip(entries));
    isRefused("DS.zip: entry '" + name.replace('\\', '/') + "' leads out of the folder");
  }

  @Test
  void aLinkIsRefused() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
      ZipArchiveEntry link = new ZipArchiveEntry("DS/DS_A.txt");
      link.setUnixMode(0120777);
      zip.putArchiveEntry(link);
      zip.write(text("/etc/passwd"));
      zip.closeArchiveEntry();
    }
    server.with("DS.zip", bytes.toByteArray());
    isRefused("entry 'DS/DS_A.txt' is a link");
  }

  @Test
  void aBombIsRefusedWhileItIsUnpacked() throws Exception {
    server.with("DS.zip", zip(Map.of("DS/DS_A.txt", new byte[250_000])));
    isRefused("unpacks to more than 200,000 bytes in entry 'DS/DS_A.txt'");
    Map<String, byte[]> two = new LinkedHashMap<>();
    two.put("DS/DS_A.txt", new byte[190_000]);
    two.put("DS/DS_B.txt", new byte[190_000]);
    server.with("DS.zip", zip(two));
    isRefused("unpacks to more than 300,000 bytes");
    Map<String, byte[]> many = new LinkedHashMap<>();
    for (int i = 0; i < 9; i++) {
      many.put("DS/" + i, new byte[0]);
    }
    server.with("DS.zip", zip(many));
    isRefused("has 9 entries; at most 8 are taken");
  }

  @Test
  void whatIsNoArchiveOrNoSetIsRefused() throws Exception {
    server.with("DS.zip", text("<html>not found</html>"));
    isRefused("DS.zip is no zip archive");
    server.with("DS.zip", Arrays.copyOf(archive, archive.length / 2));
    isRefused("DS.zip is no zip archive");
    server.with("DS.zip", zip(Map.of("readme", text("x"))));
    isRefused("DS.zip holds no TU set: it lacks DS_A.txt");
  }

  @Test
  void onlyASetIsReplaced() throws Exception {
    get();
    isWhole(get());
    Path other = Files.createDirectories(folder.resolve("mine"));
    Files.writeString(other.resolve("thesis.txt"), "x");
    assertThatThrownBy(() -> new TuCollection(server.url(), SMALL).get("DS", other, null))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("exists and is no TU set");
    assertThat(other.resolve("thesis.txt")).exists();
  }
}
