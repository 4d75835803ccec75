package dev.kindling.data.graph;

import dev.kindling.BadInput;
import dev.kindling.data.DamagedGzip;
import dev.kindling.data.FileSplit;
import dev.kindling.data.InputFile;
import dev.kindling.data.LineReader;
import dev.kindling.data.Rejected;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * SDF or SMILES files, in the order of their names, cut by bytes (one that is gzipped is one part).
 *
 * <p>Two passes: one counts the lines and records of every part, so that the other knows the number
 * of each record. The driver holds 32 bytes a part.
 *
 * @param columns of each file; empty for SDF
 */
record MoleculeFiles(
    String set,
    boolean sdf,
    List<InputFile> files,
    List<SmilesColumns> columns,
    List<FileSplit> splits,
    GraphOptions options,
    Broadcast<SerializableConfiguration> conf)
    implements Serializable {

  /** What a part holds, or why it cannot be read. */
  private record Count(long records, long lines, String failure, boolean wholeFile)
      implements Serializable {}

  /**
   * @param set its name, for messages
   * @throws BadInput if CDK is absent, a SMILES file lacks the label's column, or a file cannot be
   *     decompressed
   */
  static JavaRDD<ParsedGraph> read(
      JavaSparkContext spark,
      Broadcast<SerializableConfiguration> conf,
      GraphFormat.Found found,
      GraphOptions options)
      throws IOException {
    CdkPresence.require(found.name());
    boolean sdf = found.format() == GraphFormat.SDF;
    List<InputFile> files = List.copyOf(found.files().values());
    long bytes = options.splitBytes();
    long size = bytes > 0 ? bytes : FileSplit.bytes(files, spark.defaultParallelism());
    List<SmilesColumns> columns = new ArrayList<>();
    for (InputFile file : sdf ? List.<InputFile>of() : files) {
      columns.add(
          SmilesColumns.of(file.name(), head(file, conf.value().value()), options.labelColumn()));
    }
    return new MoleculeFiles(
            found.name(),
            sdf,
            files,
            List.copyOf(columns),
            FileSplit.byteRanges(files, size),
            options,
            conf)
        .read(spark);
  }

  private static String head(InputFile file, Configuration conf) throws IOException {
    try (LineReader in = LineReader.open(file, new FileSplit(0, 0, Long.MAX_VALUE), conf)) {
      return in.next() ? in.text() : "";
    } catch (Rejected e) {
      throw new BadInput(file.name() + (e.wholeFile() ? ": " : ":1: ") + e.getMessage(), e);
    } catch (DamagedGzip e) {
      throw new BadInput(file.name() + ": " + e.getMessage(), e);
    }
  }

  private JavaRDD<ParsedGraph> read(JavaSparkContext spark) {
    List<Count> counts = indices(spark).map((Function<Integer, Count>) this::count).collect();
    long[] firstRecord = new long[splits.size()];
    long[] firstLine = new long[splits.size()];
    for (int i = 0; i < splits.size(); i++) {
      Count count = counts.get(i);
      if (count.failure != null) {
        // Every earlier part was read to its end, so its lines are all counted.
        String line = count.wholeFile ? "" : ":" + (firstLine[i] + count.lines);
        throw new BadInput(fileName(i) + line + ": " + count.failure);
      }
      if (i + 1 < splits.size() && splits.get(i + 1).file() == splits.get(i).file()) {
        firstRecord[i + 1] = firstRecord[i] + count.records;
        firstLine[i + 1] = firstLine[i] + count.lines;
      }
    }
    long[] firstGraph = new long[splits.size() + 1];
    IntStream.range(0, splits.size())
        .forEach(i -> firstGraph[i + 1] = firstGraph[i] + counts.get(i).records);
    return indices(spark)
        .mapPartitions(
            parts -> {
              int part = parts.next();
              return new MoleculesOfSplit(
                  this, part, firstGraph[part], firstRecord[part], firstLine[part]);
            });
  }

  /** Indices and not splits: what is parallelized travels with each task, the rest is sent once. */
  private JavaRDD<Integer> indices(JavaSparkContext spark) {
    return spark.parallelize(IntStream.range(0, splits.size()).boxed().toList(), splits.size());
  }

  private Count count(int split) throws IOException {
    try (MoleculeRecords records = open(split)) {
      try {
        while (records.next()) {
          // only counted
        }
      } catch (Rejected e) {
        return new Count(0, records.linesRead(), e.getMessage(), e.wholeFile());
      }
      return new Count(records.records(), records.linesRead(), null, false);
    } catch (Rejected | DamagedGzip e) {
      return new Count(0, 0, e.getMessage(), true);
    }
  }

  MoleculeRecords open(int split) throws IOException, Rejected {
    FileSplit part = splits.get(split);
    boolean headed = !sdf && columns.get(part.file()).headed();
    return MoleculeRecords.open(files.get(part.file()), part, sdf, headed, conf.value().value());
  }

  MoleculeParser parser(int split) {
    return sdf
        ? new SdfParser(new Cdk(), options.labelColumn())
        : new SmilesLineParser(new Cdk(), columns.get(splits.get(split).file()));
  }

  String fileName(int split) {
    return files.get(splits.get(split).file()).name();
  }
}
