package dev.kindling.spark.pipeline;

/**
 * What came of a stage.
 *
 * @param seconds that it ran, all attempts and waits together
 */
record StageOutcome(
    String stage, Status status, double seconds, String fingerprint, String output, int attempts) {
  enum Status {
    DONE("done"),
    SKIPPED("skipped"),
    FAILED("failed"),
    NOT_RUN("not run");

    private final String text;

    Status(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  static StageOutcome of(Decision decision, Status status, double seconds, int attempts) {
    return new StageOutcome(
        decision.stage().name(),
        status,
        Math.round(seconds * 1000) / 1000.0,
        decision.fingerprint().text(),
        decision.stage().output(),
        attempts);
  }
}
