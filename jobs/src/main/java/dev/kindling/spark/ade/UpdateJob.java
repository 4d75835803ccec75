package dev.kindling.spark.ade;

import dev.kindling.BadInput;
import dev.kindling.Words;
import dev.kindling.data.table.NumericTable;
import dev.kindling.spark.job.CsvOptions;
import dev.kindling.spark.job.Job;
import dev.kindling.spark.job.Memory;
import dev.kindling.spark.job.Outcome;
import dev.kindling.spark.job.Plan;
import dev.kindling.spark.job.Run;
import dev.kindling.spark.job.TableInput;
import dev.kindling.spark.report.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Changes an index: a new epoch, all at once or not at all. */
@Command(
    name = "update",
    sortOptions = false,
    abbreviateSynopsis = true,
    description =
        "Changes the metric and the points of an index without building it anew: a new epoch, all at once or not at all. The epoch before stays readable.",
    footer = {
      "",
      "Example: lines id,x_0,… of points that change or come",
      "  submit/kindling ade build --data digits --output digits-index",
      "  submit/kindling ade update --index digits-index --point-updates changed.csv",
    })
final class UpdateJob extends Job {
  @Option(
      names = "--index",
      paramLabel = "INDEX",
      required = true,
      description = "The --output of ade build.")
  String index;

  @Option(
      names = "--metric-updates",
      paramLabel = "URI",
      description = "Lines a,u_0,…: row a of U, from 0, and what is added to it.")
  String metricUpdates;

  @Option(
      names = "--point-updates",
      paramLabel = "URI",
      description =
          "Lines id,x_0,…: points that change, or come if their id is new; the last line of an id wins.")
  String pointUpdates;

  @Option(
      names = "--point-deletes",
      paramLabel = "URI",
      description = "Lines with an id each: points that go.")
  String pointDeletes;

  @Mixin CsvOptions csv;

  @Override
  protected void check() {
    csv.dialect();
    if (files().isEmpty()) {
      throw new BadInput("no change: give --metric-updates, --point-updates or --point-deletes");
    }
  }

  private List<String> files() {
    return Stream.of(metricUpdates, pointUpdates, pointDeletes)
        .filter(file -> file != null)
        .toList();
  }

  @Override
  protected String input() {
    return index;
  }

  @Override
  protected List<String> reads() {
    List<String> reads = new ArrayList<>(List.of(index));
    reads.addAll(files());
    return reads;
  }

  @Override
  protected void run(Run run) {
    IndexFolder folder = IndexFolder.in(new Path(index), run.hadoop());
    IndexManifest before = run.stage("open", folder::newest, m -> "epoch " + m.epoch());
    NumericTable metrics =
        metricUpdates == null
            ? null
            : run.stage(
                "metric updates",
                () ->
                    MetricChanges.open(
                        run.spark(), metricUpdates, before.dimension(), csv.dialect()),
                TableInput::size);
    NumericTable points =
        pointUpdates == null
            ? null
            : run.stage(
                "point updates",
                () -> PointChanges.open(run.spark(), pointUpdates, before, csv.dialect()),
                TableInput::size);
    IdFile gone =
        pointDeletes == null ? null : IdFile.read("--point-deletes", pointDeletes, run.hadoop());
    run.input(
        String.join(
            " ",
            before.source(),
            metrics == null ? "-" : metrics.fingerprint(),
            points == null ? "-" : points.fingerprint(),
            gone == null ? "-" : gone.fingerprint()));
    run.explain(plan(before, metrics, points, gone));
    String name = UpdateName.of(run);
    if (before.updates().contains(name)) {
      run.say("epoch " + before.epoch() + " holds this update already; nothing is applied twice");
      finish(run, before, "applied before the run was resumed");
      return;
    }
    ChangedSegments changed =
        run.stage("points", () -> changed(run, folder, before, points, gone, name));
    String factor =
        metrics == null
            ? before.factor()
            : run.stage(
                "metric",
                () -> {
                  String file = IndexSegments.name(before.epoch() + 1, name, 0);
                  folder.write(file, MetricChanges.applied(metrics, folder.metric(before)));
                  return file;
                });
    IndexManifest after = before.next(name, factor, changed.segments());
    if (after.segments().isEmpty()) {
      throw new BadInput("--point-deletes: no point would be left; build an index anew");
    }
    run.stage(
        "commit",
        () -> {
          folder.commit(after);
          folder.sweep();
        });
    finish(run, after, words(changed, metrics));
  }

  private static ChangedSegments changed(
      Run run,
      IndexFolder folder,
      IndexManifest before,
      NumericTable points,
      IdFile gone,
      String name) {
    PointChanges changes =
        PointChanges.of(points, gone == null ? Set.of() : gone.ids(before.namedInWords()), before);
    return changes.isEmpty()
        ? ChangedSegments.none(before)
        : ChangedSegments.write(
            run.context(), IndexSegments.of(folder, before), before, changes, name);
  }

  private static String words(ChangedSegments changed, NumericTable metrics) {
    return Words.of(
        "%,d points changed, %,d came, %,d went; %,d changes of the metric",
        changed.changed(),
        changed.inserted(),
        changed.deleted(),
        metrics == null ? 0 : metrics.numRows());
  }

  private static Plan plan(
      IndexManifest before, NumericTable metrics, NumericTable points, IdFile gone) {
    int d = before.dimension();
    Plan plan =
        new Plan()
            .say(
                Words.of(
                    "epoch %,d: %,d points of %,d features; %,d lines for the metric, %,d for points",
                    before.epoch(),
                    before.points(),
                    d,
                    metrics == null ? 0 : metrics.numRows(),
                    points == null ? 0 : points.numRows()));
    plan.needs(
        "the metric twice, and the points that change, on the driver",
        16.0 * d * d
            + (points == null ? 0 : points.numRows() * (16.0 * d + 200))
            + (gone == null ? 0 : 60.0 * gone.content().length),
        Memory.driver(),
        "Give the driver more memory, or cut --point-updates into several updates.");
    return plan;
  }

  private static void finish(Run run, IndexManifest now, String what) {
    run.outcome(
        Outcome.of("epoch " + now.epoch() + ": " + what)
            .count("epoch", now.epoch())
            .count("points", now.points()));
    run.report(() -> Report.titled("Update of the index of " + now.source()));
  }
}
