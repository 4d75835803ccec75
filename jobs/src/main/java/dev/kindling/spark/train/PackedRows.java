package dev.kindling.spark.train;

import dev.kindling.BadInput;
import dev.kindling.block.Moments;
import dev.kindling.linalg.Precision;
import dev.kindling.nn.LocalWorkers;
import dev.kindling.nn.Objective;
import dev.kindling.nn.PassesInMemory;
import dev.kindling.nn.RowBlock;
import dev.kindling.nn.Shards;
import dev.kindling.spark.job.BlockMerge;
import dev.kindling.spark.job.ContentKey;
import dev.kindling.spark.job.RowBytes;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import scala.Function2;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/**
 * Rows in blocks for BLAS, in memory (or on executors' disks where they do not fit), each at a
 * place that its content decides, and for copies of a row how many came before. They are read and
 * shuffled once, and shuffled again where rows repeat.
 */
final class PackedRows implements AutoCloseable {
  private final JavaRDD<PackedPart> parts;
  private final PartOfBlock partitioner;
  private final Broadcast<Scaling> scaling;
  private final int[] trainRows;
  private final long validationRows;
  private final long copies;

  /** By block, on the driver, once they have been asked for. */
  private RowBlock[] train;

  private RowBlock[] validation;

  private PackedRows(
      JavaRDD<PackedPart> parts,
      PartOfBlock partitioner,
      Broadcast<Scaling> scaling,
      int[] trainRows,
      long validationRows,
      long copies) {
    this.parts = parts;
    this.partitioner = partitioner;
    this.scaling = scaling;
    this.trainRows = trainRows;
    this.validationRows = validationRows;
    this.copies = copies;
  }

  /**
   * What a first look at the rows finds.
   *
   * @param moments of the rows to learn from; null where nobody asks for them
   * @param copies rows that equal one before them
   */
  private record Seen(Moments moments, long copies) implements Serializable {
    static Seen merge(Seen a, Seen b) {
      return new Seen(a.moments == null ? null : a.moments.merge(b.moments), a.copies + b.copies);
    }
  }

  /**
   * Packs.
   *
   * @throws BadInput if a row has another number of features, a number is not finite, a label is no
   *     class, or a part is left without rows
   */
  static PackedRows of(
      JavaSparkContext context, TrainingRows rows, Shards shards, TrainingRows.Packing packing) {
    PartOfBlock partitioner = new PartOfBlock(shards, packing.wholeShards(), packing.parts());
    JavaPairRDD<Integer, byte[]> shuffled =
        rows.frame()
            .javaRDD()
            .mapPartitionsToPair(new Gather(RowShape.of(rows), shards, partitioner, packing.seed()))
            .partitionBy(partitioner);
    int features = rows.features();
    Seen seen = seen(shuffled, features, shards, partitioner, packing);
    long copies = seen.copies;
    if (copies > 0) {
      shuffled = spread(shuffled, features, shards, partitioner);
      seen = packing.standardize() ? seen(shuffled, features, shards, partitioner, packing) : seen;
    }
    Scaling scaling =
        packing.standardize()
            ? Scaling.of(seen.moments, features, rows.classes() == 0)
            : Scaling.none(features);
    Broadcast<Scaling> shared = context.broadcast(scaling);
    JavaRDD<PackedPart> parts =
        shuffled
            .mapPartitionsWithIndex(
                (part, chunks) ->
                    Collections.singletonList(
                            pack(
                                part,
                                sorted(part, chunks, features, shards, partitioner),
                                features,
                                partitioner,
                                shared.value(),
                                packing))
                        .iterator(),
                true)
            .persist(StorageLevel.MEMORY_AND_DISK());
    int[] trainRows = new int[shards.blocks()];
    long validation = 0;
    for (long[] counts : parts.map(PackedRows::counts).collect()) {
      for (int b = 1; b < counts.length - 1; b++) {
        trainRows[(int) counts[0] + b - 1] = (int) counts[b];
      }
      validation += counts[counts.length - 1];
    }
    return new PackedRows(parts, partitioner, shared, trainRows, validation, copies);
  }

  /** First block, rows of each block, validation rows of all. */
  private static long[] counts(PackedPart part) {
    long[] counts = new long[part.train().length + 2];
    counts[0] = part.first();
    for (int b = 0; b < part.train().length; b++) {
      counts[b + 1] = part.train()[b].rows();
      counts[counts.length - 1] += part.validation()[b].rows();
    }
    return counts;
  }

  /** Sends copies of a row where chance does, as it does rows that differ. */
  private static JavaPairRDD<Integer, byte[]> spread(
      JavaPairRDD<Integer, byte[]> shuffled, int features, Shards shards, PartOfBlock partitioner) {
    return shuffled
        .mapPartitionsWithIndex(
            (part, chunks) -> {
              RowBytes[] gathered = new RowBytes[partitioner.numPartitions()];
              for (List<RowBytes.At> block : sorted(part, chunks, features, shards, partitioner)) {
                ContentKey.Copies copies = new ContentKey.Copies();
                for (RowBytes.At row : block) {
                  long key = ContentKey.copy(row.key(), copies.before(row.key()));
                  int to = partitioner.of(shards.block(key));
                  gathered[to] = gathered[to] == null ? new RowBytes() : gathered[to];
                  gathered[to].add(key, row);
                }
              }
              return IntStream.range(0, gathered.length)
                  .filter(to -> gathered[to] != null)
                  .mapToObj(to -> new Tuple2<>(to, gathered[to].take()))
                  .iterator();
            },
            false)
        .mapToPair(t -> t)
        .partitionBy(partitioner);
  }

  private static Seen seen(
      JavaPairRDD<Integer, byte[]> shuffled,
      int features,
      Shards shards,
      PartOfBlock partitioner,
      TrainingRows.Packing packing) {
    JavaPairRDD<Integer, Seen> byBlock =
        shuffled
            .mapPartitionsWithIndex(
                (part, chunks) -> {
                  List<List<RowBytes.At>> blocks =
                      sorted(part, chunks, features, shards, partitioner);
                  List<Tuple2<Integer, Seen>> seen = new ArrayList<>();
                  double[] row = new double[features + 1];
                  double[] x = new double[features];
                  for (int b = 0; b < blocks.size(); b++) {
                    Moments of = packing.standardize() ? new Moments(features + 1) : null;
                    ContentKey.Copies equal = new ContentKey.Copies();
                    long copies = 0;
                    for (RowBytes.At at : blocks.get(b)) {
                      copies += equal.before(at.key()) > 0 ? 1 : 0;
                      if (of != null && !ContentKey.validates(at.key(), packing.validation())) {
                        at.features(x);
                        System.arraycopy(x, 0, row, 0, features);
                        row[features] = at.y();
                        of.add(row, 0);
                      }
                    }
                    seen.add(new Tuple2<>(partitioner.first(part) + b, new Seen(of, copies)));
                  }
                  return seen.iterator();
                },
                true)
            .mapToPair(t -> t);
    return BlockMerge.merge(byBlock, shards.blocks(), Seen::merge);
  }

  /** A partition's rows by block, in the order of their keys. */
  private static List<List<RowBytes.At>> sorted(
      int part,
      Iterator<Tuple2<Integer, byte[]>> chunks,
      int features,
      Shards shards,
      PartOfBlock partitioner) {
    int first = partitioner.first(part);
    List<List<RowBytes.At>> blocks = new ArrayList<>();
    for (int b = first; b < partitioner.first(part + 1); b++) {
      blocks.add(new ArrayList<>());
    }
    chunks.forEachRemaining(
        chunk ->
            RowBytes.each(
                chunk._2(), features, row -> blocks.get(shards.block(row.key()) - first).add(row)));
    blocks.forEach(Collections::sort);
    return blocks;
  }

  private static PackedPart pack(
      int part,
      List<List<RowBytes.At>> blocks,
      int features,
      PartOfBlock partitioner,
      Scaling scaling,
      TrainingRows.Packing packing) {
    RowBlock[] train = new RowBlock[blocks.size()];
    RowBlock[] validation = new RowBlock[blocks.size()];
    for (int b = 0; b < train.length; b++) {
      List<RowBytes.At> learnt = new ArrayList<>();
      List<RowBytes.At> looked = new ArrayList<>();
      for (RowBytes.At row : blocks.get(b)) {
        (ContentKey.validates(row.key(), packing.validation()) ? looked : learnt).add(row);
      }
      train[b] = block(learnt, features, scaling, packing.precision());
      validation[b] = block(looked, features, scaling, packing.precision());
    }
    return new PackedPart(partitioner.first(part), train, validation);
  }

  private static RowBlock block(
      List<RowBytes.At> rows, int features, Scaling scaling, Precision precision) {
    int n = rows.size();
    double[] y = new double[n];
    double[] weight = null;
    double[] x = new double[features];
    float[] floats =
        precision == Precision.FLOAT ? new float[Math.multiplyExact(n, features)] : null;
    double[] doubles =
        precision == Precision.FLOAT ? null : new double[Math.multiplyExact(n, features)];
    double[] mean = scaling.mean();
    double[] scale = scaling.scale();
    for (int i = 0, k = 0; i < n; i++) {
      RowBytes.At row = rows.get(i);
      row.features(x);
      for (int j = 0; j < features; j++, k++) {
        double value = (x[j] - mean[j]) * scale[j];
        if (floats != null) {
          floats[k] = (float) value;
        } else {
          doubles[k] = value;
        }
      }
      y[i] = scaling.target(row.y());
      if (row.weight() != 1 && weight == null) {
        weight = new double[n];
        Arrays.fill(weight, 1);
      }
      if (weight != null) {
        weight[i] = row.weight();
      }
    }
    return new RowBlock(features, n, floats != null ? floats : doubles, y, weight);
  }

  /** Passes over the same rows in the driver's memory. */
  PassesInMemory onDriver(Objective objective, int mostRows, LocalWorkers workers) {
    if (train == null) {
      train = new RowBlock[trainRows.length];
      validation = new RowBlock[trainRows.length];
      for (PackedPart part : parts.collect()) {
        System.arraycopy(part.train(), 0, train, part.first(), part.train().length);
        System.arraycopy(part.validation(), 0, validation, part.first(), part.train().length);
      }
    }
    return new PassesInMemory(objective, mostRows, train, validation, workers);
  }

  /**
   * Runs a task on some partitions, in one job.
   *
   * @param type of what it returns
   */
  Object[] run(
      Function2<TaskContext, scala.collection.Iterator<PackedPart>, ?> task,
      int[] on,
      Class<?> type) {
    return (Object[])
        parts
            .context()
            .runJob(
                parts.rdd(),
                task,
                CollectionConverters.asScala(IntStream.of(on).boxed().map(p -> (Object) p).toList())
                    .toSeq(),
                ClassTag$.MODULE$.apply(type));
  }

  JavaRDD<PackedPart> parts() {
    return parts;
  }

  /** The partition of a block. */
  int part(int block) {
    return partitioner.of(block);
  }

  Scaling scaling() {
    return scaling.value();
  }

  /** Rows to learn from, by block. */
  int[] trainRows() {
    return trainRows;
  }

  long validationRows() {
    return validationRows;
  }

  /** Rows that equal one before them. */
  long copies() {
    return copies;
  }

  @Override
  public void close() {
    parts.unpersist(false);
    scaling.destroy();
  }
}
