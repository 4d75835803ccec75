package dev.kindling.nn;

import dev.kindling.optim.Groups;
import dev.kindling.optim.OptimizerKind;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;

/**
 * Who takes local steps, and by what optimizer.
 *
 * @param count number of workers, each with one shard
 * @param blocksPerWorker blocks of a shard
 * @param decay of the optimizer
 */
public record LocalWorkers(
    int count, int blocksPerWorker, OptimizerKind optimizer, double decay, Groups groups)
    implements Serializable {
  /** The worker that has a block. */
  public int of(int block) {
    return block / blocksPerWorker;
  }

  /** A worker's steps of a round. */
  public LocalSteps.Sum run(Objective objective, LocalRound round, int worker, PieceWork work) {
    try {
      return new LocalSteps(objective, groups)
          .run(
              round,
              round.batches().stream()
                  .map(batch -> batch.stream().filter(p -> of(p.block()) == worker).toList())
                  .toList(),
              optimizer.create(round.weights().length, decay),
              work);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
