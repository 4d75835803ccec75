package dev.kindling.spark.ade;

import dev.kindling.BadInput;
import dev.kindling.spark.job.JobFailure;
import dev.kindling.spark.job.ModelFiles;
import dev.kindling.spark.job.Table;
import dev.kindling.spark.job.TableSchema;
import dev.kindling.spark.job.TableSchema.Kind;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** The table {@code rejected} of a stream: lines that cannot be used, a file a micro-batch. */
final class StreamRejects {
  private static final TableSchema SCHEMA =
      TableSchema.empty()
          .with("kind", Kind.TEXT)
          .with("source", Kind.TEXT)
          .with("partition", Kind.LONG)
          .with("row", Kind.LONG)
          .with("line", Kind.TEXT)
          .with("reason", Kind.TEXT);

  private final Table table;
  private final boolean strict;

  /**
   * @param strict whether none may be
   */
  StreamRejects(Path folder, boolean strict, Configuration conf) {
    this.table = Table.at(folder, SCHEMA, conf);
    this.strict = strict;
  }

  /**
   * Writes those of a micro-batch, in place of what was written when it came before.
   *
   * @throws BadInput with the first of them if none may be
   */
  void write(long batch, List<StreamLine> lines) {
    if (strict && !lines.isEmpty()) {
      StreamLine first = lines.get(0);
      throw new BadInput(
          first.where()
              + (": " + first.fault() + ": \"" + first.text() + "\"")
              + "; nothing of this micro-batch is applied: without --strict such lines are put aside");
    }
    String file = NeighborTables.MicroBatch.file(batch, 0);
    if (!lines.isEmpty()) {
      table.write(
          file,
          lines.stream()
              .map(
                  l ->
                      new Object[] {
                        l.kind().word(),
                        l.source(),
                        l.inFile() ? null : l.part(),
                        l.row(),
                        l.text(),
                        l.fault()
                      })
              .iterator());
      return;
    }
    try {
      if (table.has(file)) {
        table.file(file).getFileSystem(table.conf()).delete(table.file(file), false);
      }
    } catch (IOException e) {
      throw new JobFailure("table rejected cannot be written: " + ModelFiles.reason(e), e);
    }
  }
}
