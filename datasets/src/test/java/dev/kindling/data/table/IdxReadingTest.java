package dev.kindling.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdxReadingTest extends TableReading {
  private static final long SEED = 41;
  private static final String IMAGES = "train-images-idx3-ubyte";
  private static final String LABELS = "train-labels-idx1-ubyte";

  private final byte[] pixels = random(30 * 4 * 3);
  private final byte[] classes = random(30);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void pixelsAndLabelsComeBackHoweverTheFileIsCut(int pieces) throws Exception {
    Path file = write(IMAGES, idx(pixels, 30, 4, 3));
    write(LABELS, idx(classes, 30));
    NumericTable table = read(file, PLAIN.needLabel().splitBytes(pixels.length / pieces));
    assertImages(table);
    List<String> names = table.labels().orElseThrow().classes();
    List<Double> labels = column(table, "label");
    for (int i = 0; i < 30; i++) {
      assertThat(names.get(labels.get(i).intValue())).isEqualTo("" + (classes[i] & 0xFF));
    }
    assertThat(table.featureNames()).hasSize(12).startsWith("p0").endsWith("p11");
  }

  @Test
  void gzippedFilesMayMixWithPlainOnes() throws Exception {
    Path file = write(IMAGES + ".gz", gzip(idx(pixels, 30, 4, 3)));
    write(LABELS, idx(classes, 30));
    NumericTable table = read(file, PLAIN.target("last").splitBytes(12));
    assertImages(table);
    assertThat(TableReading.<Double>column(table, "target").get(29)).isEqualTo(classes[29] & 0xFF);
    Files.delete(folder.resolve(IMAGES + ".gz"));
    Files.delete(folder.resolve(LABELS));
    write(LABELS + ".gz", gzip(idx(classes, 30)));
    assertImages(read(write(IMAGES, idx(pixels, 30, 4, 3)), PLAIN.needLabel().splitBytes(50)));
  }

  @Test
  void labelsNeedNotBeThereUntilTheyAreAskedFor() throws Exception {
    Path file = write(IMAGES, idx(pixels, 30, 4, 3));
    assertImages(read(file, PLAIN));
    assertThat(refusal(file, PLAIN.needLabel()))
        .isEqualTo(
            IMAGES
                + ": which column is the label? Give labelColumn; there are p0, p1, p2,"
                + " p3, p4, p5, p6, p7, p8, p9, p10, p11");
    write(LABELS, idx(random(29), 29));
    assertImages(read(file, PLAIN));
    assertThat(refusal(file, PLAIN.needLabel()))
        .isEqualTo(LABELS + ": 29 labels; " + IMAGES + " has 30 images");
  }

  @Test
  void aFolderPairsImagesWithTheirLabels() throws Exception {
    write("set/t10k-images-idx3-ubyte", idx(Arrays.copyOf(pixels, 24), 2, 4, 3));
    write("set/t10k-labels-idx1-ubyte", idx(new byte[] {5, 6}, 2));
    write("set/" + IMAGES, idx(pixels, 30, 4, 3));
    write("set/" + LABELS, idx(classes, 30));
    NumericTable table = read(folder.resolve("set"), PLAIN.target("label"));
    assertThat(table.numRows()).isEqualTo(32);
    List<Double> targets = column(table, "target");
    assertThat(targets.subList(0, 2)).containsExactly(5.0, 6.0);
    assertThat(targets.get(2)).isEqualTo(classes[0] & 0xFF);
    Files.delete(folder.resolve("set/t10k-labels-idx1-ubyte"));
    assertThat(refusal(folder.resolve("set"), PLAIN))
        .isEqualTo(
            "folder set has labels for 1 of 2 IDX files: add the others, or take the labels out");
  }

  @Test
  void filesOfTheWrongSizeAreRefusedWithBothSizes() throws Exception {
    byte[] whole = idx(pixels, 30, 4, 3);
    byte[] cut = Arrays.copyOf(whole, whole.length - 5);
    byte[] grown = Arrays.copyOf(whole, whole.length + 1);
    assertThat(refusal(write(IMAGES, cut), PLAIN))
        .isEqualTo(
            IMAGES + ": 371 bytes; its header promises 376: was it cut short? Copy it again");
    assertThat(refusal(write(IMAGES, grown), PLAIN))
        .isEqualTo(IMAGES + ": 377 bytes; its header promises 376");
    assertThat(refusal(write(IMAGES + ".gz", gzip(cut)), PLAIN))
        .isEqualTo(
            IMAGES
                + ".gz: 371 bytes; its header promises 376: was it cut short? Copy it again"
                + " (decompressed)");
    assertThat(refusal(write(IMAGES + ".gz", gzip(grown)), PLAIN))
        .isEqualTo(IMAGES + ".gz: more than the 376 bytes its header promises (decompressed)");
    byte[] packed = gzip(idx(random(60_000), 5000, 4, 3));
    assertThat(refusal(write(IMAGES + ".gz", Arrays.copyOf(packed, 30_000)), PLAIN))
        .isEqualTo(
            IMAGES
                + ".gz: the gzip stream is damaged or ends early; fetch or compress the file again");
  }

  @Test
  void otherFilesAreRefused() throws Exception {
    byte[] floats = idx(pixels, 30, 4, 3);
    floats[2] = 0x0D;
    String advice =
        "; an IDX file of unsigned bytes has 0x00000801 (labels) or 0x00000803 (images)";
    assertThat(refusal(write(IMAGES, floats), PLAIN))
        .isEqualTo(IMAGES + ": magic number 0x00000D03" + advice);
    assertThat(refusal(write(IMAGES, gzip(idx(pixels, 30, 4, 3))), PLAIN))
        .startsWith(IMAGES + ": magic number 0x1F8B")
        .endsWith(advice);
    assertThat(refusal(write(IMAGES, idx(new byte[0], 1, 1 << 20, 1 << 20)), PLAIN))
        .isEqualTo(IMAGES + ": dimension 3 is 1048576; a row has 1 to 134217728 values");
    assertThat(refusal(write(IMAGES, Arrays.copyOf(idx(pixels, 30, 4, 3), 9)), PLAIN))
        .isEqualTo(IMAGES + ": 9 bytes; the file ends within its header");
    assertThat(refusal(write(IMAGES, idx(new byte[0], -1, 1)), PLAIN))
        .isEqualTo(IMAGES + ": the header says -1 rows");
    assertThat(refusal(write(IMAGES, idx(new byte[0], 0, 1)), PLAIN))
        .isEqualTo(IMAGES + " holds no row");
  }

  @Test
  void fashionMnistIsReadWhole() {
    Path file = Path.of("/usr/share/datasets/fashion-mnist/train-images-idx3-ubyte.gz");
    assumeTrue(Files.exists(file), "skipped: Debian's dataset-fashion-mnist is not installed");
    NumericTable table = read(file, PLAIN.needLabel());
    assertThat(table.numRows()).isEqualTo(60_000);
    assertThat(table.numFeatures()).isEqualTo(784);
    assertThat(table.labels().orElseThrow().classes())
        .containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    long classes = table.rows().groupBy("label").count().filter("count = 6000").count();
    assertThat(classes).isEqualTo(10);
    assertThat(table.rows().agg(functions.max("row")).head().getLong(0)).isEqualTo(59_999);
  }

  private void assertImages(NumericTable table) {
    double[][] features = features(table);
    assertThat(features).hasDimensions(30, 12);
    for (int i = 0; i < pixels.length; i++) {
      assertThat(features[i / 12][i % 12]).as("seed %d", SEED).isEqualTo(pixels[i] & 0xFF);
    }
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(SEED + length).nextBytes(bytes);
    return bytes;
  }

  private static byte[] idx(byte[] content, int... sizes) {
    ByteBuffer file = ByteBuffer.allocate(4 + 4 * sizes.length + content.length);
    file.putInt(0x0800 + sizes.length);
    for (int size : sizes) {
      file.putInt(size);
    }
    return file.put(content).array();
  }
}
