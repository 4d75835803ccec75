package dev.kindling.spark.train;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.kindling.BadInput;
import dev.kindling.Words;
import dev.kindling.data.table.NumericTable;
import dev.kindling.nn.Diverged;
import dev.kindling.nn.LossSum;
import dev.kindling.nn.Perceptron;
import dev.kindling.nn.Training;
import dev.kindling.nn.TrainingStep;
import dev.kindling.optim.ScheduleKind;
import dev.kindling.spark.job.Job;
import dev.kindling.spark.job.JobFailure;
import dev.kindling.spark.job.Run;
import dev.kindling.spark.job.TableInput;
import dev.kindling.spark.setting.SettingOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains a perceptron by mini-batches. */
@Command(
    name = "train",
    sortOptions = false,
    abbreviateSynopsis = true,
    description =
        "Trains a perceptron, for classes or a number, by mini-batches whose learning rate needs no search (RDBD), or by one of its peers.",
    footer = {
      "",
      "Example: the built-in digits, from a learning rate that is 100 times too small",
      "  submit/kindling train --data digits --lr 0.00001 --peers constant",
      "A number, without hidden layers:",
      "  submit/kindling train --input houses.csv --target-column price --hidden 0",
    })
public final class TrainJob extends Job {
  /** What is learnt. */
  enum Task {
    auto,
    classify,
    regress
  }

  /** From here on, classes that are more than half of the rows are taken for measurements. */
  private static final int MOST_CLASSES_GUESSED = 20;

  @Mixin TableInput input;

  @Option(
      names = "--task",
      paramLabel = "auto|classify|regress",
      description = "What to learn. Default: auto, regress where --target-column is given.")
  Task task = Task.auto;

  @Mixin SettingOptions settings = TrainSettings.ALL.options();

  @Option(
      names = "--peers",
      paramLabel = "SCHEDULE,…",
      split = ",",
      description =
          "Train under these schedules as well, with their defaults, from the same weights and --lr, and show all beside each other. Each takes the time of a training. Default: none.")
  List<ScheduleKind> peers = List.of();

  @Option(
      names = "--checkpoint-every",
      paramLabel = "n",
      description =
          "Steps between two checkpoints, from which --resume goes on. Default: ${DEFAULT-VALUE}.")
  long checkpointEvery = 500;

  private FitOptions fit;

  @Override
  protected void check() {
    input.check();
    fit = FitOptions.of(settings.values().and(common().settings()));
    if (checkpointEvery < 1) {
      throw new BadInput("--checkpoint-every " + checkpointEvery + ": must be at least 1");
    }
    checkPeers();
    if (regresses() && fit.classWeights().isPresent()) {
      throw new BadInput("--class-weights: there are no classes where a number is predicted");
    }
    if (task == Task.classify && input.targetColumn() != null) {
      throw new BadInput(
          "--task classify: name the class with --label-column, not --target-column");
    }
    if (regresses() && input.labelColumn() != null) {
      throw new BadInput("--label-column: the number to predict is named by --target-column");
    }
  }

  private void checkPeers() {
    if (!peers.isEmpty() && fit.validation() == 0) {
      throw new BadInput("--peers: are compared on validation rows; give --validation");
    }
    if (Set.copyOf(peers).size() < peers.size() || peers.contains(fit.schedule())) {
      throw new BadInput("--peers " + names(peers) + ": name other schedules, each once");
    }
    for (ScheduleKind peer : peers) {
      try {
        fit.under(peer);
      } catch (BadInput e) {
        throw BadInput.within("--peers " + peer + ": ", e);
      }
    }
  }

  private static String names(List<ScheduleKind> kinds) {
    return String.join(",", kinds.stream().map(ScheduleKind::toString).toList());
  }

  private boolean regresses() {
    return task == Task.regress || (task == Task.auto && input.targetColumn() != null);
  }

  @Override
  protected String input() {
    return input.shown();
  }

  @Override
  protected List<String> reads() {
    List<String> reads = new ArrayList<>(input.reads());
    fit.initialModel().ifPresent(reads::add);
    return reads;
  }

  @Override
  protected void run(Run run) {
    Perceptron warm = fit.initial(run.hadoop()).orElse(null);
    NumericTable table =
        input.read(
            run,
            regresses() ? TableInput.Learns.TARGET : TableInput.Learns.LABEL,
            warm == null ? 0 : warm.architecture().features());
    run.input(table.fingerprint());
    TrainingRows rows = rows(table);
    try (PerceptronFit perceptron = new PerceptronFit(run.context(), rows, fit)) {
      run.explain(perceptron.plan(peers.size()));
      run.stage(
          "pack",
          perceptron::pack,
          p -> Words.of("%,d to learn from, %,d to look at", p.trainRows(), p.validationRows()));
      HistoryTable history = history(run, "");
      Training training = perceptron.training(warm, checkpointEvery);
      run.stage(
          "train",
          () -> {
            try {
              return train(run, training, perceptron.steps(), history, "");
            } catch (Diverged e) {
              throw failure(e);
            }
          },
          t -> Words.of("%,d steps", t.step()));
      TrainResult result =
          run.stage(
              "measure", () -> result(perceptron, training, rows, PredictionTable.names(table)));
      run.note("decided", fit.decided(table.numRows()));
      if (result.classify()) {
        run.note("classes", result.classes());
      }
      save(
          run,
          perceptron.model(),
          result.classes(),
          table.named() ? table.featureNames() : List.of());
      run.stage(
          "predict",
          () ->
              PredictionTable.write(
                  run,
                  table,
                  new RowScorer(
                      perceptron.model(),
                      result.classes(),
                      result.classes(),
                      new RowScorer.Split(
                          fit.validation(), fit.seed(), perceptron.packed().copies() > 0))));
      List<Peer> beside = new ArrayList<>();
      for (ScheduleKind peer : peers) {
        beside.add(run.stage(peer.toString(), () -> peer(run, perceptron, peer, warm)));
      }
      TrainCurves curves = TrainCurves.of(history);
      run.outcome(result.outcome(fit.schedule(), curves.regretted(), beside));
      TrainReport report = new TrainReport(table.source(), fit, result, curves, beside);
      run.report(report::page);
    }
  }

  private TrainingRows rows(NumericTable table) {
    List<String> classes = PredictionTable.names(table);
    if (!regresses() && classes.size() < 2) {
      throw BadInput.of(
          "%s: one class, %s; there is nothing to tell apart", table.source(), classes);
    }
    if (task != Task.classify
        && classes.size() > MOST_CLASSES_GUESSED
        && 2L * classes.size() > table.numRows()) {
      throw BadInput.of(
          "%s: %,d different labels in %,d rows; if these are measurements, name their column by --target-column, otherwise give --task classify",
          table.source(), classes.size(), table.numRows());
    }
    boolean weighted = List.of(table.rows().columns()).contains("weight");
    Column weight = weighted ? col("weight") : lit(1.0);
    var frame =
        table
            .rows()
            .select(
                col("features"),
                col(regresses() ? "target" : "label").as("y"),
                weight.as("weight"));
    return new TrainingRows(
        frame,
        table.source(),
        table.numRows(),
        table.numFeatures(),
        classes.size(),
        weighted,
        fit.classWeights().map(text -> ClassWeights.of(text, classes, frame)).orElse(null));
  }

  /**
   * @param of a peer's name with an underscore before it, or nothing
   */
  private HistoryTable history(Run run, String of) {
    return new HistoryTable(run.table("history" + of, HistoryTable.schema()), !regresses());
  }

  private Peer peer(Run run, PerceptronFit perceptron, ScheduleKind kind, Perceptron warm) {
    PerceptronFit beside = perceptron.beside(fit.under(kind));
    Training training = beside.training(warm, checkpointEvery);
    String of = "_" + kind.toString().replace('-', '_');
    HistoryTable history = history(run, of);
    try {
      train(run, training, beside.steps(), history, of);
      return Peer.of(kind, beside, training, history);
    } catch (Diverged e) {
      history.flush();
      return Peer.of(kind, e, history);
    }
  }

  /** Trains to the end, from the checkpoint where there is one. */
  private static Training train(
      Run run, Training training, long steps, HistoryTable history, String of) {
    Checkpoint checkpoint = new Checkpoint(new Path(run.work(), "checkpoint" + of), run.hadoop());
    if (checkpoint.read(training, history)) {
      run.note("resumed_at_step" + of, training.step());
    }
    training.run(
        new Training.Watcher() {
          @Override
          public void stepped(TrainingStep step) {
            history.add(step);
            run.advance(
                step.step(),
                steps,
                () -> Words.of("loss %.4g, rate %.3g", step.loss(), step.learningRate()));
            if (step.validation() != null) {
              run.line(TrainResult.line(step));
            }
          }

          @Override
          public void checkpoint() {
            checkpoint.write(training, history);
          }
        });
    history.flush();
    return training;
  }

  private JobFailure failure(Diverged e) {
    return new JobFailure(
        Words.of(
            "training diverged at %s%s",
            e.getMessage(),
            Words.of(
                "; the last checkpoint is of step %,d. Give a smaller --lr, --clip, or --loss-regret, and another --output",
                e.step() / checkpointEvery * checkpointEvery)),
        e);
  }

  private TrainResult result(
      PerceptronFit perceptron, Training training, TrainingRows rows, List<String> classes) {
    LossSum validation = fit.validation() == 0 ? null : perceptron.validationLoss();
    return new TrainResult(
        classes,
        perceptron.trainRows(),
        perceptron.validationRows(),
        training.step(),
        training.bestStep(),
        perceptron.batch(),
        perceptron.trainLoss(),
        validation,
        perceptron.targetUnit(),
        classes.isEmpty() ? perceptron.targetUnit() : rows.largestClass(),
        rows.isWeighted());
  }

  private void save(Run run, Perceptron perceptron, List<String> classes, List<String> features) {
    String path = run.path("model").toString();
    try {
      if (classes.isEmpty()) {
        RdbdRegressionModel model = new RdbdRegressionModel("train", perceptron);
        model.adopt(settings.values().and(common().settings()));
        model.write().overwrite().save(path);
      } else {
        RdbdClassificationModel model = new RdbdClassificationModel("train", perceptron);
        model.adopt(settings.values().and(common().settings()));
        model.write().overwrite().save(path);
        PerceptronFiles.write(path, PerceptronFiles.Names.CLASSES, classes, run.hadoop());
      }
      if (!features.isEmpty()) {
        PerceptronFiles.write(path, PerceptronFiles.Names.FEATURES, features, run.hadoop());
      }
    } catch (IOException e) {
      throw new JobFailure("the model cannot be written: " + e.getMessage(), e);
    }
  }
}
