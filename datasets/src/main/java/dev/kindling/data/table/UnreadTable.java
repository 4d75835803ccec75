package dev.kindling.data.table;

import dev.kindling.BadInput;
import dev.kindling.SettingName;
import dev.kindling.data.InputFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * A table of which only the heads of its files were read: its columns are known, and they have no
 * roles yet.
 *
 * @param firstFeature number in the name of the first feature, where the vector is one column
 * @param vectorSize size of that vector, or 0 when the rows must tell
 * @param headed of CSV: whether files begin with a header
 */
record UnreadTable(
    Columns columns, int firstFeature, int vectorSize, ScanOf scan, Optional<Boolean> headed) {
  /** How the rows are read, once the columns have roles. */
  interface ScanOf {
    Scan of(
        Layout layout,
        JavaSparkContext context,
        Broadcast<SerializableConfiguration> conf,
        long splitBytes);
  }

  /**
   * Reads the heads, on the driver.
   *
   * @param suppliedLabel a column that is a label if anything is, or null
   * @throws BadInput when a head is malformed, or the heads of a folder disagree
   */
  static UnreadTable open(
      SparkSession spark,
      Configuration conf,
      TableSource source,
      TableOptions options,
      String suppliedLabel)
      throws IOException {
    if (source.format() != TableFormat.CSV && !options.csv().equals(CsvDialect.DEFAULT)) {
      throw BadInput.of(
          "%s is no CSV; leave %s, %s, %s and %s out",
          source.name(),
          new SettingName("header"),
          new SettingName("delimiter"),
          new SettingName("decimal"),
          new SettingName("encoding"));
    }
    return switch (source.format()) {
      case CSV -> csv(conf, source, options, suppliedLabel);
      case NPY -> npy(conf, source);
      case LIBSVM -> libsvm(source, options);
      case IDX -> idx(conf, source);
      case PARQUET -> ParquetTable.open(spark, conf, source, options);
    };
  }

  /** The features' names, when all rows have been looked at. */
  List<String> featureNames(Layout layout, Survey survey, TableOptions options) {
    if (layout.vector() < 0) {
      return layout.features();
    }
    int size = vectorSize > 0 ? vectorSize : options.numFeatures();
    return Columns.numbered("f", firstFeature, size > 0 ? size : survey.largestIndex() + 1);
  }

  private static UnreadTable csv(
      Configuration conf, TableSource source, TableOptions options, String suppliedLabel)
      throws IOException {
    CsvDialect dialect = options.csv();
    CsvSample sample = CsvSample.of(source.files().get(0), conf, dialect);
    boolean headed = sample.headed(options.firstNumbersAreARow());
    List<String> names = sample.names(headed);
    int supplied = suppliedLabel == null ? -1 : names.indexOf(suppliedLabel);
    Columns columns = new Columns(source.name(), names, supplied, -1);
    UnreadTable table =
        split(columns, layout -> new CsvTable(source.files(), layout, headed, dialect));
    return new UnreadTable(columns, 1, 0, table.scan, Optional.of(headed));
  }

  private static UnreadTable libsvm(TableSource source, TableOptions options) {
    Columns columns = new Columns(source.name(), SvmTable.COLUMNS, 0, 1);
    return split(columns, layout -> new SvmTable(source.files(), layout, options.numFeatures()));
  }

  private static UnreadTable npy(Configuration conf, TableSource source) throws IOException {
    List<NpyHeader> headers = new ArrayList<>();
    for (InputFile file : source.files()) {
      NpyHeader header = NpyHeader.read(file, conf);
      headers.add(header);
      checkColumns(source, file, headers.get(0).columns(), header.columns());
    }
    List<String> names = Columns.numbered("c", 0, headers.get(0).columns());
    Columns columns = new Columns(source.name(), names, -1, -1);
    return split(columns, layout -> new NpyTable(source.files(), headers, layout));
  }

  private static UnreadTable idx(Configuration conf, TableSource source) throws IOException {
    List<IdxHeader> headers = new ArrayList<>();
    for (InputFile file : source.files()) {
      IdxHeader header = IdxHeader.read(file, conf);
      headers.add(header);
      checkColumns(source, file, headers.get(0).columns(), header.columns());
    }
    int pixels = headers.get(0).columns();
    List<String> names = new ArrayList<>(Columns.numbered("p", 0, pixels));
    if (source.labels().isEmpty()) {
      Columns columns = new Columns(source.name(), names, -1, -1);
      return split(columns, layout -> new IdxTable(source.files(), List.of(), headers, layout));
    }
    names.add("label");
    Columns columns = new Columns(source.name(), names, pixels, -1);
    List<IdxHeader> labelHeaders = new ArrayList<>();
    for (InputFile file : source.labels()) {
      labelHeaders.add(IdxHeader.read(file, conf));
    }
    return split(columns, layout -> labelled(source, headers, labelHeaders, layout, pixels));
  }

  /** Labels that nobody asked for are not read, so they may be of any length. */
  private static SplitTable labelled(
      TableSource source,
      List<IdxHeader> images,
      List<IdxHeader> labels,
      Layout layout,
      int labelColumn) {
    if (layout.role(labelColumn) == Role.IGNORED) {
      return new IdxTable(source.files(), List.of(), images, layout);
    }
    for (int i = 0; i < images.size(); i++) {
      if (labels.get(i).columns() != 1 || labels.get(i).rows() != images.get(i).rows()) {
        throw BadInput.of(
            "%s: %s labels; %s has %s images",
            source.labels().get(i).name(),
            labels.get(i).rows(),
            source.files().get(i).name(),
            images.get(i).rows());
      }
    }
    return new IdxTable(source.files(), source.labels(), images, layout);
  }

  private static void checkColumns(TableSource source, InputFile file, int first, int columns) {
    if (columns != first) {
      throw BadInput.of(
          "%s: %s columns; %s has %s", file.name(), columns, source.files().get(0).name(), first);
    }
  }

  private static UnreadTable split(Columns columns, Function<Layout, SplitTable> table) {
    return new UnreadTable(
        columns,
        1,
        0,
        (layout, context, conf, splitBytes) ->
            new SplitScan(context, conf, table.apply(layout), layout, splitBytes),
        Optional.empty());
  }
}
