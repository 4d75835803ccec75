package dev.kindling.spark.job;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntConsumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;

/**
 * One file of a result table: the rows of one fixed block, under a name that says which. The bytes
 * depend on the rows only. The file appears whole or not at all.
 *
 * <p>The file is made in memory: a block's own size, some megabytes for a tile.
 */
public final class TableBlock {
  private TableBlock() {}

  /**
   * Writes a block.
   *
   * @param file the final name; what is there is replaced
   * @param rows one value a column; the array may be used again for the next row
   */
  public static void write(
      Configuration conf, Path file, TableSchema schema, Iterator<Object[]> rows)
      throws IOException {
    FileSystem fs = PlainFiles.of(file, conf);
    Path hidden = UnfinishedFile.of(file);
    ParquetBytes bytes = new ParquetBytes();
    try (ParquetWriter<Object[]> writer =
        new Builder(bytes, schema)
            .withConf(conf)
            .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
            .withCompressionCodec(CompressionCodecName.UNCOMPRESSED)
            .withDictionaryEncoding(false)
            .withRowGroupSize(64L << 20)
            .build()) {
      while (rows.hasNext()) {
        writer.write(rows.next());
      }
    }
    try (OutputStream out = fs.create(hidden, true)) {
      bytes.store(out);
    }
    fs.delete(file, false);
    if (!fs.rename(hidden, file)) {
      throw new IOException(file + " cannot be put in place");
    }
  }

  @SuppressWarnings(
      "deprecation") // the overloads with Hadoop's Configuration are the abstract ones
  private static final class Builder extends ParquetWriter.Builder<Object[], Builder> {
    private final TableSchema schema;

    Builder(OutputFile file, TableSchema schema) {
      super(file);
      this.schema = schema;
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    protected WriteSupport<Object[]> getWriteSupport(Configuration conf) {
      return new Rows(schema);
    }
  }

  @SuppressWarnings("deprecation")
  private static final class Rows extends WriteSupport<Object[]> {
    /** VectorUDT's number for dense vectors. */
    private static final int DENSE = 1;

    private final TableSchema schema;
    private final List<TableSchema.Column> columns;
    private RecordConsumer out;

    Rows(TableSchema schema) {
      this.schema = schema;
      this.columns = schema.columns();
    }

    @Override
    public WriteContext init(Configuration conf) {
      return new WriteContext(schema.parquet(), schema.metadata());
    }

    @Override
    public void prepareForWrite(RecordConsumer consumer) {
      out = consumer;
    }

    @Override
    public void write(Object[] row) {
      out.startMessage();
      for (int c = 0; c < row.length; c++) {
        if (row[c] != null) {
          out.startField(columns.get(c).name(), c);
          value(columns.get(c).kind(), row[c]);
          out.endField(columns.get(c).name(), c);
        }
      }
      out.endMessage();
    }

    private void value(TableSchema.Kind kind, Object value) {
      switch (kind) {
        case LONG -> out.addLong(((Number) value).longValue());
        case DOUBLE -> out.addDouble((Double) value);
        case TRUTH -> out.addBoolean((Boolean) value);
        case TEXT -> out.addBinary(Binary.fromString((String) value));
        case DOUBLES -> {
          double[] values = (double[]) value;
          list(values.length, i -> out.addDouble(values[i]));
        }
        case LONGS -> {
          long[] values = (long[]) value;
          list(values.length, i -> out.addLong(values[i]));
        }
        case VECTOR -> vector((double[]) value);
      }
    }

    private void vector(double[] values) {
      out.startGroup();
      out.startField("type", 0);
      out.addInteger(DENSE);
      out.endField("type", 0);
      out.startField("values", 3);
      list(values.length, i -> out.addDouble(values[i]));
      out.endField("values", 3);
      out.endGroup();
    }

    private void list(int length, IntConsumer add) {
      out.startGroup();
      if (length > 0) {
        out.startField("list", 0);
        for (int i = 0; i < length; i++) {
          out.startGroup();
          out.startField("element", 0);
          add.accept(i);
          out.endField("element", 0);
          out.endGroup();
        }
        out.endField("list", 0);
      }
      out.endGroup();
    }
  }
}
