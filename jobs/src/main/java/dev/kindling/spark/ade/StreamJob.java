package dev.kindling.spark.ade;

import dev.kindling.BadInput;
import dev.kindling.Words;
import dev.kindling.data.InputPath;
import dev.kindling.spark.ade.StreamIdentity.Place;
import dev.kindling.spark.job.Job;
import dev.kindling.spark.job.Memory;
import dev.kindling.spark.job.Plan;
import dev.kindling.spark.job.Run;
import dev.kindling.spark.setting.Setting;
import dev.kindling.spark.setting.SettingOptions;
import dev.kindling.spark.setting.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.streaming.Trigger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Changes an index by what comes, and answers queries that come, each line exactly once. */
@Command(
    name = "stream",
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Keeps an index up to date from folders or topics to which lines come, and answers the queries among them, each exactly once.",
      "Stopped or killed, the same command goes on where it was; --resume is not needed."
    },
    footer = {
      "",
      "Example: what lies in two folders now; without --until-done also what will come",
      "  submit/kindling ade build --data digits --output digits-index",
      "  submit/kindling ade stream --index digits-index --point-updates changed --queries asked --k 5 --until-done",
    })
final class StreamJob extends Job {
  private static final Pattern SPAN = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

  /** Of the driver's memory, for the lines of a micro-batch; the rest for what is made of them. */
  private static final double SHARE = 0.25;

  @Option(
      names = "--index",
      paramLabel = "INDEX",
      required = true,
      description = "The --output of ade build.")
  String index;

  @Mixin StreamSources sources;

  @Mixin SettingOptions learning = LearnSettings.OF_STREAMS.options();

  @Mixin SettingOptions near = SearchSettings.NEAR.options();

  @Option(
      names = "--answers",
      paramLabel = "DIR",
      description =
          "Parquet files with query, rank, id, distance and epoch, some a micro-batch. Default: INDEX/answers.")
  String answers;

  @Option(
      names = "--rejected",
      paramLabel = "DIR",
      description =
          "Parquet files with lines that cannot be used, and why. Default: rejected, beside --answers.")
  String rejected;

  @Option(
      names = "--checkpoint",
      paramLabel = "DIR",
      description = "What says how far the stream has come. Default: INDEX/stream.")
  String checkpoint;

  @Option(
      names = "--until-done",
      description = "End when everything is done that is there now. Default: go on until stopped.")
  boolean untilDone;

  @Option(
      names = "--every",
      paramLabel = "TIME",
      description =
          "Begin a micro-batch so often, as 500ms, 5s, 10m or 1h. Default: when there are lines and the one before is done.")
  String every;

  @Option(
      names = "--strict",
      description =
          "End at the first line that cannot be used, with nothing of its micro-batch applied.")
  boolean strict;

  private Optional<OnlineSettings> online;
  private NearOptions search;

  @Override
  protected void check() {
    sources.check();
    online = OnlineSettings.ofStream(learning.values(), sources.constraints != null);
    search = NearOptions.of(near.values());
    for (Setting<?> setting : SearchSettings.NEAR.all()) {
      if (sources.queries == null && near.values().isGiven(setting)) {
        throw near.values().bad(setting, "give --queries URI, which it is for");
      }
    }
    if (every != null && untilDone) {
      throw new BadInput("--every " + every + ": not with --until-done, which does not wait");
    }
    trigger();
  }

  /** Null where nothing is learned. */
  private Learner learner() {
    return online.map(OnlineSettings::learner).orElse(null);
  }

  private Trigger trigger() {
    if (untilDone) {
      return Trigger.AvailableNow();
    }
    if (every == null) {
      return Trigger.ProcessingTime(0);
    }
    Matcher span = SPAN.matcher(every);
    if (!span.matches()) {
      throw new BadInput("--every " + every + ": should be a time like 500ms, 5s, 10m or 1h");
    }
    long unit =
        switch (span.group(2)) {
          case "ms" -> 1;
          case "s" -> 1000;
          case "m" -> 60_000;
          default -> 3_600_000;
        };
    return Trigger.ProcessingTime(unit * Long.parseLong(span.group(1)));
  }

  @Override
  protected String input() {
    return index;
  }

  @Override
  protected List<String> reads() {
    List<String> reads = new ArrayList<>(List.of(index));
    reads.addAll(sources.reads());
    return reads;
  }

  private Path below(String given, Path folder, String name) {
    return given == null ? new Path(folder, name) : new Path(given);
  }

  @Override
  protected String goesOn(String output) {
    return "the same command goes on where it was, with another --output or with --overwrite";
  }

  @Override
  protected void run(Run run) {
    IndexFolder folder = IndexFolder.in(new Path(index), run.hadoop());
    IndexManifest begin = run.stage("open", folder::newest, m -> "epoch " + m.epoch());
    List<String> words = sources.words(run.hadoop());
    Path answersIn = below(answers, new Path(index), "answers");
    Path rejectedIn = below(rejected, answersIn.getParent(), "rejected");
    Path state = below(checkpoint, new Path(index), "stream");
    StreamIdentity identity =
        StreamIdentity.of(
            Place.of("--checkpoint", state),
            words,
            List.of(Place.of("--answers", answersIn), Place.of("--rejected", rejectedIn)),
            run.hadoop());
    run.input(identity.name() + " " + begin.source());
    double most = SHARE * Memory.driver();
    run.explain(plan(run, folder, begin, most));
    identity.keep(run.hadoop());
    StreamTotals totals = new StreamTotals(begin);
    StreamParser parser = new StreamParser(begin.dimension(), begin.namedInWords(), learner());
    StreamChanges changes =
        new StreamChanges(
            run.context(),
            folder,
            identity.name(),
            online.orElse(null),
            new StreamRejects(rejectedIn, strict, run.hadoop()));
    try (StreamAnswers asked =
        new StreamAnswers(
            run.context(),
            folder,
            answersIn,
            new Path(state, "asked"),
            search.question(false),
            run.hadoop())) {
      new StreamLoop(run, parser, changes, asked, totals, most)
          .run(sources.read(run.spark()), new Path(state, "spark"), trigger());
    }
    run.outcome(totals.outcome(InputPath.show(answersIn), InputPath.show(rejectedIn)));
    run.report(totals::page);
  }

  private Plan plan(Run run, IndexFolder folder, IndexManifest begin, double most) {
    int d = begin.dimension();
    Plan plan =
        sources.queries == null
            ? new Plan()
            : new AdePlan(
                    begin.points(),
                    d,
                    folder.metricRows(begin),
                    0,
                    begin.metricWords(),
                    begin.isDiagonal())
                .plan(run.context(), SearchOptions.of(Settings.none()), false);
    plan.say(
        Words.of(
            "epoch %,d: %,d points of %,d features; sources %s",
            begin.epoch(),
            begin.points(),
            d,
            String.join(", ", sources.given().keySet().stream().map(StreamKind::word).toList())));
    plan.say(
        Words.of(
            "lines of a micro-batch on the driver: at most %s, some %s each",
            Plan.bytes(most), Plan.bytes(8.0 * d + 700)));
    double matrices = learner() == Learner.pola ? 10 : 6;
    plan.needs(
        "the metric and its changes, on the driver",
        8 * matrices * d * d,
        Memory.driver() * (1 - 2 * SHARE),
        "Give more with --conf spark.driver.memory=…");
    if (learner() == Learner.itml) {
      plan.say(Words.of("itml keeps the slack of the last %,d pairs", StreamLearner.PAIRS));
    }
    return plan;
  }
}
