package dev.kindling.spark.gntk;

import dev.kindling.BadInput;
import dev.kindling.Words;
import dev.kindling.data.InputPath;
import dev.kindling.data.LineReader;
import dev.kindling.data.Rejected;
import dev.kindling.validation.Folds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Folds from files {@code train_idx-k.txt} and {@code test_idx-k.txt}, k from 1: 0-based rows, one
 * a line.
 */
final class GivenFolds {
  private GivenFolds() {}

  /**
   * @throws BadInput if a file is missing, a line is no row, or the rows of a fold do not make up
   *     the set
   */
  static Folds read(String folder, int graphs, Configuration conf) {
    try {
      Path path = InputPath.require(folder, conf).getPath();
      FileSystem fs = path.getFileSystem(conf);
      List<int[]> folds = new ArrayList<>();
      for (int k = 1; fs.exists(new Path(path, "test_idx-" + k + ".txt")); k++) {
        int[] test = rows(fs, new Path(path, "test_idx-" + k + ".txt"), graphs);
        check(fs, path, k, test, graphs);
        if (test.length == 0 || test.length == graphs) {
          throw BadInput.of(
              "--fold-dir %s: test_idx-%s.txt holds %s; a fold tests some and trains on the others",
              folder, k, test.length == 0 ? "no row" : "every row");
        }
        folds.add(test);
      }
      if (folds.size() < 2) {
        throw BadInput.of(
            "--fold-dir %s: holds %s of test_idx-1.txt, test_idx-2.txt, …; at least 2 are needed",
            folder, folds.size());
      }
      int[] twice = folds.stream().flatMapToInt(Arrays::stream).sorted().toArray();
      for (int i = 1; i < twice.length; i++) {
        if (twice[i] == twice[i - 1]) {
          throw BadInput.of("--fold-dir %s: row %s is tested by two folds", folder, twice[i]);
        }
      }
      return new Folds(folds.toArray(int[][]::new));
    } catch (IOException e) {
      throw new BadInput("--fold-dir " + folder + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static void check(FileSystem fs, Path folder, int k, int[] test, int graphs)
      throws IOException {
    Path file = new Path(folder, "train_idx-" + k + ".txt");
    if (!fs.exists(file)) {
      return;
    }
    int[] train = rows(fs, file, graphs);
    int[] both = IntStream.concat(Arrays.stream(test), Arrays.stream(train)).sorted().toArray();
    if (!Arrays.equals(both, IntStream.range(0, graphs).toArray())) {
      throw BadInput.of(
          "%s: with test_idx-%s.txt it holds %s rows; each of the %s graphs should stand in one of the two",
          InputPath.show(file), k, both.length, graphs);
    }
  }

  private static int[] rows(FileSystem fs, Path file, int graphs) throws IOException {
    List<Integer> rows = new ArrayList<>();
    try (LineReader lines = new LineReader(fs.open(file), 0, Long.MAX_VALUE)) {
      try {
        while (lines.next()) {
          String line = lines.text().strip();
          if (line.isEmpty()) {
            continue;
          }
          int row = row(line);
          if (row < 0 || row >= graphs) {
            throw new Rejected(
                Words.of("'%s' is no row; the %s graphs are 0 to %s", line, graphs, graphs - 1));
          }
          rows.add(row);
        }
      } catch (Rejected e) {
        throw BadInput.of(e, "%s:%s: %s", InputPath.show(file), lines.lines(), e.getMessage());
      }
    }
    return rows.stream().mapToInt(Integer::intValue).sorted().toArray();
  }

  private static int row(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
