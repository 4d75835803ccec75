package dev.kindling.spark.gntk;

import dev.kindling.kernel.KernelFunction;
import dev.kindling.spark.job.Plan;
import dev.kindling.spark.job.Run;
import org.apache.spark.api.java.JavaSparkContext;

/** What is learnt from the finished Gram matrix, on executors, with its validation. */
interface LearningStage {
  /** Adds what it will take, and refuses what does not fit. */
  void plan(Plan plan, JavaSparkContext spark);

  /**
   * Learns, writes the tables and says the result.
   *
   * @return for the kernel as it stands in the Gram matrix, whatever it is normalised to in between
   */
  KernelFunction solve(Run run, GramTable gram, GntkReport report);
}
