package dev.kindling.spark.cli;

import dev.kindling.BadInput;
import dev.kindling.spark.gntk.GraphInput;
import dev.kindling.spark.job.Job;
import dev.kindling.spark.job.KindlingSystem;
import dev.kindling.spark.job.ModelFiles;
import dev.kindling.spark.job.PredictInput;
import dev.kindling.spark.job.Prediction;
import dev.kindling.spark.job.Run;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Scores new rows by the model of an earlier run, whichever job made it. */
@Command(
    name = "predict",
    sortOptions = false,
    abbreviateSynopsis = true,
    description = "Scores new rows by the model of an earlier run.",
    footer = {
      "",
      "Example: fit on the built-in molecules, then score them",
      "  submit/kindling gntk --data bzr --blocks 3 --output kindling-runs/bzr",
      "  submit/kindling predict --model kindling-runs/bzr/model --data bzr",
    })
public final class PredictJob extends Job {
  @Option(
      names = "--model",
      paramLabel = "DIR",
      required = true,
      description = "The model folder of a run directory.")
  String model;

  @Mixin PredictInput input;

  @Override
  protected void check() {
    input.check();
  }

  @Override
  protected String input() {
    return input.shown();
  }

  @Override
  protected List<String> reads() {
    List<String> reads = new ArrayList<>(GraphInput.of(input).reads());
    reads.add(model);
    return reads;
  }

  @Override
  protected void run(Run run) {
    kind(run).run(run, model, input);
  }

  private Prediction kind(Run run) {
    try {
      Path metadata = new Path(model, "metadata");
      if (!metadata.getFileSystem(run.hadoop()).exists(metadata)) {
        throw BadInput.of(
            "--model %s: no model; give the folder model of a run directory that has one", model);
      }
    } catch (IOException e) {
      throw new BadInput("--model " + model + ": cannot be read: " + e.getMessage(), e);
    }
    return Prediction.read(
        () -> {
          String kind = ModelFiles.metadata(model, run.spark(), "", "a run of ours").className();
          return Systems.ALL.stream()
              .map(KindlingSystem::prediction)
              .filter(k -> k.takes(kind))
              .findFirst()
              .orElseThrow(
                  () -> new BadInput(model + ": a model of class " + kind + ", not of Kindling"));
        });
  }
}
