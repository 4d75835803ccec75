package dev.kindling.spark.ade;

import dev.kindling.BadInput;
import dev.kindling.ade.Metric;
import dev.kindling.linalg.Matrix;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.rdd.PartitionPruningRDD;
import org.apache.spark.sql.Row;
import scala.Tuple2;
import scala.runtime.AbstractFunction1;

/**
 * Rows with their neighbours, lazily. One pass cuts rows into batches and sends each batch's images
 * to every partition of tiles, its rows home; what tiles have for it is sent home too, merged there
 * and put beside the rows. Rows and images leave in the same pass, so that they belong together
 * even where a second pass would see the rows in another order.
 */
final class NeighborJoin {
  private final JavaRDD<IndexTile> tiles;
  private final Broadcast<Metric> metric;
  private final double[] origin;
  private final TileScan scan;

  /**
   * @param origin that images of tiles are taken from
   */
  NeighborJoin(JavaRDD<IndexTile> tiles, Broadcast<Metric> metric, double[] origin, TileScan scan) {
    this.tiles = tiles;
    this.metric = metric;
    this.origin = origin;
    this.scan = scan;
  }

  /** Makes a row of a row and its neighbours. */
  interface Answer extends BiFunction<Row, Neighbors, Row>, Serializable {}

  /** A batch of a partition of rows, on its way to a partition. */
  private record At(int part, int home, int batch) implements Serializable {}

  /** Images of a batch, or its rows. */
  private record Sent(Matrix images, List<Row> rows) implements Serializable {}

  private static final class InOrder implements Comparator<At>, Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public int compare(At a, At b) {
      int homes = Integer.compare(a.home, b.home);
      return homes != 0 ? homes : Integer.compare(a.batch, b.batch);
    }
  }

  private static final class ToPart extends Partitioner {
    private static final long serialVersionUID = 1L;
    private final int parts;

    ToPart(int parts) {
      this.parts = parts;
    }

    @Override
    public int numPartitions() {
      return parts;
    }

    @Override
    public int getPartition(Object at) {
      return ((At) at).part;
    }
  }

  /** The first partitions, or those after them. */
  private static final class Part extends AbstractFunction1<Object, Object>
      implements Serializable {
    private static final long serialVersionUID = 1L;
    private final int end;
    private final boolean first;

    Part(int end, boolean first) {
      this.end = end;
      this.first = first;
    }

    @Override
    public Object apply(Object part) {
      return ((Integer) part < end) == first;
    }

    JavaRDD<Tuple2<At, Sent>> of(JavaPairRDD<At, Sent> sent) {
      return PartitionPruningRDD.create(sent.rdd(), this).toJavaRDD();
    }
  }

  /**
   * The rows in their order, each with its neighbours.
   *
   * @param features which of their fields is the point
   */
  JavaRDD<Row> join(JavaRDD<Row> rows, int features, Answer answer) {
    int parts = tiles.getNumPartitions();
    int homes = rows.getNumPartitions();
    Broadcast<Metric> shared = metric;
    double[] from = origin;
    TileScan looking = scan;
    int round = QueryRound.batches(metric.value().rows());
    JavaPairRDD<At, Sent> sent =
        rows.mapPartitionsWithIndex(
                (home, some) -> new Batches(some, home, parts, features, shared.value(), from),
                false)
            .mapToPair(batch -> batch)
            .repartitionAndSortWithinPartitions(new ToPart(parts + homes), new InOrder());
    JavaPairRDD<At, Found> found =
        tiles
            .zipPartitions(
                new Part(parts, true).of(sent),
                (here, asked) -> new Looking(looking, here, asked, round))
            .mapToPair(one -> one)
            .repartitionAndSortWithinPartitions(new ToPart(homes), new InOrder());
    int most = scan.question().k();
    return new Part(parts, false)
        .of(sent)
        .zipPartitions(
            found.map(one -> one), (own, theirs) -> new Merging(own, theirs, parts, most, answer));
  }

  /** One after the other, as long as there are. */
  private abstract static class Flat<T> implements Iterator<T> {
    private Iterator<T> open = List.<T>of().iterator();

    /** The next ones, or null at the end. */
    abstract Iterator<T> more();

    @Override
    public boolean hasNext() {
      while (open != null && !open.hasNext()) {
        open = more();
      }
      return open != null;
    }

    @Override
    public T next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return open.next();
    }
  }

  /** Cuts a partition of rows into batches, and says where they go. */
  private static final class Batches extends Flat<Tuple2<At, Sent>> {
    private final Iterator<Row> rows;
    private final int home;
    private final int parts;
    private final int features;
    private final Metric metric;
    private final double[] origin;
    private int batch;

    Batches(Iterator<Row> rows, int home, int parts, int features, Metric metric, double[] origin) {
      this.rows = rows;
      this.home = home;
      this.parts = parts;
      this.features = features;
      this.metric = metric;
      this.origin = origin;
    }

    @Override
    Iterator<Tuple2<At, Sent>> more() {
      List<Row> some = new ArrayList<>();
      while (some.size() < QueryRound.BATCH && rows.hasNext()) {
        some.add(rows.next());
      }
      if (some.isEmpty()) {
        return null;
      }
      Sent images = new Sent(images(some), null);
      int number = batch++;
      return Stream.iterate(0, part -> part <= parts, part -> part + 1)
          .map(
              part ->
                  part < parts
                      ? new Tuple2<>(new At(part, home, number), images)
                      : new Tuple2<>(new At(parts + home, home, number), new Sent(null, some)))
          .iterator();
    }

    private Matrix images(List<Row> some) {
      int d = metric.dimension();
      Matrix points = Matrix.zeros(d, some.size());
      for (int i = 0; i < some.size(); i++) {
        Vector x = some.get(i).getAs(features);
        if (x == null || x.size() != d) {
          throw BadInput.of(
              "a row has %s features; the points have %s", x == null ? "no" : x.size(), d);
        }
        double[] values = x.toArray();
        for (double value : values) {
          if (!Double.isFinite(value)) {
            throw new BadInput("a row has a feature " + value + "; fill it or leave the row out");
          }
        }
        System.arraycopy(values, 0, points.values(), i * d, d);
      }
      return metric.apply(points, origin);
    }
  }

  /** What a partition of tiles has for the batches that came, some at a time. */
  private static final class Looking extends Flat<Tuple2<At, Found>> {
    private final TileScan scan;
    private final Iterator<IndexTile> unread;
    private final Iterator<Tuple2<At, Sent>> asked;
    private final int round;
    private List<IndexTile> tiles;

    Looking(TileScan scan, Iterator<IndexTile> tiles, Iterator<Tuple2<At, Sent>> asked, int round) {
      this.scan = scan;
      this.unread = tiles;
      this.asked = asked;
      this.round = round;
    }

    @Override
    Iterator<Tuple2<At, Found>> more() {
      List<At> places = new ArrayList<>();
      List<Matrix> images = new ArrayList<>();
      while (images.size() < round && asked.hasNext()) {
        Tuple2<At, Sent> next = asked.next();
        places.add(new At(next._1().home, next._1().home, next._1().batch));
        images.add(next._2().images);
      }
      if (images.isEmpty()) {
        return null;
      }
      if (tiles == null) {
        tiles = new ArrayList<>();
        unread.forEachRemaining(tiles::add);
      }
      List<Found> found = scan.find(images, tiles.iterator());
      List<Tuple2<At, Found>> there = new ArrayList<>();
      for (int b = 0; b < found.size(); b++) {
        there.add(new Tuple2<>(places.get(b), found.get(b)));
      }
      return there.iterator();
    }
  }

  /** Rows of a home, batch by batch, with what came for them from all partitions of tiles. */
  private static final class Merging extends Flat<Row> {
    private final Iterator<Tuple2<At, Sent>> rows;
    private final Iterator<Tuple2<At, Found>> found;
    private final int parts;
    private final int most;
    private final Answer answer;

    Merging(
        Iterator<Tuple2<At, Sent>> rows,
        Iterator<Tuple2<At, Found>> found,
        int parts,
        int most,
        Answer answer) {
      this.rows = rows;
      this.found = found;
      this.parts = parts;
      this.most = most;
      this.answer = answer;
    }

    @Override
    Iterator<Row> more() {
      if (!rows.hasNext()) {
        return null;
      }
      Tuple2<At, Sent> own = rows.next();
      List<Found> of = new ArrayList<>();
      for (int part = 0; part < parts; part++) {
        Tuple2<At, Found> next = found.next();
        if (next._1().batch != own._1().batch) {
          throw new IllegalStateException("neighbors of batch " + next._1() + " for " + own._1());
        }
        of.add(next._2());
      }
      List<Row> batch = own._2().rows;
      List<Neighbors> near = Found.merged(of, batch.size(), most, -1);
      List<Row> answered = new ArrayList<>();
      for (int i = 0; i < batch.size(); i++) {
        answered.add(answer.apply(batch.get(i), near.get(i)));
      }
      return answered.iterator();
    }
  }
}
