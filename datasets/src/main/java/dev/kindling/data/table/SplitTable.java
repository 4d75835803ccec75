package dev.kindling.data.table;

import dev.kindling.data.FileSplit;
import dev.kindling.data.InputFile;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** A table in files of one format: how it is cut, and how a part of it is read. */
interface SplitTable extends Serializable {
  /** In the order of the rows. */
  List<FileSplit> splits(long splitBytes);

  RowCursor open(FileSplit split, Configuration conf) throws IOException;

  List<InputFile> files();

  default String fileName(int file) {
    return files().get(file).name();
  }

  /** What a message calls a position within a file, counted from 0. */
  String place(int file, long position);
}
