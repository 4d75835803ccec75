package dev.kindling.spark.gntk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindling.BadInput;
import dev.kindling.data.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is in the files of a model: it is a model or bad input, nothing else. */
class DamagedModelTest {
  private static final long SEED = 20_263;

  @TempDir static Path folder;
  private static Path model;

  @BeforeAll
  static void fit() throws IOException {
    LocalSpark.session();
    model = folder.resolve("model");
    new GraphKernelRidge()
        .setRegParam(1)
        .fit(MadeGraphs.of(74, 40, true).frame(1))
        .save(model.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "colors/part-00000.parquet",
        "classes/part-00000.parquet",
        "model/part-00000.parquet"
      })
  void changedBytesAreAModelOrBadInput(String name) throws IOException {
    Path file = model.resolve(name);
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(SEED);
    int refused = 0;
    try {
      for (int i = 0; i < 30; i++) {
        byte[] changed = whole.clone();
        // Every third time in the footer, where the lengths are.
        int from = i % 3 == 0 ? Math.max(0, whole.length - 400) : 0;
        changed[from + random.nextInt(whole.length - from)] ^= (byte) (1 + random.nextInt(255));
        Files.write(file, changed);
        refused += isRefused() ? 1 : 0;
      }
    } finally {
      Files.write(file, whole);
    }
    assertThat(refused).as("of 30, seed %d", SEED).isPositive();
    assertThat(GraphKernelRidgeModel.load(model.toString()).classes()).hasSize(2);
  }

  private static boolean isRefused() {
    try {
      return GraphKernelRidgeModel.load(model.toString()).classes().isEmpty();
    } catch (BadInput e) {
      assertThat(e).hasMessageStartingWith(model.toString());
      return true;
    }
  }

  @Test
  void aModelOfAnotherKindIsNotOne() throws IOException {
    String path = folder.resolve("stage").toString();
    new GraphKernelRidge().save(path);
    assertThatThrownBy(() -> GraphKernelRidgeModel.load(path))
        .isInstanceOf(BadInput.class)
        .hasMessageStartingWith(path + ": not a model of a gntk run");
  }

  @Test
  void metadataThatIsNoJsonIsBadInput() throws IOException {
    Path file = model.resolve("metadata/part-00000");
    List<String> lines = Files.readAllLines(file);
    try {
      Files.deleteIfExists(model.resolve("metadata/.part-00000.crc"));
      Files.writeString(file, "{\"class\":\n");
      assertThatThrownBy(() -> GraphKernelRidgeModel.load(model.toString()))
          .isInstanceOf(BadInput.class)
          .hasMessageContaining("metadata is damaged");
    } finally {
      Files.write(file, lines);
    }
  }
}
