package dev.kindling.spark.ade;

import dev.kindling.block.ArrayIo;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** How many blocks of queries are answered and written, and what their answers add up to. */
final class SearchState {
  private final SearchTally tally;
  private int blocks;

  SearchState() {
    this(Double.NaN);
  }

  /**
   * @param epsilon of estimates
   */
  SearchState(double epsilon) {
    tally = new SearchTally(epsilon);
  }

  /** Blocks of queries that are answered. */
  int blocks() {
    return blocks;
  }

  SearchTally tally() {
    return tally;
  }

  /** The queries up to {@code end} blocks are answered. */
  void answered(int end, SearchTally round) {
    tally.merge(round);
    blocks = end;
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(blocks);
    tally.write(out);
  }

  /**
   * @throws IOException if what is read cannot be such a state
   */
  void read(DataInput in) throws IOException {
    blocks = in.readInt();
    ArrayIo.check(blocks >= 0, "blocks of queries", blocks);
    tally.read(in);
  }
}
