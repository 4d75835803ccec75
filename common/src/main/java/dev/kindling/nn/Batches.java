package dev.kindling.nn;

import dev.kindling.block.ArrayIo;
import dev.kindling.block.Permutation;
import dev.kindling.block.RowKeys;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Mini-batches of exact size, by block numbers alone: no pass over the data, and no list of rows.
 *
 * <p>Each batch takes from every shard its share of rows, rounded so that over many batches each
 * row comes as often as any other. A shard is gone through in epochs; each has its own order of the
 * shard's blocks, and of the rows in a block. The order depends on seed, epoch and block. Memory:
 * some numbers a block.
 */
public final class Batches {
  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

  private final Shards shards;
  private final int[] blockRows;
  private final int batch;
  private final long seed;
  private final long rows;
  private final double[] ends;
  private final Stream[] streams;
  private long taken;

  /** Where a shard's epoch stands. */
  private final class Stream {
    private final int shard;
    private long epoch;
    private long[] order;
    private int at;
    private int inBlock;

    Stream(int shard) {
      this.shard = shard;
      begin(0, 0, 0);
    }

    void begin(long epoch, int at, int inBlock) {
      this.epoch = epoch;
      this.at = at;
      this.inBlock = inBlock;
      int count = shards.blocksPerShard();
      Permutation permutation =
          new Permutation(
              count, RowKeys.key(seed ^ 0x5348_4152_44L, epoch * shards.shards() + shard));
      order = new long[count];
      Arrays.setAll(order, permutation::of);
    }

    void take(int count, int first, List<Piece> pieces) {
      int left = count;
      while (left > 0) {
        int block = shard * shards.blocksPerShard() + (int) order[at];
        int to = Math.min(blockRows[block], inBlock + left);
        if (to > inBlock) {
          long key = RowKeys.key(seed ^ 0x424C_4F43_4BL, epoch * shards.blocks() + block);
          pieces.add(new Piece(block, key, inBlock, to, first + count - left));
          left -= to - inBlock;
        }
        inBlock = to;
        if (inBlock == blockRows[block]) {
          inBlock = 0;
          at++;
          if (at == order.length) {
            begin(epoch + 1, 0, 0);
          }
        }
      }
    }
  }

  /**
   * @param blockRows rows of each block. Copied
   * @param batch rows of a batch
   * @throws IllegalArgumentException if there is no row
   */
  public Batches(Shards shards, int[] blockRows, int batch, long seed) {
    if (blockRows.length != shards.blocks() || batch < 1) {
      throw new IllegalArgumentException(
          blockRows.length + " blocks of " + shards.blocks() + ", batches of " + batch);
    }
    this.shards = shards;
    this.blockRows = blockRows.clone();
    this.batch = batch;
    this.seed = seed;
    this.rows = Arrays.stream(blockRows).asLongStream().sum();
    if (rows == 0) {
      throw new IllegalArgumentException("batches of no rows");
    }
    ends = new double[shards.shards()];
    long sum = 0;
    for (int s = 0; s < ends.length; s++) {
      for (int b = 0; b < shards.blocksPerShard(); b++) {
        sum += blockRows[s * shards.blocksPerShard() + b];
      }
      ends[s] = (double) sum / rows;
    }
    streams = new Stream[shards.shards()];
    Arrays.setAll(streams, Stream::new);
  }

  /** Whether such a piece can be. */
  boolean holds(Piece piece) {
    return piece.block() >= 0
        && piece.block() < blockRows.length
        && piece.from() >= 0
        && piece.from() < piece.to()
        && piece.to() <= blockRows[piece.block()];
  }

  /** Rows that batches are drawn from. */
  public long rows() {
    return rows;
  }

  /** Batches drawn so far. */
  public long taken() {
    return taken;
  }

  /** Passes over the rows so far. */
  public double epochs() {
    return (double) taken * batch / rows;
  }

  /** Rows of the largest piece that can come. */
  public int mostRows() {
    double largest = 0;
    for (int s = 0; s < ends.length; s++) {
      largest = Math.max(largest, ends[s] - (s == 0 ? 0 : ends[s - 1]));
    }
    return (int) Math.min(batch, Math.ceil(largest * batch) + 1);
  }

  /** The next batch, in the order of its rows. */
  public List<Piece> next() {
    List<Piece> pieces = new ArrayList<>();
    double offset = taken * GOLDEN % 1;
    int from = 0;
    for (int s = 0; s < streams.length; s++) {
      int to =
          s == streams.length - 1
              ? batch
              : (int) Math.max(from, Math.min(batch, Math.floor(ends[s] * batch + offset)));
      streams[s].take(to - from, from, pieces);
      from = to;
    }
    taken++;
    return pieces;
  }

  /** Writes where the batches stand. */
  public void write(DataOutput out) throws IOException {
    out.writeLong(taken);
    out.writeInt(streams.length);
    for (Stream stream : streams) {
      out.writeLong(stream.epoch);
      out.writeInt(stream.at);
      out.writeInt(stream.inBlock);
    }
  }

  /**
   * Goes on where others over the same rows stood.
   *
   * @throws IOException if what is read cannot be such a place
   */
  public void read(DataInput in) throws IOException {
    taken = in.readLong();
    ArrayIo.check(taken >= 0, "batches taken", taken);
    int count = in.readInt();
    ArrayIo.check(count == streams.length, "shards", count);
    for (Stream stream : streams) {
      long epoch = in.readLong();
      int at = in.readInt();
      int inBlock = in.readInt();
      ArrayIo.check(epoch >= 0, "epoch", epoch);
      ArrayIo.check(at >= 0 && at < shards.blocksPerShard(), "block", at);
      stream.begin(epoch, at, inBlock);
      int block = stream.shard * shards.blocksPerShard() + (int) stream.order[at];
      ArrayIo.check(inBlock >= 0 && inBlock <= blockRows[block], "row", inBlock);
    }
  }
}
