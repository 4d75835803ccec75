package dev.kindling.spark.gntk;

import dev.kindling.BadInput;
import dev.kindling.block.RowKeys;
import dev.kindling.data.graph.GraphRecord;
import dev.kindling.gntk.GntkParameters;
import dev.kindling.gntk.Graph;
import dev.kindling.gntk.TileKernel;
import dev.kindling.kernel.Normalization;
import dev.kindling.linalg.Matrix;
import dev.kindling.linalg.Precision;
import dev.kindling.linalg.Qr;
import dev.kindling.nystrom.LeverageScores;
import dev.kindling.nystrom.NystromMap;
import dev.kindling.spark.job.BlasContract;
import dev.kindling.spark.job.BlockMerge;
import dev.kindling.spark.job.Table;
import dev.kindling.spark.job.TableSchema;
import dev.kindling.spark.job.TableSchema.Kind;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/**
 * The kernel by m landmarks: only its columns at the landmarks are computed, n×m values in {@link
 * WorkFiles}; the driver holds m² values, the landmarks, and some numbers a graph while it chooses
 * them.
 */
final class NystromKernel {
  /** A spark.ml vector a graph. */
  static final TableSchema FEATURES =
      TableSchema.empty()
          .with("row", Kind.LONG)
          .with("id", Kind.TEXT)
          .with("features", Kind.VECTOR);

  static final TableSchema LANDMARKS =
      TableSchema.empty().with("row", Kind.LONG).with("id", Kind.TEXT);

  private static final String LANDMARK_COLUMNS = "landmarks";
  private static final String PILOT_COLUMNS = "pilot";
  private static final int PAIRS = 1000;

  private final JavaSparkContext spark;
  private final GntkParameters parameters;
  private final WorkFiles files;
  private final GraphBlocks blocks;
  private final GraphBlocks.Layout layout;
  private final TileEngine engine;
  private final Normalization normalization;
  private final BlasContract blas;
  private BlockGroups groups;

  NystromKernel(
      JavaSparkContext spark,
      GntkParameters parameters,
      WorkFiles files,
      GraphBlocks blocks,
      boolean byNodes,
      Normalization normalization,
      BlasContract blas) {
    this.spark = spark;
    this.parameters = parameters;
    this.files = files;
    this.blocks = blocks;
    this.layout = blocks.layout();
    this.engine = new TileEngine(spark, parameters, Precision.DOUBLE, files, byNodes);
    this.normalization = normalization;
    this.blas = blas;
  }

  /** What each block is in a tile; before anything else. */
  void sides() {
    long[][] sizes = engine.sides(blocks);
    groups = engine.byNodes() ? BlockGroups.single(layout.blocks()) : BlockGroups.of(sizes, layout);
    engine.groups(layout, groups);
  }

  /**
   * Chooses at most {@code count} landmarks; fewer where fewer graphs differ, as far as the choice
   * can tell.
   */
  Landmarks choose(LandmarkOptions.By by, int count, long seed) {
    int[] rows =
        switch (by) {
          case uniform -> uniform(count, seed);
          case kmeans -> spread(count, seed);
          case leverage -> byLeverage(count, seed);
        };
    return Landmarks.of(blocks, rows);
  }

  private int[] spread(int count, long seed) {
    try (KMeansLandmarks kMeans = new KMeansLandmarks(spark, parameters, files, layout)) {
      return kMeans.choose(count, seed);
    }
  }

  private int[] uniform(int count, long seed) {
    double[] even = new double[layout.graphs()];
    Arrays.fill(even, 1);
    return RowKeys.draw(even, count, seed);
  }

  private int[] byLeverage(int count, long seed) {
    Landmarks pilot = Landmarks.of(blocks, uniform(count, RowKeys.key(seed, 1)));
    LandmarkColumns columns =
        engine.columns(PILOT_COLUMNS, layout, groups, pilot, 1, pilot.count());
    Matrix own = new KernelColumns(columns.own(), null).sum();
    boolean cosine = normalization == Normalization.COSINE;
    double[] scales = cosine ? KernelColumns.scales(diagonal(own)) : null;
    if (cosine) {
      own = KernelColumns.scaled(KernelColumns.scaled(own, scales).transpose(), scales);
    }
    var shared = spark.broadcast(LeverageScores.of(own, layout.graphs(), count));
    BlasContract contract = blas;
    double[] all = new double[layout.graphs()];
    perBlock(
            block -> {
              contract.enter();
              KernelColumns read = columns.read(block);
              Matrix values = read.sum();
              double[] diagonal = read.diagonal();
              if (cosine) {
                values = KernelColumns.scaled(values, read.scales());
                values = KernelColumns.scaled(values.transpose(), scales).transpose();
                diagonal = Arrays.stream(diagonal).map(d -> d > 0 ? 1 : 0).toArray();
              }
              return shared.value().of(values, diagonal);
            })
        .forEach((block, part) -> System.arraycopy(part, 0, all, layout.first(block), part.length));
    shared.destroy();
    return RowKeys.draw(all, count, RowKeys.key(seed, 2));
  }

  private static double[] diagonal(Matrix a) {
    double[] diagonal = new double[a.rows()];
    Arrays.setAll(diagonal, i -> a.get(i, i));
    return diagonal;
  }

  /** Work on a block that brings something small to the driver. */
  private interface OnBlock<T> extends Serializable {
    T of(int block);
  }

  private <T> Map<Integer, T> perBlock(OnBlock<T> work) {
    Map<Integer, T> results = new HashMap<>();
    spark
        .parallelize(IntStream.range(0, layout.blocks()).boxed().toList(), layout.blocks())
        .map(block -> new Tuple2<>(block, work.of(block)))
        .collect()
        .forEach(each -> results.put(each._1(), each._2()));
    return results;
  }

  /**
   * Computes the columns at the landmarks.
   *
   * @param pieces of a landmark at a level, at most
   */
  LandmarkColumns columns(Landmarks landmarks, int pieces) {
    return engine.columns(
        LANDMARK_COLUMNS, layout, groups, landmarks, pieces, LandmarkOptions.MOST_COLUMNS);
  }

  /**
   * Computes the features.
   *
   * @param most features of a graph. Where there are more, they are projected on those of as many
   *     graphs, drawn evenly: Nyström on the approximation again (Lim, Kim, Park and Jung 2015)
   * @throws BadInput if the kernel between the landmarks is zero
   */
  NystromFeatures features(LandmarkColumns columns, int most, long seed) {
    NystromMap map;
    try {
      map = NystromMap.of(columns.own());
    } catch (IllegalArgumentException e) {
      throw new BadInput(
          "--landmarks: the kernel between them is zero, no node of theirs has a feature; give more",
          e);
    }
    if (map.rank() > most) {
      map = map.turned(directions(columns, map, most, seed));
    }
    Broadcast<NystromMap> shared = spark.broadcast(map);
    WorkFiles work = files;
    BlasContract contract = blas;
    boolean cosine = normalization == Normalization.COSINE;
    spark
        .parallelize(IntStream.range(0, layout.blocks()).boxed().toList(), layout.blocks())
        .foreach(
            block -> {
              if (!work.hasFeatures(block)) {
                contract.enter();
                work.writeFeatures(block, features(columns.read(block), shared.value(), cosine));
              }
            });
    shared.destroy();
    return new NystromFeatures(files, layout, map, columns.pieces(), blas);
  }

  /** An orthonormal basis of what the features of some graphs span, r×count. */
  private Matrix directions(LandmarkColumns columns, NystromMap map, int count, long seed) {
    int[] rows = uniform(count, RowKeys.key(seed, 3));
    GraphBlocks.Layout of = layout;
    Map<Integer, KernelColumns> found =
        perBlock(
            block -> {
              int first = of.first(block);
              int[] own =
                  Arrays.stream(rows)
                      .filter(row -> row / of.size() == block)
                      .map(row -> row - first)
                      .toArray();
              return columns.read(block).only(own);
            });
    Matrix directions = Matrix.zeros(map.rank(), rows.length);
    int at = 0;
    for (int block = 0; block < layout.blocks(); block++) {
      double[] values = map.features(found.get(block).parts()).values();
      System.arraycopy(values, 0, directions.values(), at, values.length);
      at += values.length;
    }
    return Qr.of(directions).q();
  }

  private static Matrix features(KernelColumns columns, NystromMap map, boolean cosine) {
    Matrix features = map.features(columns.parts());
    return cosine ? KernelColumns.scaled(features, columns.scales()) : features;
  }

  /**
   * Writes the table of features, and beside it finds what they keep of the kernel's trace.
   *
   * @return Σ‖f_i‖²/ΣK_ii, at most 1 but for rounding: 1 where the approximation is exact
   */
  double write(NystromFeatures features, Table table) {
    boolean cosine = normalization == Normalization.COSINE;
    double[] traces =
        BlockMerge.merge(
            blocks
                .rdd()
                .mapToPair(
                    block -> {
                      Matrix values = features.features(block._1());
                      table.write(block._1(), rows(block._2(), values));
                      double kept = 0;
                      for (double value : values.values()) {
                        kept += value * value;
                      }
                      double all =
                          Arrays.stream(features.diagonal(block._1()))
                              .map(d -> cosine ? Math.signum(d) : d)
                              .sum();
                      return new Tuple2<>(block._1(), new double[] {kept, all});
                    }),
            layout.blocks(),
            (left, right) -> new double[] {left[0] + right[0], left[1] + right[1]});
    return traces[0] / traces[1];
  }

  private static Iterator<Object[]> rows(GraphRecord[] records, Matrix features) {
    return IntStream.range(0, records.length)
        .mapToObj(
            g ->
                new Object[] {
                  records[g].index(),
                  records[g].id(),
                  Arrays.copyOfRange(
                      features.values(), g * features.rows(), (g + 1) * features.rows())
                })
        .iterator();
  }

  /**
   * How far the approximation is off, on random pairs of different graphs.
   *
   * @param pairs how many were computed exactly
   * @param relative √(Σ(K − FᵀF)²/ΣK²) over them
   * @param largest |K − FᵀF|/√(K_gg K_hh)
   */
  record Error(int pairs, double relative, double largest) {}

  private record Pair(Graph g, Graph h, double approximated) implements Serializable {}

  Error error(NystromFeatures features, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int n = layout.graphs();
    int[][] pairs = new int[n < 2 ? 0 : PAIRS][];
    Set<Integer> wanted = new HashSet<>();
    for (int k = 0; k < pairs.length; k++) {
      int g = random.nextInt(n);
      int h = random.nextInt(n - 1);
      pairs[k] = new int[] {g, h < g ? h : h + 1};
      wanted.add(pairs[k][0]);
      wanted.add(pairs[k][1]);
    }
    if (pairs.length == 0) {
      return new Error(0, 0, 0);
    }
    Map<Integer, GraphRecord> graphs = blocks.collect(wanted);
    Map<Integer, double[]> vectors = new HashMap<>();
    GraphBlocks.Layout of = layout;
    Set<Integer> rows = wanted;
    perBlock(
            block -> {
              Map<Integer, double[]> found = new HashMap<>();
              Matrix values = features.features(block);
              int r = values.rows();
              for (int g = 0; g < of.length(block); g++) {
                if (rows.contains(of.first(block) + g)) {
                  found.put(
                      of.first(block) + g, Arrays.copyOfRange(values.values(), g * r, (g + 1) * r));
                }
              }
              return found;
            })
        .values()
        .forEach(vectors::putAll);
    List<Pair> tasks = new ArrayList<>();
    for (int[] pair : pairs) {
      double product = 0;
      double[] left = vectors.get(pair[0]);
      double[] right = vectors.get(pair[1]);
      for (int k = 0; k < left.length; k++) {
        product += left[k] * right[k];
      }
      tasks.add(new Pair(graphs.get(pair[0]).graph(), graphs.get(pair[1]).graph(), product));
    }
    GntkParameters p = parameters;
    boolean cosine = normalization == Normalization.COSINE;
    boolean nodes = engine.byNodes();
    double squares = 0;
    double errors = 0;
    double largest = 0;
    for (double[] each :
        spark
            .parallelize(tasks, Math.min(tasks.size(), 4 * spark.defaultParallelism()))
            .map(pair -> compare(pair, p, cosine, nodes))
            .collect()) {
      squares += each[0] * each[0];
      errors += each[1] * each[1];
      largest = Math.max(largest, each[2]);
    }
    return new Error(pairs.length, Math.sqrt(errors / squares), largest);
  }

  /** The kernel, the error, the error by the graphs' lengths. */
  private static double[] compare(
      Pair pair, GntkParameters parameters, boolean cosine, boolean byNodes) {
    double[][] gram =
        TileKernel.gram(new Graph[] {pair.g, pair.h}, parameters, byNodes, Precision.DOUBLE);
    double lengths = Math.sqrt(gram[0][0] * gram[1][1]);
    double value = cosine && lengths > 0 ? gram[0][1] / lengths : gram[0][1];
    double error = value - pair.approximated;
    double share = cosine ? Math.abs(error) : lengths > 0 ? Math.abs(error) / lengths : 0;
    return new double[] {value, error, share};
  }
}
