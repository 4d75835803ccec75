package dev.kindling.spark.cli;

import dev.kindling.spark.job.CommandGroup;
import picocli.CommandLine.Command;

/** The jobs beside their peers. */
@Command(
    name = "bench",
    description = "A job beside its peers, in turn in one run.",
    footer = {"", "Example: submit/kindling bench gntk --case bzr"})
final class BenchCommand extends CommandGroup {}
