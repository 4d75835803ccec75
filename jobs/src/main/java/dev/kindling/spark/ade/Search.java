package dev.kindling.spark.ade;

import dev.kindling.Words;
import dev.kindling.spark.job.Run;
import dev.kindling.spark.job.StateFile;
import org.apache.hadoop.fs.Path;

/**
 * Points, queries and a metric: what {@code ade} and {@code ade query} do alike.
 *
 * @param set that the points are from
 * @param metricWords what the metric was made from
 * @param options what to look for
 * @param self whether the queries are the points
 * @param sparse whether most numbers of points are 0, and the metric is diagonal
 * @param advice of {@link PointMetric#advice}; null for none
 */
record Search(
    String set,
    String metricWords,
    PointMetric metric,
    PointBlocks points,
    PointBlocks queries,
    SearchOptions options,
    boolean self,
    boolean sparse,
    String advice) {
  private static final int STATE = 0x4B53_0003;

  /** Queries whose true neighbours are looked for beside those that sketches find. */
  private static final int CHECKS = 32;

  /** What that may cost. */
  private static final double CHECKED_PRODUCTS = 2e9;

  /** Makes the images, asks all queries, and leaves tables and report. */
  static void run(Run run, Search search) {
    MetricTable.write(run, search.metric.metric());
    int rows = search.metric.metric().rows();
    Sketching sketching =
        search.sparse
            ? null
            : search.options.sketching(
                rows,
                search.points.rows(),
                run.seed(),
                () -> SecretKey.of(run, search.options.keyFile()));
    SearchTally tally = sketching == null ? search.exactly(run) : search.bySketches(run, sketching);
    AdeResult result = new AdeResult(search, tally, sketching);
    run.outcome(result.outcome());
    run.report(result::page);
  }

  private SearchTally exactly(Run run) {
    try (ExactIndex index = run.stage("index", () -> index(run))) {
      return run.stage(
          "search",
          () -> {
            Progress progress = new Progress(run, new SearchState());
            return index.ask(
                queries, options.near().question(self), tables(run), progress.state, progress);
          },
          Search::words);
    }
  }

  private ExactIndex index(Run run) {
    return sparse
        ? SparseIndex.of(run.context(), points, metric.metric())
        : PointIndex.of(run.context(), points, metric.metric(), metric.origin());
  }

  private SearchTally bySketches(Run run, Sketching sketching) {
    try (SketchIndex index =
        run.stage(
            "index",
            () ->
                SketchIndex.of(
                    run.context(), points, metric.metric(), metric.origin(), sketching))) {
      return run.stage(
          "search",
          () -> {
            Progress progress = new Progress(run, new SearchState(sketching.epsilon()));
            index.ask(
                queries,
                options.near().question(self),
                tables(run),
                options.distances() ? NeighborTables.distances(run, points, queries) : null,
                checks(),
                progress.state,
                progress);
            return progress.state.tally();
          },
          Search::words);
    }
  }

  private static String words(SearchTally tally) {
    return Words.of("%,d neighbors", tally.found());
  }

  private NeighborTables tables(Run run) {
    return NeighborTables.open(run, points, queries, points.classes());
  }

  /** Of how many queries the true neighbours are looked for too. */
  private int checks() {
    double products = (double) points.rows() * metric.metric().rows();
    return (int) Math.min(Math.min(CHECKS, queries.rows()), CHECKED_PRODUCTS / products);
  }

  /** Keeps on disk, and shows, how far a search has come. */
  private final class Progress implements Runnable {
    private final Run run;
    private final StateFile file;
    private final SearchState state;

    Progress(Run run, SearchState state) {
      this.run = run;
      this.state = state;
      file = new StateFile(new Path(run.work(), "search"), STATE, run.hadoop());
      if (file.read(state::read)) {
        run.note("resumed_at_query", state.tally().queries());
      }
    }

    @Override
    public void run() {
      file.write(state::write);
      long done = state.tally().queries();
      run.advance(done, queries.rows(), () -> Words.of("%,d queries", done));
    }
  }
}
