package dev.kindling.spark.gntk;

import dev.kindling.spark.report.Report;
import dev.kindling.spark.report.Table;
import java.util.Locale;

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
    return String.format(
        Locale.ROOT,
        " It is approximated by Nyström's method from its columns at %,d landmarks, chosen %s.",
        landmarks,
        switch (by) {
          case uniform -> "at random";
          case kmeans -> "by k-means++ on the histograms of colours";
          case leverage -> "by leverage scores";
        });
  }

  void figures(Report report) {
    report
        .figure("landmarks", String.format(Locale.ROOT, "%,d", landmarks))
        .figure("features", String.format(Locale.ROOT, "%,d", features.rank()))
        .figure("trace kept", String.format(Locale.ROOT, "%.3f %%", 100 * trace))
        .figure("error on random pairs", String.format(Locale.ROOT, "%.2g", error.relative()));
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
    report.section("Landmarks", table);
  }
}
