package dev.kindling.spark.ade;

import dev.kindling.BadInput;
import dev.kindling.ade.Metric;
import dev.kindling.data.table.NumericTable;
import dev.kindling.spark.job.CsvOptions;
import dev.kindling.spark.job.Job;
import dev.kindling.spark.job.Run;
import dev.kindling.spark.job.TableInput;
import dev.kindling.spark.setting.SettingOptions;
import java.util.List;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Asks an index. */
@Command(
    name = "query",
    sortOptions = false,
    abbreviateSynopsis = true,
    description = "Finds the nearest points of each query in the newest epoch of an index.",
    footer = {
      "",
      "Example: the index of the built-in digits",
      "  submit/kindling ade build --data digits --metric estimate:ledoit-wolf --output digits-index",
      "  submit/kindling ade query --index digits-index --queries new.csv --k 5",
    })
final class QueryJob extends Job {
  @Option(
      names = "--index",
      paramLabel = "INDEX",
      required = true,
      description = "The --output of ade build.")
  String index;

  @Mixin QueryInput queries;

  @Mixin CsvOptions csv;

  @Mixin SettingOptions settings = SearchSettings.SEARCH.options();

  private SearchOptions search;

  @Override
  protected void check() {
    search = SearchOptions.of(settings.values());
    csv.dialect();
    if (queries.uri == null) {
      throw new BadInput("no queries: give --queries URI");
    }
  }

  @Override
  protected String input() {
    return index;
  }

  @Override
  protected List<String> reads() {
    return List.of(index, queries.uri);
  }

  @Override
  protected void run(Run run) {
    IndexFolder folder = IndexFolder.in(new Path(index), run.hadoop());
    IndexManifest manifest = run.stage("open", folder::newest, m -> "epoch " + m.epoch());
    NumericTable asked =
        run.stage(
            "queries",
            () ->
                queries.read(
                    run.spark(), manifest.dimension(), csv.dialect(), manifest.features(), null),
            TableInput::size);
    run.input(manifest.source() + " " + manifest.state() + " " + asked.fingerprint());
    String metricWords =
        manifest.metricWords() + (manifest.epoch() == 1 ? "" : ", epoch " + manifest.epoch());
    run.explain(
        new AdePlan(
                manifest.points(),
                manifest.dimension(),
                folder.metricRows(manifest),
                asked.numRows(),
                metricWords,
                manifest.isDiagonal())
            .plan(run.context(), search, common().plan()));
    run.metric("epoch", manifest.epoch());
    Metric metric = run.stage("metric", () -> folder.metric(manifest));
    PointBlocks points =
        PointBlocks.of(run.context(), IndexSegments.of(folder, manifest), manifest);
    Search.run(
        run,
        new Search(
            manifest.source(),
            metricWords,
            new PointMetric(metric, manifest.origin()),
            points,
            PointBlocks.of(asked, run.context().defaultParallelism()),
            search,
            false,
            false,
            null));
  }
}
