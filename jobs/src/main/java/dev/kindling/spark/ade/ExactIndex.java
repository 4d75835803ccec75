package dev.kindling.spark.ade;

/** Points under a metric, in the executors' memory, that answers queries exactly. */
interface ExactIndex extends AutoCloseable {
  /**
   * Answers all queries that are not answered, a round at a time.
   *
   * @param state how many are; brought up to date after each round
   * @param answered told then
   */
  SearchTally ask(
      PointBlocks queries,
      TileScan.Question question,
      NeighborTables out,
      SearchState state,
      Runnable answered);

  /** Gives the memory back. */
  @Override
  void close();
}
