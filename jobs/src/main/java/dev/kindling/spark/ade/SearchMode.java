package dev.kindling.spark.ade;

/** How neighbours are found. */
enum SearchMode {
  exact,
  sketch,
  adaptive,
  auto
}
