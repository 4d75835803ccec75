package dev.kindling.spark.gntk;

import dev.kindling.data.graph.GraphRecord;
import dev.kindling.data.graph.GraphSet;
import dev.kindling.gntk.Graph;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * A set of graphs in fixed blocks of rows: block b holds graphs b·size to (b+1)·size − 1, in order.
 */
final class GraphBlocks implements AutoCloseable {
  private static final int LEAST = 64;
  private static final int MOST = 1024;
  private static final int BLOCKS_WANTED = 16;

  /** How many graphs fall into how many blocks; travels to executors. */
  record Layout(int graphs, int size) implements Serializable {
    /**
     * Decided by the number of graphs alone: a power of two that gives about 16 blocks a side, from
     * 64 to 1024 graphs.
     */
    static Layout of(long graphs) {
      int size = LEAST;
      while (size < MOST && graphs > (long) size * BLOCKS_WANTED) {
        size *= 2;
      }
      return new Layout(Math.toIntExact(graphs), size);
    }

    int blocks() {
      return (graphs + size - 1) / size;
    }

    int first(int block) {
      return block * size;
    }

    int length(int block) {
      return Math.min(size, graphs - first(block));
    }

    /** Tiles of the upper triangle. */
    long tiles() {
      return (long) blocks() * (blocks() + 1) / 2;
    }
  }

  private final Layout layout;
  private final JavaPairRDD<Integer, GraphRecord[]> blocks;

  private GraphBlocks(Layout layout, JavaPairRDD<Integer, GraphRecord[]> blocks) {
    this.layout = layout;
    this.blocks = blocks;
  }

  /** Shuffles the graphs to their blocks and keeps those on the executors until closed. */
  static GraphBlocks of(GraphSet set, boolean byDegree, int partitions) {
    return of(set, byDegree ? NodeLabels.degree : NodeLabels.tag, partitions);
  }

  /** As above, with the features that {@code labels}, which is settled, gives to the nodes. */
  static GraphBlocks of(GraphSet set, NodeLabels labels, int partitions) {
    Layout layout = Layout.of(set.summary().graphs());
    int size = layout.size();
    JavaPairRDD<Integer, GraphRecord[]> blocks =
        set.records()
            .mapToPair(record -> new Tuple2<>((int) (record.index() / size), record))
            .groupByKey(new HashPartitioner(Math.max(1, Math.min(partitions, layout.blocks()))))
            .mapValues(records -> sorted(records, labels))
            .persist(StorageLevel.MEMORY_AND_DISK());
    return new GraphBlocks(layout, blocks);
  }

  private static GraphRecord[] sorted(Iterable<GraphRecord> records, NodeLabels labels) {
    return StreamSupport.stream(records.spliterator(), false)
        .map(r -> new GraphRecord(r.index(), r.id(), r.label(), labels.on(r.graph())))
        .sorted(Comparator.comparingLong(GraphRecord::index))
        .toArray(GraphRecord[]::new);
  }

  static Graph[] graphs(GraphRecord[] records) {
    return Arrays.stream(records).map(GraphRecord::graph).toArray(Graph[]::new);
  }

  Layout layout() {
    return layout;
  }

  /** Brings some graphs to the driver, by row. */
  Map<Integer, GraphRecord> collect(Set<Integer> rows) {
    Map<Integer, GraphRecord> found = new HashMap<>();
    blocks
        .values()
        .flatMap(
            records ->
                Arrays.stream(records).filter(r -> rows.contains((int) r.index())).iterator())
        .collect()
        .forEach(record -> found.put((int) record.index(), record));
    return found;
  }

  JavaPairRDD<Integer, GraphRecord[]> rdd() {
    return blocks;
  }

  /** Waits until the memory is free, as {@link GraphSet#close} does. */
  @Override
  public void close() {
    blocks.unpersist(true);
  }
}
