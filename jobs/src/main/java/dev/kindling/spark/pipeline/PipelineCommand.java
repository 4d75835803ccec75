package dev.kindling.spark.pipeline;

import dev.kindling.BadInput;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Several jobs in a row, out of a file. */
@Command(
    name = "pipeline",
    description = "Several jobs in a row, out of a YAML file; what is done already is skipped.",
    subcommands = {RunCommand.class, HistoryCommand.class},
    footer = {"", "Example: submit/kindling pipeline run submit/examples/molecules.yaml"})
public final class PipelineCommand implements Callable<Integer> {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this text and stop.")
  boolean help;

  @Override
  public Integer call() {
    throw new BadInput("pipeline what? run or history; see kindling pipeline --help");
  }
}
