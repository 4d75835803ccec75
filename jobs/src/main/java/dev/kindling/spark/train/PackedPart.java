package dev.kindling.spark.train;

import dev.kindling.nn.RowBlock;
import java.io.Serializable;

/**
 * The blocks of one partition.
 *
 * @param first number of the first
 * @param train rows to learn from, by block
 * @param validation rows to look at, by block
 */
record PackedPart(int first, RowBlock[] train, RowBlock[] validation) implements Serializable {
  boolean holds(int block) {
    return block >= first && block < first + train.length;
  }

  RowBlock train(int block) {
    return train[block - first];
  }
}
