package dev.kindling.data.table;

import dev.kindling.data.FileSplit;
import dev.kindling.data.InputFile;
import dev.kindling.data.Rejected;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;

/**
 * NumPy files, cut by rows.
 *
 * <p>A task holds a block of rows of at most 16 MiB (or one row, if that is longer). In C order a
 * block is one piece of the file; in Fortran order it is a piece of each column, a seek each, which
 * object stores are slow at.
 */
record NpyTable(List<InputFile> files, List<NpyHeader> headers, Layout layout)
    implements SplitTable {
  private static final int BLOCK_BYTES = 1 << 24;

  @Override
  public List<FileSplit> splits(long splitBytes) {
    List<FileSplit> splits = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      long rows = Math.max(1, splitBytes / headers.get(i).rowBytes());
      FileSplit.cut(splits, i, headers.get(i).rows(), rows);
    }
    return splits;
  }

  @Override
  public String place(int file, long position) {
    return files.get(file).name() + ": row " + position;
  }

  @Override
  public RowCursor open(FileSplit split, Configuration conf) throws IOException {
    return new Cursor(files.get(split.file()).open(conf), headers.get(split.file()), split);
  }

  private final class Cursor implements RowCursor {
    private final FSDataInputStream in;
    private final NpyHeader header;
    private final FileSplit split;
    private final int blockRows;
    private final ByteBuffer block;
    private long blockStart;
    private long blockEnd;
    private long row;

    Cursor(FSDataInputStream in, NpyHeader header, FileSplit split) {
      this.in = in;
      this.header = header;
      this.split = split;
      long fitting = Math.max(1, BLOCK_BYTES / header.rowBytes());
      this.blockRows = (int) Math.min(fitting, split.end() - split.start());
      this.block =
          ByteBuffer.allocate((int) (blockRows * header.rowBytes())).order(header.byteOrder());
      this.row = split.start() - 1;
      this.blockEnd = split.start();
    }

    @Override
    public boolean next(TableRow target) throws IOException, Rejected {
      if (row + 1 == split.end()) {
        return false;
      }
      row++;
      if (row == blockEnd) {
        load();
      }
      int inBlock = (int) (row - blockStart);
      int rows = (int) (blockEnd - blockStart);
      for (int column = 0; column < header.columns(); column++) {
        int cell =
            header.fortranOrder() ? column * rows + inBlock : inBlock * header.columns() + column;
        double value = header.width() == 8 ? block.getDouble(cell * 8) : block.getFloat(cell * 4);
        layout.number(target, column, value);
      }
      return true;
    }

    private void load() throws IOException {
      blockStart = row;
      blockEnd = Math.min(split.end(), row + blockRows);
      int rows = (int) (blockEnd - blockStart);
      if (!header.fortranOrder()) {
        long from = header.dataStart() + blockStart * header.rowBytes();
        in.seek(from);
        in.readFully(block.array(), 0, (int) (rows * header.rowBytes()));
        return;
      }
      int piece = rows * header.width();
      for (int column = 0; column < header.columns(); column++) {
        long cell = column * header.rows() + blockStart;
        // Not the positioned read: a local file is opened anew for each of those.
        in.seek(header.dataStart() + cell * header.width());
        in.readFully(block.array(), column * piece, piece);
      }
    }

    @Override
    public long position() {
      return row - split.start();
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
