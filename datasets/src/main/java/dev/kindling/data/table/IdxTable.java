package dev.kindling.data.table;

import dev.kindling.data.FileSplit;
import dev.kindling.data.InputFile;
import dev.kindling.data.Rejected;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;

/**
 * IDX files of unsigned bytes: one row per image, its pixels in the file's order, and behind them
 * the label where a labels file stands beside the images. Cut by rows; a gzipped file stays whole.
 *
 * @param labels as many as there are files, or none when the labels are not read
 */
record IdxTable(
    List<InputFile> files, List<InputFile> labels, List<IdxHeader> headers, Layout layout)
    implements SplitTable {
  /** Magic number and one size. */
  private static final int LABELS_START = 8;

  @Override
  public List<FileSplit> splits(long splitBytes) {
    List<FileSplit> splits = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      long rows = Math.max(1, splitBytes / headers.get(i).columns());
      long all = Math.max(1, headers.get(i).rows());
      FileSplit.cut(splits, i, headers.get(i).rows(), files.get(i).gzipped() ? all : rows);
    }
    return splits;
  }

  @Override
  public String place(int file, long position) {
    return files.get(file).name() + ": row " + position;
  }

  @Override
  public RowCursor open(FileSplit split, Configuration conf) throws IOException {
    IdxHeader header = headers.get(split.file());
    InputFile file = files.get(split.file());
    DataInputStream images = at(file, header.dataStart() + split.start() * header.columns(), conf);
    if (labels.isEmpty()) {
      return new Cursor(header, file, split, images, null);
    }
    try {
      DataInputStream beside = at(labels.get(split.file()), LABELS_START + split.start(), conf);
      return new Cursor(header, file, split, images, beside);
    } catch (IOException e) {
      images.close();
      throw e;
    }
  }

  private static DataInputStream at(InputFile file, long offset, Configuration conf)
      throws IOException {
    if (file.gzipped()) {
      InputStream content = file.content(conf);
      content.skipNBytes(offset);
      return new DataInputStream(content);
    }
    FSDataInputStream in = file.open(conf);
    in.seek(offset);
    return in;
  }

  private final class Cursor implements RowCursor {
    private final IdxHeader header;
    private final InputFile file;
    private final FileSplit split;
    private final DataInputStream images;
    private final DataInputStream beside;
    private final byte[] pixels;
    private final byte[] label = new byte[1];
    private long row;

    Cursor(
        IdxHeader header,
        InputFile file,
        FileSplit split,
        DataInputStream images,
        DataInputStream beside) {
      this.header = header;
      this.file = file;
      this.split = split;
      this.images = images;
      this.beside = beside;
      this.pixels = new byte[header.columns()];
      this.row = split.start() - 1;
    }

    @Override
    public boolean next(TableRow target) throws IOException, Rejected {
      if (row + 1 == split.end()) {
        checkEnd();
        return false;
      }
      row++;
      int count = images.readNBytes(pixels, 0, pixels.length);
      if (count < pixels.length) {
        long bytes = header.dataStart() + row * pixels.length + count;
        throw Rejected.ofFile(header.wrongSize(bytes) + unpacked());
      }
      for (int column = 0; column < pixels.length; column++) {
        layout.number(target, column, pixels[column] & 0xFF);
      }
      if (beside != null) {
        if (beside.readNBytes(label, 0, 1) < 1) {
          throw new Rejected(labels.get(split.file()).name() + " ends before its label");
        }
        layout.number(target, pixels.length, label[0] & 0xFF);
      }
      return true;
    }

    /** Only decompression shows what is behind the last row of a gzipped file. */
    private void checkEnd() throws IOException, Rejected {
      if (file.gzipped() && split.end() == header.rows() && images.read() >= 0) {
        throw Rejected.ofFile(
            "more than the " + header.fileBytes() + " bytes its header promises" + unpacked());
      }
    }

    private String unpacked() {
      return file.gzipped() ? " (decompressed)" : "";
    }

    @Override
    public long position() {
      return row - split.start();
    }

    @Override
    public void close() throws IOException {
      images.close();
      if (beside != null) {
        beside.close();
      }
    }
  }
}
