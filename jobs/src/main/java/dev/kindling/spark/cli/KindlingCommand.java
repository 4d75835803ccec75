package dev.kindling.spark.cli;

import dev.kindling.BadInput;
import dev.kindling.spark.job.HelpOption;
import dev.kindling.spark.job.Version;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The words before a job. */
@Command(
    name = "kindling",
    description = "Spark jobs for graph kernels, adaptive distances, attention and training.",
    synopsisSubcommandLabel = "<job>",
    commandListHeading = "%nJobs:%n",
    versionProvider = KindlingCommand.Versions.class,
    footer = {
      "",
      "Launcher options: --master URL (default local[*]), --conf k=v, and everything else of spark-submit after --spark.",
      "",
      "Example: submit/kindling gntk --data bzr",
    })
final class KindlingCommand implements Callable<Integer> {
  @Mixin HelpOption help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version and stop.")
  boolean version;

  /** Of the build. */
  static final class Versions implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"kindling " + Version.text()};
    }
  }

  @Override
  public Integer call() {
    throw new BadInput("which job? see kindling --help");
  }
}
