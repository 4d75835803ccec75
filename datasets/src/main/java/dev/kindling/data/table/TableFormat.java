package dev.kindling.data.table;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A file format of numeric tables, told by the end of the file's name. */
public enum TableFormat {
  CSV(".csv, .csv.gz"),
  NPY(".npy"),
  LIBSVM(".svm, .libsvm, .svm.gz, .libsvm.gz"),
  IDX("-ubyte, -ubyte.gz"),
  PARQUET(".parquet");

  private final String endings;

  TableFormat(String endings) {
    this.endings = endings;
  }

  /** The format of a file, or nothing when the name has an unknown ending. Case does not matter. */
  static Optional<TableFormat> of(String fileName) {
    String name = fileName.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(format -> format.endings().anyMatch(name::endsWith))
        .findFirst();
  }

  static String knownEndings() {
    return Arrays.stream(values()).map(format -> format.endings).collect(Collectors.joining(", "));
  }

  private Stream<String> endings() {
    return Stream.of(endings.split(", "));
  }
}
