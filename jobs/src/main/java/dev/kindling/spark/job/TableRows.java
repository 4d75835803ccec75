package dev.kindling.spark.job;

import dev.kindling.Words;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.InitContext;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;

/** Reads back, row by row, what {@link TableBlock} wrote. */
public final class TableRows {
  private TableRows() {}

  /**
   * Hands each row of a block to {@code each}: Long, Double, String, Boolean, double[] or null a
   * column. The array is new for each row.
   *
   * @throws IOException if the file says that it holds more than its length
   */
  public static void read(
      Configuration conf, Path file, TableSchema schema, Consumer<Object[]> each)
      throws IOException {
    checkLengths(conf, file);
    try (ParquetReader<Object[]> reader =
        ParquetReader.builder(new Rows(schema), file).withConf(conf).build()) {
      for (Object[] row = reader.read(); row != null; row = reader.read()) {
        each.accept(row);
      }
    }
  }

  /** How many rows a block has, from its footer. */
  public static long count(Configuration conf, Path file) throws IOException {
    try (ParquetFileReader footer = ParquetFileReader.open(HadoopInputFile.fromPath(file, conf))) {
      return footer.getRecordCount();
    }
  }

  /** Blocks are not compressed: a damaged footer must not make the reader reserve memory. */
  private static void checkLengths(Configuration conf, Path file) throws IOException {
    long length = file.getFileSystem(conf).getFileStatus(file).getLen();
    try (ParquetFileReader footer = ParquetFileReader.open(HadoopInputFile.fromPath(file, conf))) {
      for (BlockMetaData rows : footer.getFooter().getBlocks()) {
        for (ColumnChunkMetaData column : rows.getColumns()) {
          long size = column.getTotalSize();
          long plain = column.getTotalUncompressedSize();
          if (size < 0 || size > length || plain < 0 || plain > length) {
            throw new IOException(
                Words.of(
                    "%s is damaged: a column of %s bytes in a file of %s",
                    file.getName(), size, length));
          }
        }
      }
    }
  }

  @SuppressWarnings("deprecation") // the overload with Hadoop's Configuration is the abstract one
  private static final class Rows extends ReadSupport<Object[]> {
    private final TableSchema schema;

    Rows(TableSchema schema) {
      this.schema = schema;
    }

    @Override
    public ReadContext init(InitContext context) {
      return new ReadContext(schema.parquet());
    }

    @Override
    public RecordMaterializer<Object[]> prepareForRead(
        Configuration conf, Map<String, String> metadata, MessageType file, ReadContext context) {
      return new Materializer(schema);
    }
  }

  private static final class Materializer extends RecordMaterializer<Object[]> {
    private final Row root;

    Materializer(TableSchema schema) {
      root = new Row(schema.columns());
    }

    @Override
    public Object[] getCurrentRecord() {
      return root.values;
    }

    @Override
    public GroupConverter getRootConverter() {
      return root;
    }
  }

  private static final class Row extends GroupConverter {
    private final Converter[] columns;
    private Object[] values;

    Row(List<TableSchema.Column> schema) {
      columns = new Converter[schema.size()];
      for (int c = 0; c < columns.length; c++) {
        columns[c] =
            schema.get(c).kind().isList()
                ? new ListColumn(this, c, schema.get(c).kind() == TableSchema.Kind.LONGS)
                : new Scalar(this, c, schema.get(c).kind() == TableSchema.Kind.TEXT);
      }
    }

    @Override
    public Converter getConverter(int column) {
      return columns[column];
    }

    @Override
    public void start() {
      values = new Object[columns.length];
    }

    @Override
    public void end() {}
  }

  private static final class Scalar extends PrimitiveConverter {
    private final Row row;
    private final int column;
    private final boolean text;

    Scalar(Row row, int column, boolean text) {
      this.row = row;
      this.column = column;
      this.text = text;
    }

    @Override
    public void addLong(long value) {
      row.values[column] = value;
    }

    @Override
    public void addDouble(double value) {
      row.values[column] = value;
    }

    @Override
    public void addBoolean(boolean value) {
      row.values[column] = value;
    }

    @Override
    public void addBinary(Binary value) {
      row.values[column] = text ? value.toStringUsingUTF8() : value.getBytes();
    }
  }

  /**
   * A list as Parquet nests it: a repeated group with one element each. Doubles are kept as their
   * bits.
   */
  private static final class ListColumn extends GroupConverter {
    private final Row row;
    private final int column;
    private final boolean longs;
    private long[] bits = new long[16];
    private int size;

    private final PrimitiveConverter element =
        new PrimitiveConverter() {
          @Override
          public void addDouble(double value) {
            add(Double.doubleToRawLongBits(value));
          }

          @Override
          public void addLong(long value) {
            add(value);
          }
        };

    private final GroupConverter list =
        new GroupConverter() {
          @Override
          public Converter getConverter(int field) {
            return element;
          }

          @Override
          public void start() {}

          @Override
          public void end() {}
        };

    ListColumn(Row row, int column, boolean longs) {
      this.row = row;
      this.column = column;
      this.longs = longs;
    }

    private void add(long value) {
      if (size == bits.length) {
        bits = Arrays.copyOf(bits, 2 * size);
      }
      bits[size++] = value;
    }

    @Override
    public Converter getConverter(int field) {
      return list;
    }

    @Override
    public void start() {
      size = 0;
    }

    @Override
    public void end() {
      if (longs) {
        row.values[column] = Arrays.copyOf(bits, size);
      } else {
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
          values[i] = Double.longBitsToDouble(bits[i]);
        }
        row.values[column] = values;
      }
    }
  }
}
