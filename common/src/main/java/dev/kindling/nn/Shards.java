package dev.kindling.nn;

/**
 * How rows are cut into shards, of which every batch takes its share, and shards into blocks.
 * Decided by the shape of the data and by options, never by the cluster, as the bits depend on it.
 *
 * @param shards number of shards
 * @param blocksPerShard number of blocks in each
 */
public record Shards(int shards, int blocksPerShard) implements java.io.Serializable {
  /** Rows of a batch below which BLAS 3 does not pay. */
  static final int LEAST_PIECE = 128;

  private static final int MOST_SHARDS = 64;
  private static final long BLOCK_BYTES = 8L << 20;

  /**
   * @throws IllegalArgumentException if there is none
   */
  public Shards {
    if (shards < 1 || blocksPerShard < 1 || (long) shards * blocksPerShard > 1 << 28) {
      throw new IllegalArgumentException(shards + " shards of " + blocksPerShard + " blocks");
    }
  }

  /**
   * For mini-batches whose gradients are merged: pieces of 128 rows or more, and 64 shards at most.
   *
   * @param rowBytes bytes of a row's features
   */
  public static Shards forBatches(long rows, long rowBytes, int batch) {
    long shards = Math.min(MOST_SHARDS, Math.min(batch / LEAST_PIECE, rows / (8 * LEAST_PIECE)));
    return of((int) Math.max(1, shards), rows, rowBytes);
  }

  /** So many shards, with blocks of about 8 MB. */
  public static Shards of(int shards, long rows, long rowBytes) {
    long most = Math.max(256, BLOCK_BYTES / Math.max(1, rowBytes));
    long inShard = (rows + shards - 1) / shards;
    return new Shards(shards, (int) Math.max(1, (inShard + most - 1) / most));
  }

  public int blocks() {
    return shards * blocksPerShard;
  }

  /** The block of a row, given a key whose bits are as good as random. */
  public int block(long key) {
    return (int) (((key >>> Integer.SIZE) * blocks()) >>> Integer.SIZE);
  }
}
