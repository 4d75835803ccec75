package dev.kindling.spark.gntk;

import dev.kindling.spark.job.Plan;
import dev.kindling.spark.job.Run;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/** What is learned from finished Gram matrices, on executors, with its validation. */
interface LearningStage {
  /**
   * Adds what it will take, and refuses what does not fit.
   *
   * @param kernels how many Gram matrices there will be
   */
  void plan(Plan plan, JavaSparkContext spark, int kernels);

  /**
   * Learns and validates; writes and prints nothing.
   *
   * @param grams of the same graphs
   * @return from each of them, in their order
   */
  List<Learned> learn(Run run, List<GramTable> grams);
}
