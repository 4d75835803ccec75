package dev.kindling.spark.ade;

import dev.kindling.BadInput;
import dev.kindling.spark.job.JobFailure;
import dev.kindling.spark.job.ModelFiles;
import dev.kindling.spark.job.Run;
import dev.kindling.spark.job.StopRequest;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;

/** Micro-batches one after the other, until there is an end, or one is asked for. */
final class StreamLoop {
  private static final long LOOK_MILLIS = 200;

  private final Run run;
  private final StreamParser parser;
  private final StreamChanges changes;
  private final StreamAnswers answers;
  private final StreamTotals totals;
  private final double most;
  private volatile boolean busy;
  private volatile boolean held;

  /**
   * @param most bytes of lines of a micro-batch on the driver
   */
  StreamLoop(
      Run run,
      StreamParser parser,
      StreamChanges changes,
      StreamAnswers answers,
      StreamTotals totals,
      double most) {
    this.run = run;
    this.parser = parser;
    this.changes = changes;
    this.answers = answers;
    this.totals = totals;
    this.most = most;
  }

  /**
   * Goes on to the end, or until it is asked to stop, and then to the end of the micro-batch.
   *
   * @param lines of {@link StreamSources#read}
   */
  void run(Dataset<Row> lines, Path checkpoint, Trigger trigger) {
    try (StopRequest stop = run.stopRequest()) {
      StreamingQuery query =
          lines
              .writeStream()
              .option("checkpointLocation", checkpoint.toString())
              .trigger(trigger)
              .foreachBatch((VoidFunction2<Dataset<Row>, Long>) (rows, id) -> batch(stop, rows, id))
              .start();
      try {
        while (!query.awaitTermination(LOOK_MILLIS)) {
          if (!busy) {
            run.waits();
          }
          if (stop.asked() && !busy && (held || !query.status().isTriggerActive())) {
            run.stopped();
            break;
          }
        }
      } finally {
        query.stop();
      }
    } catch (TimeoutException e) {
      throw new JobFailure("the stream does not start or stop: " + e.getMessage(), e);
    } catch (StreamingQueryException e) {
      throw failure(e);
    }
  }

  /** What ended the stream, without Spark's account of the query around it. */
  private static RuntimeException failure(StreamingQueryException e) {
    Throwable cause = e;
    while (cause.getCause() != null
        && !(cause instanceof BadInput || cause instanceof JobFailure)) {
      cause = cause.getCause();
    }
    return cause instanceof BadInput || cause instanceof JobFailure
        ? (RuntimeException) cause
        : new JobFailure("the stream ended: " + ModelFiles.reason(cause), e);
  }

  private void batch(StopRequest stop, Dataset<Row> rows, long number) throws InterruptedException {
    if (stop.asked()) {
      held = true;
      new CountDownLatch(1).await(); // ended from outside; the micro-batch comes again
    }
    busy = true;
    try {
      long start = System.nanoTime();
      StreamBatch done =
          run.round(
              "micro-batch",
              () -> answered(rows, number),
              StreamBatch::words,
              StreamBatch::figures);
      totals.add(done, (System.nanoTime() - start) / 1e9);
    } finally {
      busy = false;
    }
  }

  private StreamBatch answered(Dataset<Row> rows, long number) {
    Map<StreamKind, List<StreamLine>> lines =
        StreamLines.read(rows, parser, most).stream()
            .collect(
                Collectors.groupingBy(
                    StreamLine::kind, () -> new EnumMap<>(StreamKind.class), Collectors.toList()));
    StreamChanges.Outcome outcome = changes.apply(number, lines);
    List<StreamLine> queries =
        lines.getOrDefault(StreamKind.QUERY, List.of()).stream()
            .filter(line -> line.fault() == null)
            .toList();
    SearchTally tally =
        queries.isEmpty() ? new SearchTally() : answers.answer(number, queries, outcome.epoch());
    Map<StreamKind, Integer> counts = new EnumMap<>(StreamKind.class);
    lines.forEach((kind, some) -> counts.put(kind, some.size()));
    return new StreamBatch(number, counts, outcome, tally);
  }
}
