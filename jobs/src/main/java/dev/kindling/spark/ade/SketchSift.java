package dev.kindling.spark.ade;

import dev.kindling.Words;
import dev.kindling.ade.Nearest;
import dev.kindling.ade.SketchSearch;
import dev.kindling.ade.SketchedPoints;
import dev.kindling.linalg.Matrix;
import dev.kindling.spark.job.Table;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/**
 * Finds the candidates of a partition for all queries of a round, compares some estimates with
 * exact distances, and writes them all where that is asked for.
 *
 * @param estimates null where it is not
 * @param checks of the first queries, whose true neighbours are found too
 */
record SketchSift(
    Broadcast<SketchedRound> round,
    TileScan.Question question,
    Sketching sketching,
    Table estimates,
    int checks)
    implements PairFlatMapFunction<Iterator<SketchedTile>, Integer, Sifted> {
  /** Spreads consecutive numbers (Weyl; 2⁶⁴ over the golden ratio). */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  @Override
  public Iterator<Tuple2<Integer, Sifted>> call(Iterator<SketchedTile> tiles) {
    SketchedRound some = round.value();
    List<SketchSearch> searches = new ArrayList<>();
    List<Sifted> sifted = new ArrayList<>();
    int most = question.most();
    for (int b = 0; b < some.batches(); b++) {
      SketchSearch search =
          new SketchSearch(
              some.sketched().get(b),
              question.isBounded() ? sketching.candidates() + most - question.k() : 1,
              sketching.reach(question.radius()));
      searches.add(search);
      List<Nearest> exact = new ArrayList<>();
      long first = some.round().firstQuery(b);
      for (long q = first; q < Math.min(checks, first + some.sketched().get(b).count()); q++) {
        exact.add(new Nearest(most, question.radius() * question.radius()));
      }
      sifted.add(new Sifted(search.candidates(), exact, new EstimateTally(sketching.epsilon())));
    }
    SketchedPoints.Room room =
        new SketchedPoints.Room(PointBlock.ROWS, QueryRound.BATCH, sketching.plan().draws());
    while (tiles.hasNext()) {
      SketchedTile tile = tiles.next();
      for (int b = 0; b < searches.size(); b++) {
        searches.get(b).scan(tile.sketched(), tile.firstRow(), room);
        look(tile, b, room.squares(), sifted.get(b));
        if (estimates != null) {
          write(tile, b, room.squares());
        }
      }
    }
    List<Tuple2<Integer, Sifted>> all = new ArrayList<>();
    for (int b = 0; b < sifted.size(); b++) {
      all.add(new Tuple2<>(b, sifted.get(b)));
    }
    return all.iterator();
  }

  /** Compares an estimate of each query, and finds the true neighbours of those checked. */
  private void look(SketchedTile tile, int b, float[] squares, Sifted sifted) {
    Matrix images = round.value().round().queries().get(b);
    long first = round.value().round().firstQuery(b);
    int n = tile.count();
    for (int q = 0; q < images.cols(); q++) {
      long mixed = (first + q) * SPREAD + tile.number() * (SPREAD ^ (SPREAD << 17));
      int i = (int) Math.floorMod(mixed >>> 20, (long) n);
      sifted.tally().add(Math.sqrt(squares[q * n + i]), Math.sqrt(tile.squared(i, images, q)));
    }
    for (int q = 0; q < sifted.exact().size(); q++) {
      for (int i = 0; i < n; i++) {
        sifted.exact().get(q).offer(tile.squared(i, images, q), tile.firstRow() + i);
      }
    }
  }

  private void write(SketchedTile tile, int b, float[] squares) {
    QueryRound<Matrix> queries = round.value().round();
    RowNames names = queries.names().get(b);
    int n = tile.count();
    Iterator<Object[]> rows =
        new Iterator<>() {
          private int at;

          @Override
          public boolean hasNext() {
            return at < names.count() * n;
          }

          @Override
          public Object[] next() {
            Object[] row = {
              names.get(at / n), tile.rows().names().get(at % n), Math.sqrt(squares[at])
            };
            at++;
            return row;
          }
        };
    estimates.write(Words.of("part-%05d-%06d", queries.first() + b, tile.number()), rows);
  }
}
