package dev.kindling.spark.gntk;

import dev.kindling.Words;
import dev.kindling.spark.report.Report;
import dev.kindling.spark.report.Table;

/**
 * What an approximation adds to the page.
 *
 * @param by how the landmarks were chosen
 * @param firstLevel that enters the kernel
 * @param trace what the features keep of the kernel's trace
 */
record LandmarkPage(
    LandmarkOptions.By by,
    int landmarks,
    NystromFeatures features,
    int firstLevel,
    double trace,
    NystromKernel.Error error) {
  String sentence() {
    return Words.of(
        " It is approximated by Nyström's method from its columns at %,d landmarks, chosen %s.",
        landmarks,
        switch (by) {
          case uniform -> "at random";
          case kmeans -> "by k-means++ on the histograms of colors";
          case leverage -> "by leverage scores";
        });
  }

  void sections(Report report) {
    Table table =
        Table.of(
            "Columns by level", "level", "pieces of a landmark", "columns", "of them independent");
    for (int part = 0; part < features.map().parts(); part++) {
      table.row(
          firstLevel + part,
          features.pieces().count(part),
          features.map().landmarks(part),
          features.map().rank(part));
    }
    report.section(
        "Landmarks",
        Words.of(
            "%,d features keep %.3f %% of the trace of the Gram matrix; on random pairs they are off by %.2g, relative.",
            features.rank(), 100 * trace, error.relative()),
        table);
  }
}
