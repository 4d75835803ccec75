package dev.kindling.spark.ade;

import dev.kindling.ade.Nearest;
import dev.kindling.ade.SketchSearch;
import dev.kindling.ade.SketchedBatch;
import dev.kindling.ade.SketchedPoints;
import dev.kindling.linalg.Matrix;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/**
 * Takes the exact distances of candidates where they lie.
 *
 * @param wanted none where nothing bounds how many there are: then those within the radius
 */
record SketchMeasure(
    Broadcast<SketchedRound> round,
    Broadcast<Shortlist> wanted,
    TileScan.Question question,
    Sketching sketching,
    boolean inWords)
    implements PairFlatMapFunction<Iterator<SketchedTile>, Integer, Found> {
  @Override
  public Iterator<Tuple2<Integer, Found>> call(Iterator<SketchedTile> tiles) {
    QueryRound<Matrix> queries = round.value().round();
    Shortlist list = wanted.value();
    List<List<Nearest>> nearest = new ArrayList<>();
    for (Matrix images : queries.queries()) {
      List<Nearest> of = new ArrayList<>();
      for (int q = 0; q < images.cols(); q++) {
        of.add(new Nearest(question.most(), question.radius() * question.radius()));
      }
      nearest.add(of);
    }
    Map<Integer, IndexTile.Rows> seen = new HashMap<>();
    while (tiles.hasNext()) {
      SketchedTile tile = tiles.next();
      seen.put(tile.number(), tile.rows());
      if (!question.isBounded()) {
        within(tile, nearest);
        continue;
      }
      int end = list.place(tile.firstRow() + tile.count());
      for (int at = list.place(tile.firstRow()); at < end; at++) {
        int b = list.batch(at);
        int q = list.query(at);
        long row = list.row(at);
        double square = tile.squared((int) (row - tile.firstRow()), queries.queries().get(b), q);
        nearest.get(b).get(q).offer(square, row);
      }
    }
    List<Tuple2<Integer, Found>> found = new ArrayList<>();
    for (int b = 0; b < nearest.size(); b++) {
      found.add(new Tuple2<>(b, Found.of(nearest.get(b), seen, inWords)));
    }
    return found.iterator();
  }

  private void within(SketchedTile tile, List<List<Nearest>> nearest) {
    for (int b = 0; b < nearest.size(); b++) {
      SketchedBatch queries = round.value().sketched().get(b);
      SketchSearch search =
          new SketchSearch(queries, Integer.MAX_VALUE, sketching.reach(question.radius()));
      search.scan(
          tile.sketched(),
          tile.firstRow(),
          new SketchedPoints.Room(tile.count(), queries.count(), queries.draws()));
      for (int q = 0; q < queries.count(); q++) {
        for (long row : search.candidates().get(q).ids()) {
          int i = (int) (row - tile.firstRow());
          nearest
              .get(b)
              .get(q)
              .offer(tile.squared(i, round.value().round().queries().get(b), q), row);
        }
      }
    }
  }

  /**
   * The true neighbours of the queries that are checked, by how far they reach.
   *
   * @param counts of each query of each batch; the queries beyond are not checked
   * @param last squared distance of the farthest
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Exact(int[][] counts, double[][] last) implements Serializable {
    static Exact of(List<Sifted> sifted) {
      int[][] counts = new int[sifted.size()][];
      double[][] last = new double[counts.length][];
      for (int b = 0; b < counts.length; b++) {
        List<double[]> squares = sifted.get(b).exact().stream().map(Nearest::squares).toList();
        counts[b] = squares.stream().mapToInt(s -> s.length).toArray();
        last[b] = squares.stream().mapToDouble(s -> s.length == 0 ? 0 : s[s.length - 1]).toArray();
      }
      return new Exact(counts, last);
    }
  }

  /** Merges what partitions found for a batch, and writes it. */
  record Write(
      Broadcast<SketchedRound> round, TileScan.Question question, NeighborTables out, Exact exact)
      implements Function<Tuple2<Integer, Iterable<Found>>, Tuple2<Integer, SearchTally>> {
    @Override
    public Tuple2<Integer, SearchTally> call(Tuple2<Integer, Iterable<Found>> found) {
      int b = found._1();
      QueryRound<Matrix> queries = round.value().round();
      RowNames names = queries.names().get(b);
      long self = question.self() ? queries.firstQuery(b) : -1;
      List<Neighbors> merged = Found.merged(found._2(), names.count(), question.k(), self);
      SearchTally tally = out.write(queries.first() + b, names, queries.labels().get(b), merged);
      for (int q = 0; q < exact.counts()[b].length; q++) {
        double last = exact.last()[b][q];
        long right = Arrays.stream(merged.get(q).squares()).filter(s -> s <= last).count();
        int others = question.self() ? 1 : 0;
        tally
            .estimates()
            .check(
                Math.max(0, exact.counts()[b][q] - others),
                Math.min(right, exact.counts()[b][q] - others));
      }
      return new Tuple2<>(b, tally);
    }
  }
}
