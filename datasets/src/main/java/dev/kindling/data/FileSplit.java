package dev.kindling.data;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The part of one file that one task reads.
 *
 * @param file index among the files of the input
 * @param start first byte of a text file, first row of a binary one
 * @param end one past the last
 */
public record FileSplit(int file, long start, long end) implements Serializable {
  private static final long SMALLEST = 1L << 20;
  private static final long LARGEST = 1L << 27;
  private static final int SPLITS_PER_CORE = 3;

  /** How long a part should be, in bytes: three parts a core, of 1 to 128 MiB. */
  public static long bytes(List<? extends InputFile> files, int cores) {
    long total = files.stream().mapToLong(InputFile::length).sum();
    return Math.max(SMALLEST, Math.min(LARGEST, total / ((long) SPLITS_PER_CORE * cores)));
  }

  /** Appends the parts of one file: about {@code size} units each, as equal as can be. */
  public static void cut(List<FileSplit> splits, int file, long units, long size) {
    long parts = Math.max(1, (units + size - 1) / size);
    for (long i = 0; i < parts; i++) {
      splits.add(new FileSplit(file, bound(units, parts, i), bound(units, parts, i + 1)));
    }
  }

  private static long bound(long units, long parts, long i) {
    return units / parts * i + Math.min(i, units % parts);
  }

  /** Byte ranges; a gzipped file cannot be entered in its middle and stays whole. */
  public static List<FileSplit> byteRanges(List<InputFile> files, long splitBytes) {
    List<FileSplit> splits = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      if (files.get(i).gzipped()) {
        splits.add(new FileSplit(i, 0, Long.MAX_VALUE));
      } else {
        cut(splits, i, files.get(i).length(), splitBytes);
      }
    }
    return splits;
  }
}
