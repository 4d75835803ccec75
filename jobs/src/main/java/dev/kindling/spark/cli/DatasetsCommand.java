package dev.kindling.spark.cli;

import dev.kindling.data.BuiltinSet;
import dev.kindling.data.BuiltinSets;
import dev.kindling.spark.gntk.ConvertJob;
import dev.kindling.spark.gntk.MakeJob;
import dev.kindling.spark.job.CommandGroup;
import dev.kindling.spark.job.ExitCode;
import dev.kindling.spark.job.HelpOption;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What is built in, and what some data holds. */
@Command(
    name = "datasets",
    description =
        "The built-in sets, what a table or a set of graphs holds, graphs as Parquet, sets to fetch and to make.",
    subcommands = {
      DatasetsCommand.ListSets.class,
      DescribeCommand.class,
      ConvertJob.class,
      GetCommand.class,
      MakeJob.class
    },
    footer = {"", "Example: submit/kindling datasets list"})
final class DatasetsCommand extends CommandGroup {

  @Command(
      name = "list",
      description = "Names, sizes, licences and sources of the built-in sets.",
      footer = {"", "Example: submit/kindling datasets list"})
  static final class ListSets implements Callable<Integer> {
    @Mixin HelpOption help;

    @Override
    public Integer call() {
      List<BuiltinSet> sets = BuiltinSets.all();
      System.out.printf(Locale.ROOT, "%-10s %-7s %6s  %s%n", "name", "kind", "size", "what");
      for (BuiltinSet set : sets) {
        System.out.printf(
            Locale.ROOT,
            "%-10s %-7s %,6d  %s%n",
            set.name(),
            set.kind(),
            set.size(),
            set.description());
        System.out.printf(Locale.ROOT, "%-26s%s; %s%n", "", set.licence(), set.source());
      }
      return ExitCode.DONE;
    }
  }
}
