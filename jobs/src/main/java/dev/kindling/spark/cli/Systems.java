package dev.kindling.spark.cli;

import dev.kindling.spark.ade.AdeBench;
import dev.kindling.spark.ade.AdeJob;
import dev.kindling.spark.ade.MetricPrediction;
import dev.kindling.spark.gntk.GntkBench;
import dev.kindling.spark.gntk.GntkJob;
import dev.kindling.spark.gntk.GraphKernelSettings;
import dev.kindling.spark.gntk.GraphPrediction;
import dev.kindling.spark.job.KindlingSystem;
import dev.kindling.spark.train.TablePrediction;
import dev.kindling.spark.train.TrainBench;
import dev.kindling.spark.train.TrainJob;
import dev.kindling.spark.train.TrainSettings;
import java.util.List;

/** Every system, in the order of help: its command, bench, models and pages. */
final class Systems {
  static final List<KindlingSystem> ALL =
      List.of(
          new KindlingSystem(
              GntkJob.class, GntkBench.class, new GraphPrediction(), GraphKernelSettings.TABLES),
          new KindlingSystem(
              TrainJob.class, TrainBench.class, new TablePrediction(), TrainSettings.TABLES),
          new KindlingSystem(AdeJob.class, AdeBench.class, new MetricPrediction(), AdeJob.TABLES));

  private Systems() {}
}
