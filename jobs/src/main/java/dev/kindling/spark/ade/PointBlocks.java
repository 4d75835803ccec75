package dev.kindling.spark.ade;

import dev.kindling.BadInput;
import dev.kindling.ade.SparsePoints;
import dev.kindling.data.table.LabelMapping;
import dev.kindling.data.table.NumericTable;
import dev.kindling.linalg.Matrix;
import dev.kindling.spark.job.RowBytes;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.function.ObjIntConsumer;
import java.util.stream.IntStream;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import scala.Tuple2;

/**
 * The rows of a table in blocks, by one shuffle: what comes after reads the shuffle's files, not
 * the table again. Neighbouring blocks lie in one partition.
 */
final class PointBlocks {
  /** Bytes of rows in a partition, about. */
  private static final long PART_BYTES = 256L << 20;

  /** Beyond it squared distances overflow. */
  private static final double LARGEST = 1e150;

  private final JavaRDD<PointBlock> blocks;
  private final JavaPairRDD<Integer, Chunk> chunks;
  private final int blocksEach;
  private final long rows;
  private final int dimension;
  private final boolean namedInWords;

  private final List<String> classes;

  private PointBlocks(
      JavaRDD<PointBlock> blocks,
      JavaPairRDD<Integer, Chunk> chunks,
      int blocksEach,
      long rows,
      int dimension,
      boolean namedInWords,
      List<String> classes) {
    this.blocks = blocks;
    this.chunks = chunks;
    this.blocksEach = blocksEach;
    this.rows = rows;
    this.dimension = dimension;
    this.namedInWords = namedInWords;
    this.classes = classes;
  }

  /**
   * Rows of what is to become blocks.
   *
   * @param rows number, id, features and label of each, the last where there are labels
   * @param source what messages call them
   * @param classes that labels are numbers of; empty where they have no names
   */
  record Rows(
      JavaRDD<Row> rows,
      String source,
      long count,
      int dimension,
      boolean namedInWords,
      boolean labelled,
      List<String> classes) {
    private static Rows of(NumericTable table) {
      boolean labelled = table.labels().isPresent();
      return new Rows(
          table.rows().select("row", "id", "features", labelled ? "label" : "row").javaRDD(),
          table.source(),
          table.numRows(),
          table.numFeatures(),
          table.rows().schema().apply("id").dataType().equals(DataTypes.StringType),
          labelled,
          table.labels().map(LabelMapping::classes).orElse(List.of()));
    }
  }

  /** Lazy: errors in rows show in the first pass. */
  static PointBlocks of(NumericTable table, int parallelism) {
    return of(Rows.of(table), parallelism);
  }

  /** Lazy, too. */
  static PointBlocks of(Rows rows, int parallelism) {
    int parts = parts(rows.count, rows.dimension, parallelism);
    return cut(rows, Math.max(1, (PointBlock.count(rows.count) + parts - 1) / parts));
  }

  /** A multiple of the cores, so that none waits for the last partitions. */
  static int parts(long rows, int dimension, int parallelism) {
    double bytes = (double) Double.BYTES * dimension * rows;
    int each = (int) Math.min(1 << 20, Math.max(1, Math.ceil(bytes / PART_BYTES / parallelism)));
    return each * parallelism;
  }

  /**
   * In partitions of so many blocks. Lazy, too.
   *
   * @param blocksEach of a partition
   */
  static PointBlocks cut(NumericTable table, int blocksEach) {
    return cut(Rows.of(table), blocksEach);
  }

  private static PointBlocks cut(Rows of, int blocksEach) {
    int d = of.dimension;
    JavaPairRDD<Integer, Chunk> chunks =
        of.rows
            .mapPartitionsToPair(new Cut(of.source, d, of.labelled, of.namedInWords))
            .partitionBy(new Neighbours(PointBlock.count(of.count), blocksEach));
    return new PointBlocks(
        chunks.mapPartitions(dense(d, of.namedInWords), true),
        chunks,
        blocksEach,
        of.count,
        d,
        of.namedInWords,
        of.classes);
  }

  /** Those of an index. */
  static PointBlocks of(JavaSparkContext context, IndexSegments segments, IndexManifest index) {
    return new PointBlocks(
        segments.read(context, index.segments()),
        null,
        0,
        index.points(),
        index.dimension(),
        index.namedInWords(),
        index.classes());
  }

  /**
   * Of blocks that the driver has, numbered from 0.
   *
   * @param inWords whether ids are words
   */
  static PointBlocks of(
      JavaSparkContext context, List<PointBlock> some, int dimension, boolean inWords) {
    JavaRDD<PointBlock> blocks = context.parallelize(some, Math.max(1, some.size()));
    JavaPairRDD<Integer, Chunk> chunks =
        blocks.mapToPair(
            block -> {
              RowBytes bytes = new RowBytes();
              for (int i = 0; i < block.rows(); i++) {
                bytes.add(
                    block.firstRow() + i, block.labels()[i], 1, Vectors.dense(block.point(i)));
              }
              return new Tuple2<>(block.number(), new Chunk(bytes.take(), block.names()));
            });
    long rows = some.stream().mapToLong(PointBlock::rows).sum();
    return new PointBlocks(blocks, chunks, 1, rows, dimension, inWords, List.of());
  }

  JavaRDD<PointBlock> blocks() {
    return blocks;
  }

  /** Of a table: the same blocks, which hold no zeros. */
  JavaRDD<SparseBlock> sparse() {
    return chunks.mapPartitions(sparse(dimension, namedInWords), true);
  }

  /**
   * Some blocks of a table on the driver, in order; nothing is done for the others.
   *
   * @param first number of the first, at least 0
   * @param end number after the last
   * @param change what is made of each on the executors
   */
  <T> List<T> collect(int first, int end, Function<PointBlock, T> change) {
    return collect(first, end, dense(dimension, namedInWords), change);
  }

  /** The same of blocks that hold no zeros. */
  List<SparseBlock> collectSparse(int first, int end, Function<SparseBlock, SparseBlock> change) {
    return collect(first, end, sparse(dimension, namedInWords), change);
  }

  private <B, T> List<T> collect(int first, int end, Fill<B> fill, Function<B, T> change) {
    int[] parts = IntStream.rangeClosed(first / blocksEach, (end - 1) / blocksEach).toArray();
    List<T>[] some =
        chunks
            .filter(chunk -> chunk._1() >= first && chunk._1() < end)
            .mapPartitions(fill, true)
            .map(change)
            .collectPartitions(parts);
    return Arrays.stream(some).flatMap(List::stream).toList();
  }

  long rows() {
    return rows;
  }

  /** Bytes of a partition's rows, at most. */
  static double partBytes(double rows, double features) {
    return Math.min(PART_BYTES, Double.BYTES * rows * features);
  }

  /** d. */
  int dimension() {
    return dimension;
  }

  /** Whether ids are words. */
  boolean namedInWords() {
    return namedInWords;
  }

  /** What labels are numbers of; empty without labels. */
  List<String> classes() {
    return classes;
  }

  /** How many blocks. */
  int count() {
    return PointBlock.count(rows);
  }

  /** Rows of one block on their way. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Chunk(byte[] rows, RowNames names) implements Serializable {}

  /** Blocks go to partitions in their order. */
  private static final class Neighbours extends Partitioner {
    private static final long serialVersionUID = 1L;

    private final int parts;
    private final int blocksEach;

    Neighbours(int blocks, int blocksEach) {
      this.parts = Math.max(1, (blocks + blocksEach - 1) / blocksEach);
      this.blocksEach = blocksEach;
    }

    @Override
    public int numPartitions() {
      return parts;
    }

    @Override
    public int getPartition(Object block) {
      return (Integer) block / blocksEach;
    }
  }

  /** Cuts a partition of the table where a block ends. */
  private record Cut(String source, int dimension, boolean labelled, boolean words)
      implements PairFlatMapFunction<Iterator<Row>, Integer, Chunk> {
    @Override
    public Iterator<Tuple2<Integer, Chunk>> call(Iterator<Row> rows) {
      return new Iterator<>() {
        private final RowBytes bytes = new RowBytes();
        private RowNames names = new RowNames(words, PointBlock.ROWS);
        private int open = -1;
        private Row next = rows.hasNext() ? rows.next() : null;

        @Override
        public boolean hasNext() {
          return next != null;
        }

        @Override
        public Tuple2<Integer, Chunk> next() {
          if (next == null) {
            throw new NoSuchElementException();
          }
          open = block(next);
          while (next != null && block(next) == open) {
            add(next);
            next = rows.hasNext() ? rows.next() : null;
          }
          Chunk chunk = new Chunk(bytes.take(), names);
          names = new RowNames(words, PointBlock.ROWS);
          return new Tuple2<>(open, chunk);
        }

        private void add(Row row) {
          Vector x = row.getAs(2);
          if (x == null || x.size() != dimension) {
            throw new BadInput(
                source
                    + (": row " + row.get(1) + " has " + (x == null ? "no" : x.size()))
                    + (" numbers; the others have " + dimension));
          }
          x.foreachActive(
              (i, value) -> {
                if (Math.abs((Double) value) > LARGEST && Double.isFinite((Double) value)) {
                  throw new BadInput(
                      source
                          + (": row " + row.get(1) + " has " + value + " in feature " + i)
                          + ", counted from 0; its square is no number: leave the row out, or divide the column");
                }
                if (!Double.isFinite((Double) value)) {
                  throw new BadInput(
                      source
                          + (": row " + row.get(1) + " has " + value + " in feature " + i)
                          + ", counted from 0; fill it or leave the row out");
                }
                return null;
              });
          bytes.add(row.getLong(0), labelled ? row.getDouble(3) : 0, 1, x);
          names.add(row.get(1));
        }
      };
    }

    private static int block(Row row) {
      return Math.toIntExact(row.getLong(0) / PointBlock.ROWS);
    }
  }

  private static Fill<PointBlock> dense(int dimension, boolean words) {
    return new Fill<>((number, chunks) -> denseBlock(number, chunks, dimension, words));
  }

  private static Fill<SparseBlock> sparse(int dimension, boolean words) {
    return new Fill<>((number, chunks) -> sparseBlock(number, chunks, dimension, words));
  }

  /** Makes a block of its chunks. */
  private interface Make<B> extends Serializable {
    B of(int number, List<Chunk> chunks);
  }

  /** Makes blocks of chunks. */
  private record Fill<B>(Make<B> make)
      implements FlatMapFunction<Iterator<Tuple2<Integer, Chunk>>, B> {
    @Override
    public Iterator<B> call(Iterator<Tuple2<Integer, Chunk>> chunks) {
      TreeMap<Integer, List<Chunk>> byBlock = new TreeMap<>();
      chunks.forEachRemaining(
          c -> byBlock.computeIfAbsent(c._1(), block -> new ArrayList<>()).add(c._2()));
      Iterator<Integer> numbers = List.copyOf(byBlock.keySet()).iterator();
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return numbers.hasNext();
        }

        @Override
        public B next() {
          int number = numbers.next();
          return make.of(number, byBlock.remove(number));
        }
      };
    }
  }

  private static int rows(List<Chunk> chunks) {
    return chunks.stream().mapToInt(chunk -> chunk.names().count()).sum();
  }

  /** Names and labels of a block, in the order of its rows. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Named(RowNames names, int[] labels) {}

  /**
   * @param put takes each row and its place in the block
   */
  private static Named fill(
      int number,
      List<Chunk> chunks,
      int dimension,
      boolean words,
      ObjIntConsumer<RowBytes.At> put) {
    Object[] inOrder = new Object[rows(chunks)];
    int[] labels = new int[inOrder.length];
    for (Chunk chunk : chunks) {
      int[] at = {0};
      RowBytes.each(
          chunk.rows(),
          dimension,
          row -> {
            int i = (int) (row.key() - (long) number * PointBlock.ROWS);
            put.accept(row, i);
            labels[i] = (int) row.y();
            inOrder[i] = chunk.names().get(at[0]++);
          });
    }
    RowNames names = new RowNames(words, inOrder.length);
    Arrays.stream(inOrder).forEach(names::add);
    return new Named(names, labels);
  }

  private static PointBlock denseBlock(
      int number, List<Chunk> chunks, int dimension, boolean words) {
    Matrix points = Matrix.zeros(dimension, rows(chunks));
    double[] x = new double[dimension];
    Named named =
        fill(
            number,
            chunks,
            dimension,
            words,
            (row, i) -> {
              row.features(x);
              System.arraycopy(x, 0, points.values(), i * dimension, dimension);
            });
    return new PointBlock(number, points, named.names, named.labels);
  }

  private static SparseBlock sparseBlock(
      int number, List<Chunk> chunks, int dimension, boolean words) {
    RowBytes.At[] rows = new RowBytes.At[rows(chunks)];
    Named named = fill(number, chunks, dimension, words, (row, i) -> rows[i] = row);
    SparsePoints.Builder points = new SparsePoints.Builder(dimension);
    for (RowBytes.At row : rows) {
      row.nonZeros(dimension, points::add);
      points.end();
    }
    return new SparseBlock(number, points.build(), named.names, named.labels);
  }
}
