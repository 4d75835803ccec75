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
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.broadcast.Broadcast;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import scala.Tuple2;

/** Clusters points by k-means under a metric. */
@Command(
    name = "cluster",
    sortOptions = false,
    abbreviateSynopsis = true,
    description =
        "Clusters points by k-means under a Mahalanobis metric: Lloyd's algorithm, begun with k-means‖, the k-means++ of few passes.",
    footer = {
      "",
      "Example: ten clusters of the built-in digits",
      "  submit/kindling ade cluster --data digits --clusters 10",
    })
final class ClusterJob extends Job {
  private static final int STATE = 0x4B43_0001;

  private static final Setting<Integer> CLUSTERS =
      Setting.whole("--clusters", "k", "K")
          .atLeast(1)
          .atMost(1 << 16)
          .or(8)
          .describedAs("How many.");

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

  @Mixin SettingOptions settings = SettingGroup.of(CLUSTERS, ITERATIONS, TOLERANCE).options();

  private int clusters;
  private int iterations;

  @Override
  protected void check() {
    input.check();
    Settings given = settings.checked();
    clusters = given.get(CLUSTERS);
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
    ClusterState state = new ClusterState();
    try (Clustering clustering =
        run.stage("images", () -> Clustering.of(run.context(), points, shared, metric.mean()))) {
      StateFile file = new StateFile(new Path(run.work(), "centres"), STATE, run.hadoop());
      if (file.read(in -> state.read(in, metric.metric().rows(), clusters))) {
        run.note("resumed_at_step", state.costs().size());
      } else {
        state.begin(run.stage("seeds", () -> clustering.seeded(clusters, run.seed())));
        file.write(state::write);
      }
      run.stage("steps", () -> lloyd(run, clustering, state, file));
    }
    ClusterSums sums = run.stage("assign", () -> assign(run, points, shared, metric, state));
    shared.destroy();
    ClusterResult result = new ClusterResult(table, input.source(), clusters, state, sums);
    result.tables(run);
    run.outcome(result.outcome());
    run.report(result::page);
  }

  private Void lloyd(Run run, Clustering clustering, ClusterState state, StateFile file) {
    double tolerance = settings.values().get(TOLERANCE);
    while (state.costs().size() < iterations && !state.settled(tolerance)) {
      ClusterSums sums = clustering.step(state.centres());
      state.stepped(sums.cost(), sums.means(state.centres()));
      file.write(state::write);
      run.advance(state.costs().size(), iterations, () -> Words.of("cost %.6g", sums.cost()));
    }
    return null;
  }

  /** Writes where each point belongs, and sums the points themselves. */
  private static ClusterSums assign(
      Run run, PointBlocks points, Broadcast<Metric> metric, PointMetric of, ClusterState state) {
    Table out =
        run.table(
            "clusters",
            TableSchema.empty()
                .with("id", RowNames.kind(points.namedInWords()))
                .with("cluster", Kind.LONG)
                .with("distance", Kind.DOUBLE));
    Broadcast<Centres> centres = run.context().broadcast(new Centres(state.centres()));
    double[] centre = of.metric().apply(of.mean());
    try {
      return BlockMerge.merge(
          points
              .blocks()
              .mapToPair(
                  block ->
                      new Tuple2<>(
                          block.number(),
                          assigned(block, metric.value(), centre, centres.value(), out))),
          points.count(),
          ClusterSums::merge);
    } finally {
      centres.destroy();
    }
  }

  private static ClusterSums assigned(
      PointBlock block, Metric metric, double[] centre, Centres centres, Table out) {
    Clustering.Assigned assigned =
        Clustering.Assigned.of(Clustering.centred(block, metric, centre), centres);
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < block.rows(); i++) {
      rows.add(
          new Object[] {
            block.names().get(i), assigned.which()[i], Math.sqrt(assigned.squares()[i])
          });
    }
    out.write(block.number(), rows.iterator());
    return ClusterSums.of(block.points(), assigned.which(), assigned.squares(), centres.count());
  }

  private Plan plan(Run run, NumericTable table) {
    Plan plan = new Plan();
    long rows = table.numRows();
    double d = table.numFeatures();
    int images = input.source().rows(run.spark(), table.numFeatures());
    double k = images;
    plan.say(
        Words.of(
            "%,d points of %,d features, %,d clusters, at most %,d steps; metric %s",
            rows, table.numFeatures(), clusters, iterations, input.source()));
    plan.say(
        Words.of(
            "a step is one pass of %.3g flops; images take %s on the executors",
            2.0 * rows * k * clusters, Plan.bytes(8 * k * rows)));
    AdePlan.metricNeeds(plan, input.source(), rows, table.numFeatures(), images);
    plan.needs(
        "candidates for centers, and the sums of a step, on the driver",
        8 * k * clusters * 40 + 16 * Math.max(k, d) * 10 * clusters,
        Memory.driver(),
        "Ask for fewer --clusters, or give the driver more memory.");
    return AdePlan.taskNeeds(
        plan,
        run.context(),
        PointBlock.ROWS * (16 * d + 8 * k + 8.0 * 11 * clusters)
            + 8 * Math.max(k, d) * clusters * 24
            + PointBlocks.partBytes(rows, d));
  }

  /** Columns of a matrix. */
  static double[] column(Matrix matrix, int j) {
    int m = matrix.rows();
    return Arrays.copyOfRange(matrix.values(), j * m, (j + 1) * m);
  }
}
