package dev.kindling.spark.ade;

import dev.kindling.Words;
import dev.kindling.ade.Centres;
import dev.kindling.ade.ClusterSums;
import dev.kindling.ade.Metric;
import dev.kindling.data.table.NumericTable;
import dev.kindling.linalg.Matrix;
import dev.kindling.spark.job.BlockMerge;
import dev.kindling.spark.job.Job;
import dev.kindling.spark.job.Memory;
import dev.kindling.spark.job.Plan;
import dev.kindling.spark.job.Run;
import dev.kindling.spark.job.StateFile;
import dev.kindling.spark.job.Table;
import dev.kindling.spark.job.TableSchema;
import dev.kindling.spark.job.TableSchema.Kind;
import dev.kindling.spark.setting.Setting;
import dev.kindling.spark.setting.SettingGroup;
import dev.kindling.spark.setting.SettingOptions;
import dev.kindling.spark.setting.Settings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.broadcast.Broadcast;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import scala.Tuple2;

/** Clusters points by k-means or k-medians under a metric. */
@Command(
    name = "cluster",
    sortOptions = false,
    abbreviateSynopsis = true,
    description =
        "Clusters points by k-means, or k-medians, under a Mahalanobis metric: Lloyd's algorithm, begun with k-means‖, the k-means++ of few passes.",
    footer = {
      "",
      "Example: ten clusters of the built-in digits",
      "  submit/kindling ade cluster --data digits --clusters 10",
      "As many of the wines as are best apart, by medians, features in units of their deviation:",
      "  submit/kindling ade cluster --data wine --metric estimate:variance --clusters 2,3,4,5 --centers median",
    })
final class ClusterJob extends Job {
  private static final int STATE = 0x4B43_0001;

  /** Points whose silhouettes are measured, and numbers of their images, at most. */
  private static final int SAMPLE = 2000;

  private static final int SAMPLED = 1 << 25;

  private static final long SILHOUETTE = 0x53494C48L;

  private static final int MOST_CLUSTERS = 1 << 16;

  private static final Setting<List<Integer>> CLUSTERS =
      Setting.wholes("--clusters", "k", "K[,K…]")
          .or(List.of(8))
          .checked(ClusterJob::wrongCounts)
          .describedAs(
              "How many. Of several the one with the highest silhouette is kept: how far clusters are apart, at most 1.");

  private static final Setting<ClusterSums.Kind> CENTERS =
      Setting.choice("--centers", "centers", ClusterSums.Kind.class)
          .or(ClusterSums.Kind.MEAN)
          .describedAs(
              "mean: least squared distances. median: geometric medians, least distances, which far points move less.");

  private static final Setting<Integer> ITERATIONS =
      Setting.whole("--iterations", "maxIter", "n")
          .atLeast(1)
          .atMost(1e6)
          .or(100)
          .describedAs("Steps at most.");

  private static final Setting<Double> TOLERANCE =
      Setting.number("--tol", "tol", "t")
          .atLeast(0)
          .below(1)
          .or(1e-4)
          .describedAs("End when a step lowers the cost by less than this share.");

  @Mixin PointInput input;

  @Mixin
  SettingOptions settings = SettingGroup.of(CLUSTERS, CENTERS, ITERATIONS, TOLERANCE).options();

  private List<Integer> clusters;
  private ClusterSums.Kind kind;
  private int iterations;

  private static String wrongCounts(List<Integer> counts) {
    if (counts.stream().anyMatch(k -> k < 1 || k > MOST_CLUSTERS)) {
      return "must be from 1 to 65,536";
    }
    return counts.stream().distinct().count() < counts.size() ? "one stands there twice" : null;
  }

  @Override
  protected void check() {
    input.check();
    Settings given = settings.checked();
    clusters = given.get(CLUSTERS);
    kind = given.get(CENTERS);
    iterations = given.get(ITERATIONS);
  }

  @Override
  protected String input() {
    return input.shown();
  }

  @Override
  protected List<String> reads() {
    return input.reads();
  }

  @Override
  protected void run(Run run) {
    NumericTable table = input.read(run);
    run.input(input.fingerprint(run, table));
    run.explain(plan(run, table));
    PointBlocks points = PointBlocks.of(table, run.context().defaultParallelism());
    PointMetric metric = input.estimate(run, points);
    Broadcast<Metric> shared = run.context().broadcast(metric.metric());
    List<ClusterTry> tries = new ArrayList<>();
    try (Clustering clustering =
        run.stage(
            "images", () -> Clustering.of(run.context(), points, shared, metric.origin(), kind))) {
      int most = Math.min(SAMPLE, SAMPLED / metric.metric().rows());
      Matrix sample = clustering.sample(most, run.seed() ^ SILHOUETTE);
      for (int count : clusters) {
        ClusterState state = clustered(run, clustering, count, metric.metric().rows(), table);
        tries.add(ClusterTry.of(count, state, sample));
      }
    }
    ClusterTry best = ClusterTry.best(tries);
    ClusterState state = best.state();
    ClusterSums sums = run.stage("assign", () -> assign(run, points, shared, metric, state));
    shared.destroy();
    ClusterResult result =
        new ClusterResult(
            table,
            input.source(),
            kind,
            tries,
            best,
            sums,
            metric.advice(input.source(), table.featureNames()));
    result.tables(run);
    run.outcome(result.outcome());
    run.report(result::page);
  }

  /** From the checkpoint where there is one. */
  private ClusterState clustered(
      Run run, Clustering clustering, int count, int images, NumericTable table) {
    String of = clusters.size() == 1 ? "" : " of " + count;
    ClusterState state = new ClusterState();
    StateFile file = new StateFile(new Path(run.work(), "centers-" + count), STATE, run.hadoop());
    if (file.read(in -> state.read(in, images, count))) {
      run.note("resumed_at_step", state.costs().size());
    } else {
      state.begin(run.stage("seeds" + of, () -> clustering.seeded(count, run.seed())));
      file.write(state::write);
    }
    run.stage("steps" + of, () -> lloyd(run, clustering, state, file, table.numRows()));
    return state;
  }

  private void lloyd(
      Run run, Clustering clustering, ClusterState state, StateFile file, long points) {
    double tolerance = settings.values().get(TOLERANCE);
    while (state.costs().size() < iterations && !state.settled(tolerance)) {
      ClusterSums sums = clustering.step(state.centres(), state.nearest(points));
      state.stepped(sums.cost(), sums.means(state.centres()));
      file.write(state::write);
      run.advance(state.costs().size(), iterations, () -> Words.of("cost %.6g", sums.cost()));
    }
  }

  /** Writes where each point belongs, and sums the points themselves. */
  private ClusterSums assign(
      Run run, PointBlocks points, Broadcast<Metric> metric, PointMetric of, ClusterState state) {
    Table out =
        run.table(
            "clusters",
            TableSchema.empty()
                .with("id", RowNames.kind(points.namedInWords()))
                .with("cluster", Kind.LONG)
                .with("distance", Kind.DOUBLE));
    Broadcast<Centres> centres = run.context().broadcast(new Centres(state.centres()));
    double[] origin = of.origin();
    ClusterSums.Kind by = kind;
    double nearest = state.nearest(points.rows());
    try {
      return BlockMerge.merge(
          points
              .blocks()
              .mapToPair(
                  block ->
                      new Tuple2<>(
                          block.number(),
                          assigned(
                              block, metric.value(), origin, centres.value(), by, nearest, out))),
          points.count(),
          ClusterSums::merge);
    } finally {
      centres.destroy();
    }
  }

  private static ClusterSums assigned(
      PointBlock block,
      Metric metric,
      double[] origin,
      Centres centres,
      ClusterSums.Kind kind,
      double nearest,
      Table out) {
    Clustering.Assigned assigned = Clustering.Assigned.of(block.under(metric, origin), centres);
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < block.rows(); i++) {
      rows.add(
          new Object[] {
            block.names().get(i), assigned.which()[i], Math.sqrt(assigned.squares()[i])
          });
    }
    out.write(block.number(), rows.iterator());
    return ClusterSums.of(
        block.points(), assigned.which(), assigned.squares(), centres.count(), kind, nearest);
  }

  private Plan plan(Run run, NumericTable table) {
    Plan plan = new Plan();
    long rows = table.numRows();
    double d = table.numFeatures();
    int images = input.source().rows(run.spark(), table.numFeatures());
    double k = images;
    int most = Collections.max(clusters);
    plan.say(
        Words.of(
            "%,d points of %,d features, %s clusters, at most %,d steps; metric %s",
            rows,
            table.numFeatures(),
            clusters.stream().map(c -> Words.of("%,d", c)).collect(Collectors.joining(", ")),
            iterations,
            input.source()));
    plan.say(
        Words.of(
            "a step is one pass of %.3g flops; images take %s on the executors",
            2.0 * rows * k * most, Plan.bytes(8 * k * rows)));
    AdePlan.metricNeeds(plan, input.source(), rows, table.numFeatures(), images);
    plan.needs(
        "candidates for centers, and the sums of a step, on the driver",
        8 * k * most * 40 + 16 * Math.max(k, d) * 10 * most + 16 * k * SAMPLE,
        Memory.driver(),
        "Ask for fewer --clusters, or give the driver more memory.");
    return AdePlan.taskNeeds(
        plan,
        run.context(),
        PointBlock.ROWS * (16 * d + 8 * k + 8.0 * 11 * most)
            + 8 * Math.max(k, d) * most * 24
            + PointBlocks.partBytes(rows, d));
  }

  /** Columns of a matrix. */
  static double[] column(Matrix matrix, int j) {
    int m = matrix.rows();
    return Arrays.copyOfRange(matrix.values(), j * m, (j + 1) * m);
  }
}
