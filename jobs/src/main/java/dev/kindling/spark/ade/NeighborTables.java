package dev.kindling.spark.ade;

import dev.kindling.Words;
import dev.kindling.spark.job.Run;
import dev.kindling.spark.job.Table;
import dev.kindling.spark.job.TableSchema;
import dev.kindling.spark.job.TableSchema.Kind;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The table {@code neighbors}, and where points have classes {@code predictions}, the vote of each
 * query's neighbours; a file a batch of queries.
 *
 * @param predictions null without classes
 * @param micro what a stream adds, or null
 */
record NeighborTables(Table neighbors, Table predictions, List<String> classes, MicroBatch micro)
    implements Serializable {
  /**
   * Answers of a stream: the column epoch, and files that begin with the number of a micro-batch.
   *
   * @param number from 0
   * @param epoch that was asked
   */
  record MicroBatch(long number, int epoch) implements Serializable {
    /** A name of a file of the micro-batch. */
    static String file(long number, int part) {
      return Words.of("%012d-%05d", number, part);
    }
  }

  /**
   * @param classes of the points; empty for none
   */
  static NeighborTables open(
      Run run, PointBlocks points, PointBlocks queries, List<String> classes) {
    Table neighbors = run.table("neighbors", schema(points, queries));
    Table predictions =
        classes.isEmpty()
            ? null
            : run.table(
                "predictions",
                TableSchema.empty()
                    .with("id", RowNames.kind(queries.namedInWords()))
                    .with("label", Kind.TEXT)
                    .with("prediction", Kind.TEXT));
    return new NeighborTables(neighbors, predictions, List.copyOf(classes), null);
  }

  /** Outside of a run's tables, without predictions. */
  static NeighborTables at(
      Path folder, PointBlocks points, PointBlocks queries, Configuration conf) {
    return new NeighborTables(
        Table.at(folder, schema(points, queries), conf), null, List.of(), null);
  }

  /** The answers of a micro-batch of a stream. */
  static NeighborTables of(
      MicroBatch micro, Path folder, PointBlocks points, PointBlocks queries, Configuration conf) {
    TableSchema schema = schema(points, queries).with("epoch", Kind.LONG);
    return new NeighborTables(Table.at(folder, schema, conf), null, List.of(), micro);
  }

  /** The table {@code distances}, for estimates of all pairs. */
  static Table distances(Run run, PointBlocks points, PointBlocks queries) {
    return run.table(
        "distances",
        TableSchema.empty()
            .with("query", RowNames.kind(queries.namedInWords()))
            .with("id", RowNames.kind(points.namedInWords()))
            .with("distance", Kind.DOUBLE));
  }

  private static TableSchema schema(PointBlocks points, PointBlocks queries) {
    return TableSchema.empty()
        .with("query", RowNames.kind(queries.namedInWords()))
        .with("rank", Kind.LONG)
        .with("id", RowNames.kind(points.namedInWords()))
        .with("distance", Kind.DOUBLE);
  }

  /**
   * Writes a batch.
   *
   * @param labels of the queries, names; null where not known
   * @return what it adds up to
   */
  SearchTally write(int batch, RowNames queries, List<String> labels, List<Neighbors> found) {
    SearchTally tally = SearchTally.of(found);
    List<Object[]> rows = new ArrayList<>();
    List<Object[]> votes = new ArrayList<>();
    for (int q = 0; q < found.size(); q++) {
      Neighbors near = found.get(q);
      Object query = queries.get(q);
      for (int i = 0; i < near.count(); i++) {
        double distance = Math.sqrt(near.squares()[i]);
        rows.add(
            micro == null
                ? new Object[] {query, i + 1L, near.ids()[i], distance}
                : new Object[] {query, i + 1L, near.ids()[i], distance, micro.epoch()});
      }
      int vote = classes.isEmpty() ? -1 : near.vote(classes.size());
      String prediction = vote < 0 ? null : classes.get(vote);
      votes.add(new Object[] {query, labels.get(q), prediction});
      if (prediction != null && labels.get(q) != null) {
        tally.vote(prediction.equals(labels.get(q)));
        if (!classes.contains(labels.get(q))) {
          tally.unknownClass();
        }
      }
    }
    if (micro == null) {
      neighbors.write(batch, rows.iterator());
    } else {
      neighbors.write(MicroBatch.file(micro.number(), batch), rows.iterator());
    }
    if (predictions != null) {
      predictions.write(batch, votes.iterator());
    }
    return tally;
  }
}
