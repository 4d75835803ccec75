package dev.kindling.spark.pipeline;

import dev.kindling.spark.job.CommandGroup;
import picocli.CommandLine.Command;

/** Several jobs in a row, out of a file. */
@Command(
    name = "pipeline",
    description = "Several jobs in a row, out of a YAML file; what is done already is skipped.",
    subcommands = {RunCommand.class, HistoryCommand.class},
    footer = {"", "Example: submit/kindling pipeline run submit/examples/molecules.yaml"})
public final class PipelineCommand extends CommandGroup {}
