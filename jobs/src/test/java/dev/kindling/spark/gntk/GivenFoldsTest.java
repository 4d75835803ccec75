package dev.kindling.spark.gntk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindling.BadInput;
import dev.kindling.validation.Folds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GivenFoldsTest {
  @TempDir Path folder;

  private void file(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private Folds read(int graphs) {
    return GivenFolds.read(folder.toString(), graphs, new Configuration());
  }

  @Test
  void filesAreReadInTheirOrderAndRowsSorted() throws IOException {
    file("test_idx-1.txt", "3\n0\n");
    file("train_idx-1.txt", "1\n2\n4\n");
    file("test_idx-2.txt", "2\r\n\r\n");
    Folds folds = read(5);
    assertThat(folds.test()).isDeepEqualTo(new int[][] {{0, 3}, {2}});
  }

  @Test
  void aRowThatIsNoGraphIsNamedWithItsLine() throws IOException {
    file("test_idx-1.txt", "0\n5\n");
    file("test_idx-2.txt", "1\n");
    assertThatThrownBy(() -> read(5))
        .isInstanceOf(BadInput.class)
        .hasMessageEndingWith("test_idx-1.txt:2: '5' is no row; the 5 graphs are 0 to 4");
  }

  @Test
  void trainAndTestMustMakeUpTheSet() throws IOException {
    file("test_idx-1.txt", "0\n");
    file("train_idx-1.txt", "1\n2\n");
    file("test_idx-2.txt", "1\n");
    assertThatThrownBy(() -> read(5))
        .hasMessageEndingWith(
            "with test_idx-1.txt it holds 3 rows; each of the 5 graphs should stand in one of the two");
  }

  @Test
  void aRowIsTestedOnce() throws IOException {
    file("test_idx-1.txt", "0\n1\n");
    file("test_idx-2.txt", "1\n2\n");
    assertThatThrownBy(() -> read(5)).hasMessageEndingWith("row 1 is tested by two folds");
  }

  @Test
  void aFoldTestsSomeAndTrainsOnTheOthers() throws IOException {
    file("test_idx-1.txt", "0\n1\n");
    file("test_idx-2.txt", "\n");
    assertThatThrownBy(() -> read(5)).hasMessageContaining("test_idx-2.txt holds no row");
    file("test_idx-1.txt", "0\n1\n2\n3\n4\n");
    assertThatThrownBy(() -> read(5)).hasMessageContaining("test_idx-1.txt holds every row");
  }

  @Test
  void aFolderWithoutFoldsIsRefused() {
    assertThatThrownBy(() -> read(5)).hasMessageContaining("at least 2 are needed");
  }
}
