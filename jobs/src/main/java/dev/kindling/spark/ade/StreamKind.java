package dev.kindling.spark.ade;

/** What a line of a stream is, in the order in which those of a micro-batch count. */
enum StreamKind {
  METRIC_UPDATE("metric-updates"),
  CONSTRAINT("constraints"),
  POINT_UPDATE("point-updates"),
  POINT_DELETE("point-deletes"),
  QUERY("queries");

  private final String word;

  StreamKind(String word) {
    this.word = word;
  }

  /** As files and metrics name it. */
  String word() {
    return word;
  }

  /** The option that names its source. */
  String option() {
    return "--" + word;
  }
}
