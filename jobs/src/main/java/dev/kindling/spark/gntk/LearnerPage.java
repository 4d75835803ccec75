package dev.kindling.spark.gntk;

import dev.kindling.spark.report.Report;

/** What a way to learn adds to the page beside its validation. */
interface LearnerPage {
  void sections(Report report);
}
