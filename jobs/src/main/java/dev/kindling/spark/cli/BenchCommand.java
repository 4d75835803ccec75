package dev.kindling.spark.cli;

import dev.kindling.BadInput;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The jobs beside their peers. */
@Command(
    name = "bench",
    description = "A job beside its peers, in turn in one run.",
    footer = {"", "Example: submit/kindling bench gntk --case bzr"})
final class BenchCommand implements Callable<Integer> {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this text and stop.")
  boolean help;

  @Override
  public Integer call() {
    throw new BadInput("bench what? see kindling bench --help");
  }
}
