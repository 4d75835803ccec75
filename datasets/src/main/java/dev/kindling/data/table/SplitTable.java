package dev.kindling.data.table;

import dev.kindling.data.InputFile;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** A table in files of one format: how it is cut, and how a part of it is read. */
interface SplitTable extends Serializable {
  /** In the order of the rows. */
  List<TableSplit> splits(long splitBytes);

  RowCursor open(TableSplit split, Configuration conf) throws IOException;

  List<InputFile> files();

  default String fileName(int file) {
    return files().get(file).name();
  }

  /** What a message calls a position within a file, counted from 0. */
  String place(int file, long position);

  /** Appends the parts of one file: about {@code size} units each, as equal as can be. */
  static void cut(List<TableSplit> splits, int file, long units, long size) {
    long parts = Math.max(1, (units + size - 1) / size);
    for (long i = 0; i < parts; i++) {
      splits.add(new TableSplit(file, bound(units, parts, i), bound(units, parts, i + 1)));
    }
  }

  private static long bound(long units, long parts, long i) {
    return units / parts * i + Math.min(i, units % parts);
  }

  /** Byte ranges; a gzipped file cannot be entered in its middle and stays whole. */
  static List<TableSplit> byteRanges(List<InputFile> files, long splitBytes) {
    List<TableSplit> splits = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      if (files.get(i).gzipped()) {
        splits.add(new TableSplit(i, 0, Long.MAX_VALUE));
      } else {
        cut(splits, i, files.get(i).length(), splitBytes);
      }
    }
    return splits;
  }
}
