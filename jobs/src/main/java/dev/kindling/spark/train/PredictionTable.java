package dev.kindling.spark.train;

import dev.kindling.data.table.LabelMapping;
import dev.kindling.data.table.NumericTable;
import dev.kindling.spark.job.BlockMerge;
import dev.kindling.spark.job.ContentKey;
import dev.kindling.spark.job.Run;
import dev.kindling.spark.job.Table;
import dev.kindling.spark.job.TableSchema;
import dev.kindling.spark.job.TableSchema.Kind;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import scala.Tuple2;

/** The table {@code predictions}: 16,384 rows a file, in the order of the input. */
final class PredictionTable {
  private static final int BLOCK = 1 << 14;

  private PredictionTable() {}

  /** Keeps blocks whole. */
  private static final class ByBlock extends Partitioner {
    private static final long serialVersionUID = 1L;

    private final int parts;
    private final long blocks;

    ByBlock(int parts, long blocks) {
      this.parts = parts;
      this.blocks = blocks;
    }

    @Override
    public int numPartitions() {
      return parts;
    }

    @Override
    public int getPartition(Object row) {
      return (int) ((Long) row / BLOCK * parts / blocks);
    }
  }

  /**
   * Scores the rows and writes the table.
   *
   * @param scorer how
   * @return what the predictions add up to
   */
  static ScoreTally write(Run run, NumericTable table, RowScorer scorer) {
    long blocks = (table.numRows() + BLOCK - 1) / BLOCK;
    int parts = (int) Math.min(blocks, run.context().defaultParallelism());
    Table out = run.table("predictions", schema(scorer));
    Broadcast<RowScorer> shared = run.context().broadcast(scorer);
    JavaPairRDD<Long, Object[]> scored =
        table
            .rows()
            .select(columns(table))
            .javaRDD()
            .mapToPair(row -> new Tuple2<>(row.getLong(0), shared.value().score(row)));
    ByBlock byBlock = new ByBlock(parts, blocks);
    if (scorer.fitted() && scorer.split().copies()) {
      scored = withPartsOfCopies(scored, table, shared, byBlock);
    }
    JavaPairRDD<Integer, ScoreTally> tallies =
        scored
            .repartitionAndSortWithinPartitions(byBlock)
            .mapPartitionsToPair(rows -> written(rows, out, shared.value()));
    ScoreTally tally = BlockMerge.merge(tallies, (int) blocks, ScoreTally::plus);
    shared.destroy();
    return tally;
  }

  /** Of equal rows each has its own part: by how many came before it. */
  private static JavaPairRDD<Long, Object[]> withPartsOfCopies(
      JavaPairRDD<Long, Object[]> scored,
      NumericTable table,
      Broadcast<RowScorer> shared,
      ByBlock byBlock) {
    JavaPairRDD<Long, String> parts =
        table
            .rows()
            .select(columns(table))
            .javaRDD()
            .mapToPair(
                row -> new Tuple2<>(new KeyedRow(shared.value().key(row), row.getLong(0)), 0))
            .repartitionAndSortWithinPartitions(new ByKey(byBlock.parts))
            .mapPartitionsToPair(
                rows -> {
                  ContentKey.Copies copies = new ContentKey.Copies();
                  RowScorer.Split split = shared.value().split();
                  return StreamSupport.stream(
                          Spliterators.spliteratorUnknownSize(rows, Spliterator.ORDERED), false)
                      .map(Tuple2::_1)
                      .map(
                          row ->
                              new Tuple2<>(
                                  row.row,
                                  split.part(ContentKey.copy(row.key, copies.before(row.key)))))
                      .iterator();
                });
    return scored
        .join(parts, byBlock)
        .mapValues(
            both -> {
              both._1()[1] = both._2();
              return both._1();
            });
  }

  /** A row's key and number. */
  private record KeyedRow(long key, long row) implements Comparable<KeyedRow>, Serializable {
    @Override
    public int compareTo(KeyedRow other) {
      int order = Long.compare(key, other.key);
      return order != 0 ? order : Long.compare(row, other.row);
    }
  }

  /** Keeps equal rows together. */
  private static final class ByKey extends Partitioner {
    private static final long serialVersionUID = 1L;

    private final int parts;

    ByKey(int parts) {
      this.parts = parts;
    }

    @Override
    public int numPartitions() {
      return parts;
    }

    @Override
    public int getPartition(Object row) {
      return (int) Long.remainderUnsigned(((KeyedRow) row).key, parts);
    }
  }

  /** Row, id, features, label or target, weight; the last two may be missing. */
  private static Column[] columns(NumericTable table) {
    List<String> have = Arrays.asList(table.rows().columns());
    return Stream.of("row", "id", "features", "label", "target", "weight")
        .map(name -> have.contains(name) ? functions.col(name) : functions.lit(null).as(name))
        .toArray(Column[]::new);
  }

  private static TableSchema schema(RowScorer scorer) {
    boolean classes = scorer.classify();
    TableSchema schema = TableSchema.empty().with("id", Kind.TEXT);
    schema = scorer.fitted() ? schema.with("part", Kind.TEXT) : schema;
    schema =
        schema
            .with("label", classes ? Kind.TEXT : Kind.DOUBLE)
            .with("prediction", classes ? Kind.TEXT : Kind.DOUBLE);
    return classes ? schema.with("probability", Kind.DOUBLE) : schema;
  }

  private static Iterator<Tuple2<Integer, ScoreTally>> written(
      Iterator<Tuple2<Long, Object[]>> rows, Table out, RowScorer scorer) {
    List<Tuple2<Integer, ScoreTally>> tallies = new ArrayList<>();
    List<Object[]> open = new ArrayList<>();
    ScoreTally tally = null;
    int block = -1;
    while (rows.hasNext()) {
      Tuple2<Long, Object[]> row = rows.next();
      int own = (int) (row._1() / BLOCK);
      if (own != block) {
        finish(block, open, tally, out, tallies);
        block = own;
        tally = ScoreTally.of(scorer);
      }
      open.add(row._2());
      tally.add(row._2());
    }
    finish(block, open, tally, out, tallies);
    return tallies.iterator();
  }

  private static void finish(
      int block,
      List<Object[]> open,
      ScoreTally tally,
      Table out,
      List<Tuple2<Integer, ScoreTally>> tallies) {
    if (!open.isEmpty()) {
      out.write(block, open.iterator());
      tallies.add(new Tuple2<>(block, tally));
      open.clear();
    }
  }

  /** Names of the classes of a table, in the order of its labels. */
  static List<String> names(NumericTable table) {
    return table.labels().map(LabelMapping::classes).orElse(List.of());
  }
}
