package dev.kindling.spark.ade;

import dev.kindling.BadInput;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The word before what is done with metrics. */
@Command(
    name = "ade",
    description = "Mahalanobis distances.",
    subcommands = LearnJob.class,
    footer = {"", "Example: submit/kindling ade learn --data digits --learner nca --rank 10"})
public final class AdeCommand implements Callable<Integer> {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this text and stop.")
  boolean help;

  @Override
  public Integer call() {
    throw new BadInput("ade what? see kindling ade --help");
  }
}
