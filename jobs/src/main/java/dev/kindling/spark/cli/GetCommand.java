package dev.kindling.spark.cli;

import dev.kindling.BadInput;
import dev.kindling.Words;
import dev.kindling.data.fetch.TuCollection;
import dev.kindling.spark.job.ExitCode;
import dev.kindling.spark.job.HelpOption;
import dev.kindling.spark.job.JobFailure;
import dev.kindling.spark.job.Screen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Fetches a set of graphs from the TU collection. */
@Command(
    name = "get",
    sortOptions = false,
    abbreviateSynopsis = true,
    description =
        "Fetches a set of the TU collection into a folder that --input takes. Needs a network; a broken download goes on where it ended.",
    footer = {
      "",
      "Example: submit/kindling datasets get MUTAG --output graphs/MUTAG",
      "         submit/kindling gntk --input graphs/MUTAG",
    })
final class GetCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "NAME",
      description = "The set, as the collection calls it: MUTAG, NCI1, …")
  String name;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "Local folder for the set. Default: ./NAME.")
  String output;

  @Option(names = "--overwrite", description = "Replace the folder when the set is there.")
  boolean overwrite;

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = TuCollection.HOME,
      description = "Where NAME.zip is. Default: ${DEFAULT-VALUE}.")
  String url;

  @Option(
      names = "--sha256",
      paramLabel = "HEX",
      description = "Refuse an archive with another SHA-256. Without it the SHA-256 is only shown.")
  String sha256;

  @Option(names = "-v", description = "More: a stack trace with an error.")
  boolean verbose;

  @Mixin HelpOption help;

  @Override
  public Integer call() {
    if (sha256 != null && !sha256.matches("[0-9A-Fa-f]{64}")) {
      throw new BadInput("--sha256 " + sha256 + ": should be 64 hexadecimal digits");
    }
    TuCollection collection = new TuCollection(url);
    Path folder = Path.of(output == null ? name : output);
    if (Files.exists(folder) && !overwrite) {
      throw new BadInput(folder + " exists; give --overwrite to replace it, or another --output");
    }
    try {
      TuCollection.Fetched fetched = collection.get(name, folder, sha256);
      Screen.line(System.out, Words.of("%s, %,d bytes", fetched.source(), fetched.bytes()));
      Screen.line(System.out, "sha256 " + fetched.sha256());
      Screen.line(System.out, "folder " + folder + "; --input reads it");
      return ExitCode.DONE;
    } catch (IOException e) {
      throw new JobFailure(e.getMessage(), e);
    }
  }
}
