package dev.kindling.spark.train;

import dev.kindling.nn.Shards;
import org.apache.spark.Partitioner;

/**
 * Which partition holds a block: neighbours together. Where workers take steps by themselves, a
 * shard is not cut.
 */
final class PartOfBlock extends Partitioner {
  private static final long serialVersionUID = 1L;

  private final int parts;
  private final int units;
  private final int blocksPerUnit;

  /**
   * @param most partitions, at most
   */
  PartOfBlock(Shards shards, boolean wholeShards, int most) {
    this.blocksPerUnit = wholeShards ? shards.blocksPerShard() : 1;
    this.units = shards.blocks() / blocksPerUnit;
    this.parts = Math.min(most, units);
  }

  @Override
  public int numPartitions() {
    return parts;
  }

  @Override
  public int getPartition(Object part) {
    return (Integer) part;
  }

  int of(int block) {
    return (int) ((long) (block / blocksPerUnit) * parts / units);
  }

  /** The first block of a partition; of their number the number of blocks. */
  int first(int part) {
    return (int) (((long) part * units + parts - 1) / parts) * blocksPerUnit;
  }
}
