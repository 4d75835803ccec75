package dev.kindling.spark.job;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageEncodingStats;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/**
 * A Parquet file in memory, whose footer is put in order before the file is stored: Parquet lists
 * the encodings of a column in the order of a hash set of enums, which is another in every JVM.
 * Version 2 of the format would list one encoding only, but Spark 4.1 misreads its strings.
 */
final class ParquetBytes implements OutputFile {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final long BLOCK = 64L << 20;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);

  @Override
  public PositionOutputStream create(long blockSize) {
    return createOrOverwrite(blockSize);
  }

  @Override
  public PositionOutputStream createOrOverwrite(long blockSize) {
    bytes.reset();
    return new PositionOutputStream() {
      @Override
      public long getPos() {
        return bytes.size();
      }

      @Override
      public void write(int b) {
        bytes.write(b);
      }

      @Override
      public void write(byte[] b, int off, int len) {
        bytes.write(b, off, len);
      }
    };
  }

  @Override
  public boolean supportsBlockSize() {
    return false;
  }

  @Override
  public long defaultBlockSize() {
    return BLOCK;
  }

  /** Writes the finished file, with its footer in order. */
  void store(OutputStream out) throws IOException {
    byte[] file = bytes.toByteArray();
    int tail = MAGIC.length + Integer.BYTES;
    int length =
        ByteBuffer.wrap(file, file.length - tail, Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .getInt();
    int data = file.length - tail - length;
    FileMetaData footer = Util.readFileMetaData(new ByteArrayInputStream(file, data, length));
    for (RowGroup group : footer.getRow_groups()) {
      for (ColumnChunk chunk : group.getColumns()) {
        order(chunk.getMeta_data());
      }
    }
    ByteArrayOutputStream ordered = new ByteArrayOutputStream(length);
    Util.writeFileMetaData(footer, ordered);
    out.write(file, 0, data);
    ordered.writeTo(out);
    out.write(
        ByteBuffer.allocate(Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(ordered.size())
            .array());
    out.write(MAGIC);
  }

  private static void order(ColumnMetaData column) {
    column.getEncodings().sort(null);
    if (column.isSetEncoding_stats()) {
      column
          .getEncoding_stats()
          .sort(
              Comparator.comparing(PageEncodingStats::getPage_type)
                  .thenComparing(PageEncodingStats::getEncoding));
    }
  }
}
