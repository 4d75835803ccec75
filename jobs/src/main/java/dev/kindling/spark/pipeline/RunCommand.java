package dev.kindling.spark.pipeline;

import dev.kindling.BadInput;
import dev.kindling.DidYouMean;
import dev.kindling.spark.job.Errand;
import dev.kindling.spark.job.ExitCode;
import dev.kindling.spark.job.Job;
import dev.kindling.spark.job.JobFailure;
import dev.kindling.spark.job.Plan;
import dev.kindling.spark.job.Run;
import dev.kindling.spark.job.Screen;
import dev.kindling.spark.job.Sessions;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the stages of a pipeline that are not done yet. */
@Command(
    name = "run",
    sortOptions = false,
    abbreviateSynopsis = true,
    description =
        "Runs the stages of a pipeline that are not done yet. The last line of stdout is one JSON object.",
    footer = {"", "Example: submit/kindling pipeline run submit/examples/molecules.yaml"})
public final class RunCommand extends Job {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Supplier<CommandLine> commands;

  @Mixin PipelineFile file;

  @Option(
      names = "--from",
      paramLabel = "STAGE",
      description = "Run this stage and all later ones, done or not.")
  String from;

  @Option(
      names = "--only",
      paramLabel = "STAGE",
      description = "Run this stage, done or not, and no other.")
  String only;

  private PipelineRun pipeline;

  /**
   * @param commands makes a fresh command line with all jobs, as the user's own is made
   */
  public RunCommand(Supplier<CommandLine> commands) {
    this.commands = commands;
  }

  @Override
  public String name() {
    return "pipeline";
  }

  @Override
  protected boolean startsSpark() {
    return false;
  }

  @Override
  protected void check() {
    if (from != null && only != null) {
      throw new BadInput("--from and --only are both given; leave one out");
    }
  }

  @Override
  protected String input() {
    return file.file;
  }

  @Override
  protected List<String> reads() {
    return List.of(file.file);
  }

  @Override
  public Integer call() {
    check();
    PipelineText text = file.read();
    Map<String, String> variables = file.variables(text, LocalDate.now(ZoneOffset.UTC));
    List<Stage> stages = bind(text, variables);
    Configuration conf = Sessions.hadoop();
    String run = STAMP.format(Instant.now());
    String output = output(variables.get("home") + "/history/" + run, conf);
    try (SharedSpark spark = new SharedSpark(text.name())) {
      ContentHash content = new ContentHash(conf, spark::context);
      Map<String, StageFingerprint> prints = StageFingerprint.of(stages, content::of);
      Supplier<List<Decision>> decisions = () -> Decision.of(stages, prints, from, only, conf);
      List<Decision> now = decisions.get();
      if (only != null) {
        Decision.requireInputs(now, only);
      }
      if (common().plan()) {
        now.forEach(decision -> Screen.line(System.out, decision.line()));
        return ExitCode.DONE;
      }
      Path home = new Path(variables.get("home"));
      pipeline = new PipelineRun(text.name(), run, home, spark, decisions, conf);
      return pipeline.execute(() -> run(new Errand(System.err, output, run, Map.of())));
    }
  }

  private List<Stage> bind(PipelineText text, Map<String, String> variables) {
    List<String> names = text.stages().stream().map(StageText::name).toList();
    checkStage("--from", from, names);
    checkStage("--only", only, names);
    List<String> more = new ArrayList<>();
    more.add("--seed=" + common().seed());
    if (common().quiet()) {
      more.add("-q");
    }
    Binder binder = new Binder(commands, variables, names, more);
    return text.stages().stream().map(binder::bind).toList();
  }

  private static void checkStage(String option, String name, List<String> names) {
    if (name != null && !names.contains(name)) {
      String near =
          DidYouMean.of(name, names)
              .map(n -> "; did you mean " + n + "?")
              .orElse("; there are " + String.join(", ", names));
      throw new BadInput(option + " " + name + ": no such stage" + near);
    }
  }

  /** A finished run of the user's own is replaced only if that was asked for. */
  private String output(String byDefault, Configuration conf) {
    if (common().output() == null) {
      return byDefault;
    }
    Path path = new Path(common().output());
    try {
      FileSystem fs = path.getFileSystem(conf);
      if (!common().overwrite() && fs.exists(path)) {
        throw BadInput.of(
            "--output %s exists; give --overwrite to replace it, or another --output", path);
      }
      return common().output();
    } catch (IOException e) {
      throw new BadInput("--output " + path + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Runs the stages inside the pipeline's own run.
   *
   * @throws JobFailure if a stage failed
   */
  @Override
  protected void run(Run run) {
    run.input(pipeline.fingerprint());
    run.explain(new Plan());
    pipeline.stages(run);
  }
}
