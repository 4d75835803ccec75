package dev.kindling.data.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FolderReadingTest extends TableReading {
  @Test
  void filesFollowEachOtherInNameOrderAndHiddenOnesAreSkipped() throws Exception {
    write("set/b.csv", "x\n3\n4\n");
    write("set/a.csv", "x\n1\n2\n");
    write("set/B.csv", "x\n0\n");
    write("set/.a.csv.crc", "?");
    write("set/_SUCCESS", "");
    write("set/_temporary/0/x.csv", "?");
    NumericTable table = read(folder.resolve("set"), PLAIN.splitBytes(3));
    assertThat(features(table)).isEqualTo(new double[][] {{0}, {1}, {2}, {3}, {4}});
    assertThat(table.source()).isEqualTo("set");
  }

  @Test
  void headersMustAgree() throws Exception {
    write("set/a.csv", "x,y\n1,2\n");
    write("set/b.csv", "x,z\n1,2\n");
    assertThat(refusal(folder.resolve("set"), PLAIN))
        .isEqualTo(
            "set/b.csv:1: the header says z where that of set/a.csv says y; files of one folder"
                + " have the same columns");
    write("set/b.csv", "x\n1\n");
    assertThat(refusal(folder.resolve("set"), PLAIN))
        .isEqualTo("set/b.csv:1: the header has 1 columns; that of set/a.csv has 2");
    write("set/b.csv", "1,2\n");
    assertThat(refusal(folder.resolve("set"), PLAIN)).startsWith("set/b.csv:1: the header says 1");
  }

  @Test
  void anErrorNamesItsFileAndItsLineInThatFile() throws Exception {
    write("set/a.csv", "x\n" + "1\n".repeat(50));
    write("set/b.csv", "x\n" + "1\n".repeat(20) + "two\n");
    assertThat(refusal(folder.resolve("set"), PLAIN.splitBytes(7)))
        .startsWith("set/b.csv:22: column x: \"two\" is not a number");
  }

  @Test
  void mixturesAreRefused() throws Exception {
    write("set/a.csv", "1\n");
    write("set/b.svm", "1 1:1\n");
    assertThat(refusal(folder.resolve("set"), PLAIN))
        .isEqualTo("folder set holds files of several formats: a.csv, b.svm; one is allowed");
    write("nested/part/a.csv", "1\n");
    assertThat(refusal(folder.resolve("nested"), PLAIN))
        .isEqualTo("folder nested holds the folder part; a table's folder holds files only");
  }

  @Test
  void emptyFilesAndFoldersAreRefused() throws Exception {
    write("set/a.csv", "1\n");
    write("set/b.csv", "");
    assertThat(refusal(folder.resolve("set"), PLAIN)).isEqualTo("set/b.csv is empty");
    assertThat(refusal(write("x.csv", ""), PLAIN)).isEqualTo("x.csv is empty");
    assertThat(refusal(write("x.csv.gz", gzip(new byte[0])), PLAIN)).isEqualTo("x.csv.gz is empty");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThat(refusal(empty, PLAIN)).isEqualTo("folder empty holds no file");
  }

  @Test
  void unknownEndingsAreAnsweredWithTheKnownOnes() throws Exception {
    assertThat(refusal(write("x.txt", "1\n"), PLAIN))
        .isEqualTo(
            "x.txt has no ending that says its format; known are .csv, .csv.gz, .npy, .svm,"
                + " .libsvm, .svm.gz, .libsvm.gz, -ubyte, -ubyte.gz, .parquet");
    write("set/README.md", "hello");
    assertThat(refusal(folder.resolve("set"), PLAIN)).startsWith("set/README.md has no ending");
  }

  @Test
  void aMissingFileIsAnsweredWithWhatIsThere() throws Exception {
    write("set/train.csv", "1\n");
    write("set/test.csv", "1\n");
    Path set = folder.resolve("set");
    assertThat(refusal(set.resolve("trian.csv"), PLAIN))
        .endsWith("trian.csv does not exist; did you mean train.csv?");
    assertThat(refusal(set.resolve("points.npy"), PLAIN))
        .endsWith("points.npy does not exist; its folder holds test.csv, train.csv");
    assertThat(refusal(folder.resolve("sets/train.csv"), PLAIN))
        .contains("train.csv does not exist, nor does the folder ")
        .endsWith("sets");
  }

  @Test
  void pathsOfNoFileSystemAreRefused() {
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () -> NumericTables.read(spark(), "nowhere://x/y.csv", PLAIN)))
        .isInstanceOf(dev.kindling.BadInput.class)
        .hasMessageStartingWith("nowhere://x/y.csv is no path on a file system that Hadoop knows");
  }
}
