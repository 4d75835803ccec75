package dev.kindling.spark.gntk;

import dev.kindling.nystrom.NystromMap;
import dev.kindling.spark.report.Axis;
import dev.kindling.spark.report.LinePlot;
import dev.kindling.spark.report.Report;
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
    NystromMap map,
    int firstLevel,
    double trace,
    NystromKernel.Error error) {
  String sentence() {
    return String.format(
        Locale.ROOT,
        " It is approximated by Nyström's method from its columns at %,d landmarks, chosen %s.",
        map.landmarks(),
        switch (by) {
          case uniform -> "at random";
          case kmeans -> "by k-means++ on the histograms of colours";
          case leverage -> "by leverage scores";
        });
  }

  void figures(Report report) {
    report
        .figure("landmarks", String.format(Locale.ROOT, "%,d", map.landmarks()))
        .figure("features", String.format(Locale.ROOT, "%,d", map.rank()))
        .figure("trace kept", String.format(Locale.ROOT, "%.3f %%", 100 * trace))
        .figure("error on random pairs", String.format(Locale.ROOT, "%.2g", error.relative()));
  }

  void sections(Report report) {
    LinePlot plot =
        LinePlot.of(
            "Eigenvalues of the kernel between the landmarks by level, those above zero",
            Axis.linear("index"),
            Axis.log("eigenvalue"));
    int level = firstLevel;
    for (double[] spectrum : map.spectra()) {
      int m = spectrum.length;
      double[] index = new double[m];
      double[] descending = new double[m];
      for (int i = 0; i < m; i++) {
        index[i] = i + 1.0;
        descending[i] = spectrum[m - 1 - i];
      }
      plot.series("level " + level++, index, descending);
    }
    report.section("Landmarks", plot);
  }
}
