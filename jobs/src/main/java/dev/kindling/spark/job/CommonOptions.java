package dev.kindling.spark.job;

import dev.kindling.BadInput;
import dev.kindling.linalg.Blas;
import dev.kindling.spark.setting.Setting;
import dev.kindling.spark.setting.SettingGroup;
import dev.kindling.spark.setting.SettingOptions;
import dev.kindling.spark.setting.Settings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every job that writes a run directory. */
public final class CommonOptions {
  /** Result tables in another format. */
  public enum Export {
    csv
  }

  /** What random numbers come from. */
  public static final Setting<Long> SEED =
      Setting.wholeLong("--seed", "seed", "N")
          .or(42L)
          .describedAs("Same seed, input and options: same bytes.");

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description =
          "Run directory, on any Hadoop file system. Default: ./kindling-runs/<job>-<UTC time>.")
  String output;

  @Option(names = "--resume", description = "Go on with an unfinished run in --output.")
  boolean resume;

  @Option(names = "--overwrite", description = "Replace the run in --output when this one is done.")
  boolean overwrite;

  @Mixin SettingOptions shared = SettingGroup.of(SEED).options();

  @Option(
      names = "--export",
      paramLabel = "csv",
      description = "Write every result table also as one CSV file under DIR/csv.")
  Export export;

  @Option(
      names = "--plan",
      description = "Print what would run, its memory and its cost, and stop.")
  boolean plan;

  @Option(
      names = "--blas",
      paramLabel = "auto|native|vector|java",
      defaultValue = "auto",
      description = "Which BLAS to load. Default: ${DEFAULT-VALUE}, the first that loads.")
  Blas.Mode blas;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Options from a properties or HOCON file. Command line > spark.kindling.* > file > default.")
  String config;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      description =
          "Give up when nothing has moved for so long: no task, no processor time, no byte. Default: wait as long as the scheduler allows, and report each minute what for.")
  Long patience;

  @Option(
      names = "--log",
      paramLabel = "text|json",
      defaultValue = "text",
      description =
          "How lines on stderr look; json: an object a line, with job, run and stage. Default: ${DEFAULT-VALUE}.")
  Logging.Format log;

  @Option(
      names = "--prometheus",
      paramLabel = "FILE",
      description =
          "Write the run's figures to a local file as Prometheus reads them, done or failed.")
  String prometheus;

  @Option(names = "-v", description = "More: warnings, and a stack trace with an error.")
  boolean verbose;

  @Option(names = "-q", description = "Less: no progress.")
  boolean quiet;

  /** The run directory that was asked for, or null. */
  public String output() {
    return output;
  }

  public boolean overwrite() {
    return overwrite;
  }

  public boolean plan() {
    return plan;
  }

  public boolean quiet() {
    return quiet;
  }

  /**
   * @throws BadInput naming the option and its value
   */
  void check() {
    if (patience != null && patience < 1) {
      throw new BadInput("--patience " + patience + ": should be at least 1 second");
    }
    if (prometheus != null) {
      PrometheusText.check(prometheus);
    }
  }

  public long seed() {
    return settings().get(SEED);
  }

  /** Those that systems share. */
  public Settings settings() {
    return shared.values();
  }

  public boolean exportsCsv() {
    return export == Export.csv;
  }
}
