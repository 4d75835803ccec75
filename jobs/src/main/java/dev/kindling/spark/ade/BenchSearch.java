package dev.kindling.spark.ade;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;

import dev.kindling.ade.KeyedDraws;
import dev.kindling.ade.Metric;
import dev.kindling.ade.Nearest;
import dev.kindling.linalg.Matrix;
import dev.kindling.spark.ade.TileScan.Question;
import dev.kindling.spark.bench.BenchTable.Line;
import dev.kindling.spark.bench.Contest;
import dev.kindling.spark.job.Run;
import dev.kindling.spark.setting.Settings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.feature.BucketedRandomProjectionLSH;
import org.apache.spark.ml.feature.BucketedRandomProjectionLSHModel;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/** Batches of queries beside MLlib's LSH and a join, all over the same images. */
final class BenchSearch {
  private static final int K = 10;

  /** Queries of the slow peers. */
  private static final int OF_LSH = 50;

  private static final int OF_JOIN = 10;

  /** Hash tables of MLlib's LSH: few, and as many as bring its recall near 1. */
  private static final int FEW = 3;

  private static final int MANY = 10;

  /** Length of its buckets: twice the deviation of a whitened coordinate. */
  private static final double BUCKET = 2;

  private static final StructType IMAGES =
      new StructType().add("id", DataTypes.LongType).add("image", SQLDataTypes.VectorType());

  private final Run run;
  private final String set;
  private final BenchPoints bench;
  private final PointMetric metric;
  private final int rounds;
  private final List<double[]> queries = new ArrayList<>();
  private List<Set<Long>> truth;

  BenchSearch(Run run, String set, BenchPoints bench, PointMetric metric, int rounds) {
    this.run = run;
    this.set = set;
    this.bench = bench;
    this.metric = metric;
    this.rounds = rounds;
  }

  private record Timed(double seconds, double recall) {}

  List<Line> lines() {
    for (PointBlock block : BenchScan.sorted(bench.queries())) {
      for (int i = 0; i < block.rows(); i++) {
        queries.add(metric.metric().apply(block.point(i)));
      }
    }
    Dataset<Row> images = images();
    truth = allPairs();
    Lsh few = Lsh.of(images, FEW, run.seed());
    Lsh many = Lsh.of(images, MANY, run.seed());
    List<Line> lines = new ArrayList<>();
    Sketching fixed = sketching(SearchMode.sketch, 0.2);
    Sketching adaptive = sketching(SearchMode.adaptive, 0.5);
    try (PointIndex index =
            PointIndex.of(run.context(), bench.points(), metric.metric(), metric.origin());
        SketchIndex sketched = sketched(fixed);
        SketchIndex drawn = sketched(adaptive)) {
      lines.addAll(
          new Contest<Timed>(rounds)
              .system("mllib-lsh", warm -> near(few))
              .system("mllib-lsh, " + MANY + " tables", warm -> near(many))
              .system("spark-sql-join", warm -> join(images))
              .system("ade", warm -> exact(index))
              .system("ade --mode sketch", warm -> bySketches(sketched, fixed))
              .system("ade --mode adaptive --eps 0.5", warm -> bySketches(drawn, adaptive))
              .system("products alone", warm -> limit())
              .hold()
              .lines(set, Timed::seconds, Timed::recall, "recall_at_10"));
      int k = metric.metric().rows();
      lines.add(read("spark-sql-join", Double.BYTES * k));
      lines.add(read("ade", Float.BYTES * k));
      lines.add(read("ade --mode sketch", Float.BYTES * fixed.numbersRead()));
      lines.add(read("ade --mode adaptive --eps 0.5", Float.BYTES * adaptive.numbersRead()));
    } finally {
      few.hashed.unpersist();
      many.hashed.unpersist();
      images.unpersist();
    }
    return lines;
  }

  private Line read(String system, double bytes) {
    return new Line(set, system, Double.NaN, Double.NaN, bytes, "bytes_read_of_each_point");
  }

  private Sketching sketching(SearchMode mode, double epsilon) {
    Settings settings =
        Settings.none().with(SearchSettings.MODE, mode).with(SearchSettings.EPSILON, epsilon);
    return SearchOptions.of(settings)
        .sketching(metric.metric().rows(), bench.points().rows(), run.seed(), KeyedDraws::freshKey);
  }

  private SketchIndex sketched(Sketching sketching) {
    return SketchIndex.of(
        run.context(), bench.points(), metric.metric(), metric.origin(), sketching);
  }

  private Dataset<Row> images() {
    Metric of = metric.metric();
    Dataset<Row> images =
        run.spark()
            .createDataFrame(
                bench
                    .points()
                    .blocks()
                    .flatMap(
                        block -> {
                          List<Row> rows = new ArrayList<>();
                          Matrix all = of.apply(block.points());
                          int k = all.rows();
                          for (int i = 0; i < block.rows(); i++) {
                            double[] image = Arrays.copyOfRange(all.values(), i * k, (i + 1) * k);
                            rows.add(RowFactory.create(block.firstRow() + i, Vectors.dense(image)));
                          }
                          return rows.iterator();
                        }),
                IMAGES)
            .persist(StorageLevel.MEMORY_AND_DISK());
    images.count();
    return images;
  }

  /** By direct differences in double precision, of all queries. */
  private List<Set<Long>> allPairs() {
    Metric of = metric.metric();
    List<double[]> asked = List.copyOf(queries);
    List<List<Nearest>> parts =
        bench
            .points()
            .blocks()
            .map(block -> near(block, of.apply(block.points()).values(), asked))
            .collect();
    List<Set<Long>> sets = new ArrayList<>();
    for (int q = 0; q < asked.size(); q++) {
      Nearest all = new Nearest(K);
      for (List<Nearest> part : parts) {
        all.merge(part.get(q));
      }
      Set<Long> ids = new HashSet<>();
      Arrays.stream(all.ids()).forEach(ids::add);
      sets.add(ids);
    }
    return sets;
  }

  private static List<Nearest> near(PointBlock block, double[] images, List<double[]> queries) {
    List<Nearest> nearest = new ArrayList<>();
    for (double[] query : queries) {
      Nearest of = new Nearest(K);
      for (int i = 0, at = 0; i < block.rows(); i++) {
        double square = 0;
        for (double x : query) {
          double difference = images[at++] - x;
          square += difference * difference;
        }
        of.offer(square, block.firstRow() + i);
      }
      nearest.add(of);
    }
    return nearest;
  }

  private double recall(int query, List<Long> ids) {
    return ids.stream().filter(truth.get(query)::contains).count()
        / (double) truth.get(query).size();
  }

  /** MLlib's LSH with its hashes cached. */
  private record Lsh(BucketedRandomProjectionLSHModel model, Dataset<Row> hashed) {
    static Lsh of(Dataset<Row> images, int tables, long seed) {
      BucketedRandomProjectionLSHModel model =
          new BucketedRandomProjectionLSH()
              .setInputCol("image")
              .setOutputCol("hashes")
              .setNumHashTables(tables)
              .setBucketLength(BUCKET)
              .setSeed(seed)
              .fit(images);
      Dataset<Row> hashed = model.transform(images).persist(StorageLevel.MEMORY_AND_DISK());
      hashed.count();
      return new Lsh(model, hashed);
    }
  }

  private Timed near(Lsh lsh) {
    int count = Math.min(OF_LSH, queries.size());
    double recall = 0;
    long begin = System.nanoTime();
    for (int q = 0; q < count; q++) {
      Dataset<?> near =
          lsh.model.approxNearestNeighbors(lsh.hashed, Vectors.dense(queries.get(q)), K);
      recall += recall(q, near.select("id").as(Encoders.LONG()).collectAsList());
    }
    return new Timed((System.nanoTime() - begin) / 1e9 / count, recall / count);
  }

  /** All pairs by a cross join, a function for the distance and a window. */
  private Timed join(Dataset<Row> images) {
    int count = Math.min(OF_JOIN, queries.size());
    List<Row> some = new ArrayList<>();
    for (int q = 0; q < count; q++) {
      some.add(RowFactory.create((long) q, Vectors.dense(queries.get(q))));
    }
    UDF2<Vector, Vector, Double> distance = (a, b) -> Math.sqrt(Vectors.sqdist(a, b));
    Dataset<Row> asked = run.spark().createDataFrame(some, IMAGES).toDF("query", "asked");
    long begin = System.nanoTime();
    List<Row> rows =
        images
            .crossJoin(broadcast(asked))
            .select(
                col("query"),
                col("id"),
                functions
                    .udf(distance, DataTypes.DoubleType)
                    .apply(col("image"), col("asked"))
                    .as("distance"))
            .withColumn(
                "rank",
                functions.row_number().over(Window.partitionBy("query").orderBy("distance", "id")))
            .filter(col("rank").leq(K))
            .collectAsList();
    double seconds = (System.nanoTime() - begin) / 1e9 / count;
    double recall = 0;
    for (int q = 0; q < count; q++) {
      long query = q;
      recall +=
          recall(
              q, rows.stream().filter(r -> r.getLong(0) == query).map(r -> r.getLong(1)).toList());
    }
    return new Timed(seconds, recall / count);
  }

  /** How a search is asked. */
  private interface Ask {
    void of(Question question, NeighborTables out);
  }

  private Timed exact(PointIndex index) {
    return timed(
        (question, out) -> index.ask(bench.queries(), question, out, new SearchState(), () -> {}));
  }

  private Timed bySketches(SketchIndex index, Sketching sketching) {
    return timed(
        (question, out) ->
            index.ask(
                bench.queries(),
                question,
                out,
                null,
                0,
                new SearchState(sketching.epsilon()),
                () -> {}));
  }

  /** All queries, as the job asks them, from rows to the table of neighbours. */
  private Timed timed(Ask ask) {
    Path folder = new Path(run.work(), "neighbors");
    NeighborTables out = NeighborTables.at(folder, bench.points(), bench.queries(), run.hadoop());
    long begin = System.nanoTime();
    ask.of(new Question(K, Double.POSITIVE_INFINITY, false), out);
    double seconds = (System.nanoTime() - begin) / 1e9 / queries.size();
    double recall = 0;
    List<Row> rows = run.spark().read().parquet(folder.toString()).collectAsList();
    for (Row row : rows) {
      recall += truth.get((int) row.getLong(0)).contains(row.getLong(2)) ? 1 : 0;
    }
    return new Timed(seconds, recall / rows.size());
  }

  /** What the same products take alone, on all cores. */
  private Timed limit() {
    double flops = 2.0 * bench.points().rows() * metric.metric().rows();
    return new Timed(
        flops / GemmProbe.flopsPerSecond(run.context(), metric.metric().rows()), Double.NaN);
  }
}
