package dev.kindling.spark.ade;

import dev.kindling.Words;
import dev.kindling.data.table.NumericLine;
import dev.kindling.spark.job.JobFailure;
import dev.kindling.spark.job.Plan;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** The lines of a micro-batch on the driver, in {@link StreamLine#ORDER}; blank ones left out. */
final class StreamLines {
  private static final StreamKind[] KINDS = StreamKind.values();

  private StreamLines() {}

  /**
   * Reads them: once on the executors, and to the driver if they fit there.
   *
   * @param batch as {@link StreamSources} has it
   * @param most bytes
   * @throws JobFailure if they are more
   */
  static List<StreamLine> read(Dataset<Row> batch, StreamParser parser, double most) {
    JavaRDD<StreamLine> lines =
        batch
            .javaRDD()
            .mapPartitions(new Parse(parser))
            .persist(StorageLevel.MEMORY_AND_DISK_SER());
    try {
      double bytes =
          lines
              .mapPartitions(
                  some -> {
                    long sum = 0;
                    while (some.hasNext()) {
                      sum += some.next().bytes();
                    }
                    return List.of(sum).iterator();
                  })
              .collect()
              .stream()
              .mapToLong(Long::longValue)
              .sum();
      if (bytes > most) {
        throw new JobFailure(
            Words.of(
                "a micro-batch of %s does not fit on the driver, which has %s for it; give more with --conf spark.driver.memory=…, and for those that have not begun a smaller --max-files",
                Plan.bytes(bytes), Plan.bytes(most)),
            null);
      }
      List<StreamLine> all = new ArrayList<>(lines.collect());
      all.sort(StreamLine.ORDER);
      return numbered(all);
    } finally {
      lines.unpersist(false);
    }
  }

  /** Counts the rows of each file, whose parts depend on the cores, and leaves blank ones out. */
  private static List<StreamLine> numbered(List<StreamLine> sorted) {
    List<StreamLine> numbered = new ArrayList<>(sorted.size());
    StreamLine before = null;
    long row = 0;
    for (StreamLine line : sorted) {
      boolean same =
          before != null && before.kind() == line.kind() && before.source().equals(line.source());
      row = same ? row + 1 : 0;
      before = line;
      if (!line.isBlank()) {
        numbered.add(line.inFile() ? line.at(row) : line);
      }
    }
    return numbered;
  }

  /** Parses a partition, counting the rows of each part of a file. */
  private record Parse(StreamParser parser) implements FlatMapFunction<Iterator<Row>, StreamLine> {
    @Override
    public Iterator<StreamLine> call(Iterator<Row> rows) {
      List<StreamLine> lines = new ArrayList<>();
      NumericLine line = new NumericLine();
      int kind = -1;
      String source = null;
      long part = -1;
      long next = 0;
      while (rows.hasNext()) {
        Row row = rows.next();
        boolean same =
            kind == row.getInt(0) && part == row.getLong(2) && Objects.equals(source, row.get(1));
        kind = row.getInt(0);
        source = row.getString(1);
        part = row.getLong(2);
        next = same ? next + 1 : 0;
        String text = row.isNullAt(4) ? null : row.getString(4);
        boolean inFile = row.isNullAt(3);
        long place = inFile ? next : row.getLong(3);
        lines.add(parser.parse(line, KINDS[kind], source, inFile, part, place, text));
      }
      return lines.iterator();
    }
  }
}
