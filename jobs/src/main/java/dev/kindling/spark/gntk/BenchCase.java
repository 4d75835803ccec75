package dev.kindling.spark.gntk;

import dev.kindling.gntk.GntkParameters;
import java.util.List;

/**
 * A kernel that the bench computes by several systems.
 *
 * @param name as --case takes it
 * @param set folder of the set below --sets, or null for a built-in one of the case's name
 * @param graphs how many from the set's start; 0: all
 * @param blocks BLOCKs of two ReLU layers, uniform aggregation, jumping knowledge
 * @param nodes what tells nodes apart
 * @param engines which of them run on one thread; none: the whole job runs instead
 * @param share of the pairs of graphs that the literal implementation computes, at most; its time
 *     is scaled up to all
 */
record BenchCase(
    String name,
    String set,
    int graphs,
    int blocks,
    NodeLabels nodes,
    List<GntkOptions.Engine> engines,
    double share) {

  private static final List<GntkOptions.Engine> ALL =
      List.of(GntkOptions.Engine.colors, GntkOptions.Engine.tiles, GntkOptions.Engine.dense);

  static final List<BenchCase> CASES =
      List.of(
          new BenchCase("bzr", null, 0, 1, NodeLabels.auto, ALL, 1),
          new BenchCase("mutag", "MUTAG", 0, 1, NodeLabels.auto, ALL, 1),
          new BenchCase("nci1-400", "NCI1", 400, 2, NodeLabels.auto, ALL, 0.1),
          new BenchCase(
              "bzr-dense",
              "BZR",
              0,
              1,
              NodeLabels.attributes,
              List.of(GntkOptions.Engine.dense),
              0.1),
          new BenchCase("nci1", "NCI1", 0, 2, NodeLabels.auto, List.of(), 0.01));

  GntkParameters parameters() {
    return new GntkParameters(blocks, 2, GntkParameters.Scale.UNIFORM, true, 2);
  }
}
