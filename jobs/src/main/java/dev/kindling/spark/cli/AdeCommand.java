package dev.kindling.spark.cli;

import dev.kindling.BadInput;
import dev.kindling.spark.ade.AuditJob;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The jobs on distances. */
@Command(
    name = "ade",
    description = "Mahalanobis distances by sketches that stand when their answers are seen.",
    subcommands = AuditJob.class,
    footer = {"", "Example: submit/kindling ade audit"})
final class AdeCommand implements Callable<Integer> {
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
