package dev.kindling.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kindling.spark.train.RdbdClassificationModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainRunTest extends RunsInFolder {
  @Test
  void digitsAreLearntAndScored() throws Exception {
    CommandRun run = succeeds("train --data digits --hidden 32", "fit");
    assertThat(run.out())
        .contains("10 classes", "validation accuracy", "train accuracy", "baseline accuracy");
    assertThat(metrics("fit").path("validation_accuracy").asDouble()).isGreaterThan(0.93);
    Dataset<Row> history = table("fit", "history");
    assertThat(history.columns())
        .containsExactly(
            "step",
            "epoch",
            "loss",
            "learning_rate",
            "cosine",
            "pending",
            "regrets",
            "validation_loss",
            "validation_accuracy");
    assertThat(history.count()).isEqualTo(metrics("fit").path("steps").asLong());
    // What the figures say is what the rows say.
    Dataset<Row> predictions = table("fit", "predictions");
    assertThat(predictions.count()).isEqualTo(1797);
    double right = predictions.filter("part = 'validation' and label = prediction").count();
    assertThat(right / predictions.filter("part = 'validation'").count())
        .isCloseTo(metrics("fit").path("validation_accuracy").asDouble(), within(0.006));
    assertThat(folder.resolve("fit/report.html")).content().contains("Learning rate", "Cosine");
    assertThat(Files.readAllLines(folder.resolve("fit/metrics.jsonl")))
        .anyMatch(line -> line.contains("\"validation_loss\""));

    succeeds("predict --data digits --model " + folder.resolve("fit/model"), "scored");
    assertThat(table("scored", "predictions").select("prediction").collectAsList())
        .isEqualTo(predictions.select("prediction").collectAsList());
    RdbdClassificationModel model =
        RdbdClassificationModel.load(folder.resolve("fit/model").toString());
    assertThat(model.numClasses()).isEqualTo(10);

    CommandRun warm =
        succeeds(
            "train --data digits --hidden 32 --epochs 1 --from " + folder.resolve("fit/model"),
            "warm");
    assertThat(metrics("warm").path("train_accuracy").asDouble())
        .as(warm.out())
        .isGreaterThan(0.97);
    run("train --data digits --hidden 16 --from " + folder.resolve("fit/model"), "other")
        .isRefusedWith("--from", "[64, 32, 10]", "[64, 16, 10]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--schedule cosine",
        "--schedule dbd --signal sign --group layer",
        "--schedule hd",
        "--schedule dog",
        "--schedule schedule-free",
        "--schedule mechanic --optimizer sgd",
        "--schedule prodigy",
        "--optimizer adamw --activation gelu --dropout 0.2 --l2 0.001 --clip 1",
        "--optimizer momentum --loss-regret --precision double",
        "--signal jacobs --group coordinate --kappa 0.0001",
        "--local-steps 8 --local-workers 2 --early-stop 3",
        "--hidden 0 --class-weights balanced --no-standardize",
      })
  void everyWayLearns(String options) throws Exception {
    String hidden = options.contains("--hidden") ? "" : " --hidden 16";
    succeeds("train --data digits --epochs 6 " + options + hidden, "out");
    assertThat(metrics("out").path("train_accuracy").asDouble()).isGreaterThan(0.5);
  }

  @Test
  void peersStandBesideIt() throws Exception {
    CommandRun run =
        succeeds(
            "train --data digits --hidden 16 --lr 1e-5 --epochs 8 --kappa 0.1 --peers constant,prodigy",
            "out");
    assertThat(run.out()).contains("beside it", "constant", "prodigy");
    List<Double> losses =
        Stream.of("history", "history_constant", "history_prodigy")
            .map(name -> table("out", name).selectExpr("min(validation_loss)").first().getDouble(0))
            .toList();
    assertThat(losses.get(0)).isLessThan(losses.get(1));
    assertThat(losses.get(2)).isLessThan(losses.get(1));
    assertThat(table("out", "history_constant").selectExpr("max(learning_rate)").first().get(0))
        .isEqualTo(1e-5);
    assertThat(folder.resolve("out/report.html")).content().contains("Peers", "prodigy");

    // A peer is the run that it would be alone.
    succeeds("train --data digits --hidden 16 --lr 1e-5 --epochs 8 --schedule constant", "alone");
    assertThat(table("alone", "history").collectAsList())
        .isEqualTo(table("out", "history_constant").collectAsList());
  }

  @Test
  void aPeerThatDivergesEndsNothing() throws Exception {
    CommandRun run =
        succeeds(
            "train --data digits --hidden 8 --optimizer sgd --lr 1e30 --lr-max 1e31 --loss-regret --phi 0.99 --peers constant",
            "out");
    assertThat(run.out()).contains("constant", "diverged at step");
  }

  @Test
  void aNumberIsLearntInItsUnits() throws Exception {
    StringBuilder csv = new StringBuilder("a,b,price\n");
    for (int i = 0; i < 400; i++) {
      double a = Math.sin(i * 1.7);
      double b = Math.cos(i * 0.9);
      csv.append(a).append(',').append(b).append(',').append(1000 + 50 * a - 20 * b).append('\n');
    }
    Path file = folder.resolve("houses.csv");
    Files.writeString(file, csv);
    succeeds(
        "train --target-column price --hidden 0 --epochs 300 --lr 0.01 --export csv --input "
            + file,
        "fit");
    assertThat(metrics("fit").path("validation_rmse").asDouble()).isLessThan(1);
    assertThat(folder.resolve("fit/csv/predictions.csv"))
        .content()
        .startsWith("id,part,label,prediction\n");
    CommandRun scored =
        succeeds(
            "predict --label-column price --input "
                + file
                + " --model "
                + folder.resolve("fit/model"),
            "scored");
    assertThat(scored.out()).contains("rmse", "400 labeled rows");
    run("predict --input " + file + " --model " + folder.resolve("fit/model"), "wrong")
        .isRefusedWith(
            "column price is no feature of the model; if it is the truth, give --label-column price,"
                + " or else leave it out");
  }

  @Test
  void equalRowsAreSplitAsOtherRowsAre() throws Exception {
    Random random = new Random(5);
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      int x = random.nextInt(4);
      rows.add(x % 2 + "," + x / 2 + "," + (random.nextInt(10) < 2 + 2 * x ? "yes" : "no"));
    }
    List<JsonNode> found = new ArrayList<>();
    for (String name : List.of("one", "other")) {
      Path file = folder.resolve(name + ".csv");
      Files.writeString(file, "a,b,y\n" + String.join("\n", rows) + "\n");
      succeeds("train --epochs 10 --label-column y --input " + file, name);
      found.add(metrics(name));
      Collections.shuffle(rows, random);
    }
    JsonNode metrics = found.get(0);
    assertThat(metrics).isEqualTo(found.get(1));
    long held = metrics.path("validation_rows").asLong();
    assertThat(held).isBetween(150L, 250L);
    assertThat(metrics.path("train_rows").asLong()).isEqualTo(2000 - held);
    // The best guess is right about 70 % of the rows.
    assertThat(metrics.path("validation_accuracy").asDouble()).isBetween(0.6, 0.8);
    assertThat(table("one", "predictions").where("part = 'validation'").count()).isEqualTo(held);
  }

  @Test
  void featuresOfNewRowsAreFoundByTheirNames() throws Exception {
    StringBuilder fitted = new StringBuilder("small,large,y\n");
    StringBuilder same = new StringBuilder("small,large\n");
    StringBuilder other = new StringBuilder("large,small\n");
    for (int i = 0; i < 200; i++) {
      double small = Math.sin(i);
      double large = 100 * Math.cos(3.1 * i);
      fitted.append(small + "," + large + "," + (3 * small - large / 50) + "\n");
      same.append(small + "," + large + "\n");
      other.append(large + "," + small + "\n");
    }
    Files.writeString(folder.resolve("fitted.csv"), fitted);
    Files.writeString(folder.resolve("same.csv"), same);
    Files.writeString(folder.resolve("other.csv"), other);
    Files.writeString(folder.resolve("more.csv"), "small,large,size\n1,2,3\n");
    Files.writeString(folder.resolve("fewer.csv"), "small\n1\n");
    succeeds("train --hidden 0 --epochs 5 --target-column y --input $fitted.csv", "fit");
    for (String name : List.of("same", "other")) {
      succeeds("predict --model $fit/model --input $" + name + ".csv", "by-" + name);
    }
    assertThat(table("by-same", "predictions").collectAsList())
        .isEqualTo(table("by-other", "predictions").collectAsList());
    run("predict --model $fit/model --input $more.csv", "none")
        .isRefusedWith("more.csv: column size is no feature of the model");
    Files.writeString(folder.resolve("bare.csv"), "1,2,3\n4,5,6\n");
    run("predict --model $fit/model --input $bare.csv", "none")
        .isRefusedWith(
            "bare.csv: 3 features; the model was fitted on 2; if one column is the truth, name it:"
                + " --label-column last, first or its name");
    run("predict --model $fit/model --input $fewer.csv", "none")
        .isRefusedWith("fewer.csv: no column large, which is a feature of the model");
  }

  @Test
  void theBaselineIsMeasuredAsTheAccuracyIs() throws Exception {
    StringBuilder csv = new StringBuilder("a,kind\n");
    for (int i = 0; i < 90; i++) {
      csv.append(i % 7).append(',').append(i % 3 == 0 ? "rare" : "common").append('\n');
    }
    Path file = Files.writeString(folder.resolve("kinds.csv"), csv);
    String words = "train --label-column kind --hidden 0 --epochs 1 --input " + file;
    succeeds(words, "even");
    assertThat(metrics("even").path("baseline_accuracy").asDouble()).isEqualTo(2.0 / 3);
    // Sixty rows of weight 1, thirty of weight 4.
    succeeds(words + " --class-weights 1,4", "weighted");
    assertThat(metrics("weighted").path("baseline_accuracy").asDouble()).isEqualTo(120.0 / 180);
    assertThat(succeeds(words + " --class-weights balanced", "balanced").out())
        .contains("by the rows' weights");
    assertThat(metrics("balanced").path("baseline_accuracy").asDouble())
        .isCloseTo(0.5, within(1e-12));
    assertThat(record("even").path("decided").path("optimizer").asText()).isEqualTo("adam");
    assertThat(record("even").path("options").path("standardize").asBoolean()).isTrue();
  }

  @Test
  void aFileGivesListsAndSwitches() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("train.conf"), "train { hidden = [6, 3], standardize = false }");
    succeeds("train --data digits --epochs 1 --config " + file, "fit");
    assertThat(record("fit").path("options").path("hidden").asText()).isEqualTo("6,3");
    assertThat(record("fit").path("options").path("standardize").asBoolean()).isFalse();
  }

  @Test
  void thePlanSaysWhatWouldRun() throws Exception {
    CommandRun plan = run("train --data digits --plan --peers constant,prodigy", "none");
    assertThat(plan.exit()).isZero();
    assertThat(plan.out())
        .contains(
            "1,797 rows of 64 features, 10 classes", "steps on the driver", "each of 2 peers");
    assertThat(folder.resolve("none")).doesNotExist();
  }

  @Test
  void whatCannotBeLearntIsRefused() throws Exception {
    Path file = folder.resolve("one.csv");
    Files.writeString(file, "a,b\n1,x\n2,x\n");
    run("train --label-column b --input " + file, "out")
        .isRefusedWith("one.csv", "one class", "nothing to tell apart");
    Files.writeString(file, "a,b\n1,x\n2,y\n");
    run("train --label-column b --input " + file + " --class-weights 1,2,3", "out")
        .isRefusedWith("--class-weights 1,2,3: 3 weights for the classes [x, y]");
    run("train --label-column b --validation 0.001 --input " + file, "out")
        .isRefusedWith("none of 2 rows fell to --validation");
    run("train --label-column c --input " + file, "out").isRefusedWith("one.csv", "c");
    run("train --data digits --from " + folder.resolve("none"), "out")
        .isRefusedWith("--from " + folder.resolve("none") + ": ", "not a readable model");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void divergenceIsOneLineAndExitCode3() throws Exception {
    CommandRun run =
        run("train --data digits --hidden 8 --optimizer sgd --schedule constant --lr 1e300", "out");
    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains("training diverged at step", "learning rate 1.0E300");
    assertThat(folder.resolve("out")).doesNotExist();
  }
}
