package dev.kindling.spark.cli;

import dev.kindling.BadInput;
import dev.kindling.data.BuiltinGraphs;
import dev.kindling.data.BuiltinSets;
import dev.kindling.data.graph.GraphOptions;
import dev.kindling.data.graph.GraphSet;
import dev.kindling.data.graph.GraphSets;
import dev.kindling.spark.job.ExitCode;
import dev.kindling.spark.job.HelpOption;
import dev.kindling.spark.job.Screen;
import dev.kindling.spark.job.Sessions;
import dev.kindling.spark.job.TableInput;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a table or a set of graphs holds, read the way every job reads it. */
@Command(
    name = "describe",
    description =
        "What a numeric table or a set of graphs holds. Reads and checks all of it, as every job does.",
    footer = {
      "",
      "Example: submit/kindling datasets describe --data digits",
      "         submit/kindling datasets describe --input points.csv --label-column last",
      "         submit/kindling datasets describe --input molecules.sdf --target-column ACTIVITY",
    })
final class DescribeCommand implements Callable<Integer> {
  @Mixin TableInput input;

  @Option(
      names = "--skip-bad",
      description = "Leave broken records of SDF and SMILES out, and count them.")
  boolean skipBad;

  @Option(names = "-v", description = "More: warnings, and a stack trace with an error.")
  boolean verbose;

  @Mixin HelpOption help;

  @Override
  public Integer call() {
    input.check();
    boolean own = !Sessions.isRunning();
    SparkSession spark = Sessions.start("datasets describe");
    try {
      describe(spark).forEach(line -> Screen.line(System.out, line));
      return ExitCode.DONE;
    } finally {
      if (own) {
        spark.stop();
      }
    }
  }

  private List<String> describe(SparkSession spark) {
    boolean graphs =
        input.builtin() == null
            ? GraphSets.isSet(spark, input.uri())
            : BuiltinSets.find(input.builtin()) instanceof BuiltinGraphs;
    if (skipBad && (!graphs || input.builtin() != null)) {
      throw new BadInput("--skip-bad is for SDF and SMILES; leave it out");
    }
    if (!graphs) {
      return new TableDescription(input.read(spark)).lines();
    }
    if (input.tableOption() != null) {
      throw BadInput.of(
          "%s is for tables, and %s is a set of graphs; leave it out",
          input.tableOption(), input.builtin() == null ? input.uri() : input.builtin());
    }
    if (input.labelColumn() != null && input.targetColumn() != null) {
      throw new BadInput(
          "--label-column and --target-column are both given; a graph has one, leave one out");
    }
    String label = input.labelColumn() == null ? input.targetColumn() : input.labelColumn();
    try (GraphSet set =
        input.builtin() == null
            ? GraphSets.read(
                spark, input.uri(), GraphOptions.defaults().labelColumn(label).skipBad(skipBad))
            : GraphSets.builtin(spark, input.builtin())) {
      return GraphDescription.lines(set);
    }
  }
}
