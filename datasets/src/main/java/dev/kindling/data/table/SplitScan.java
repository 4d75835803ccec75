package dev.kindling.data.table;

import dev.kindling.BadInput;
import dev.kindling.data.FileSplit;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;

/** The passes over a table that is cut into splits: one task, and one partition, a split. */
final class SplitScan implements Scan {
  private final JavaSparkContext spark;
  private final Broadcast<SerializableConfiguration> conf;
  private final SplitTable table;
  private final Layout layout;
  private final List<FileSplit> splits;
  private final long[] firstRows;

  SplitScan(
      JavaSparkContext spark,
      Broadcast<SerializableConfiguration> conf,
      SplitTable table,
      Layout layout,
      long splitBytes) {
    this.spark = spark;
    this.conf = conf;
    this.table = table;
    this.layout = layout;
    this.splits = table.splits(splitBytes);
    this.firstRows = new long[splits.size()];
  }

  @Override
  public Survey survey() {
    List<Survey> parts = indices().map(new SurveyTask(table, layout, splits, conf)).collect();
    Survey whole = new Survey();
    long unitsBefore = 0;
    for (int i = 0; i < parts.size(); i++) {
      Survey part = parts.get(i);
      int file = splits.get(i).file();
      if (i > 0 && file != splits.get(i - 1).file()) {
        unitsBefore = 0;
      }
      if (part.failure() != null) {
        // Every earlier part was read to its end, so its lines are all counted.
        throw new BadInput(place(file, part, unitsBefore) + ": " + part.failure());
      }
      firstRows[i] = whole.rows();
      unitsBefore += part.units();
      whole.addAll(part);
    }
    return whole;
  }

  @Override
  public JavaRDD<Row> rows(OutputRow output) {
    return indices().flatMap(new RowsTask(table, layout, output, splits, firstRows, conf));
  }

  private String place(int file, Survey part, long unitsBefore) {
    return part.wholeFile()
        ? table.fileName(file)
        : table.place(file, unitsBefore + part.units() - 1);
  }

  /** Indices and not splits: what is parallelized travels with each task, the rest is sent once. */
  private JavaRDD<Integer> indices() {
    List<Integer> indices = IntStream.range(0, splits.size()).boxed().toList();
    return spark.parallelize(indices, splits.size());
  }
}
