package dev.kindling.spark.job;

import picocli.CommandLine.Option;

/** What every command has. */
public final class HelpOption {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this text and stop.")
  boolean help;
}
