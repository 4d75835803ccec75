package dev.kindling.spark.ade;

import dev.kindling.spark.job.Run;
import dev.kindling.spark.job.StateFile;
import java.util.Locale;
import org.apache.hadoop.fs.Path;

/**
 * Points, queries and a metric: what {@code ade} and {@code ade query} do alike.
 *
 * @param set that the points are from
 * @param metricWords what the metric was made from
 * @param options what to look for
 * @param self whether the queries are the points
 */
record Search(
    String set,
    String metricWords,
    PointMetric metric,
    PointBlocks points,
    PointBlocks queries,
    SearchOptions options,
    boolean self) {
  private static final int STATE = 0x4B53_0001;

  /** Makes the images, asks all queries, and leaves tables and report. */
  static void run(Run run, Search search) {
    MetricTable.write(run, search.metric.metric());
    try (PointIndex index =
        run.stage(
            "index",
            () ->
                PointIndex.of(
                    run.context(), search.points, search.metric.metric(), search.metric.mean()))) {
      SearchTally tally =
          run.stage(
              "search",
              () -> search.ask(run, index),
              t -> String.format(Locale.ROOT, "%,d neighbours", t.found()));
      AdeResult result = new AdeResult(search, tally);
      result.record(run);
      result.say(run);
      run.report(result::html);
    }
  }

  private SearchTally ask(Run run, PointIndex index) {
    StateFile file = new StateFile(new Path(run.work(), "search"), STATE, run.hadoop());
    SearchState state = new SearchState();
    if (file.read(state::read)) {
      run.note("resumed_at_query", state.tally().queries());
    }
    return index.ask(
        queries,
        options.question(self),
        NeighborTables.open(run, points, queries, points.classes()),
        state,
        () -> {
          file.write(state::write);
          long done = state.tally().queries();
          run.advance(done, queries.rows(), () -> String.format(Locale.ROOT, "%,d queries", done));
        });
  }
}
