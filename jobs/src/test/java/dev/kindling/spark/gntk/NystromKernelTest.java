package dev.kindling.spark.gntk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindling.data.LocalSpark;
import dev.kindling.data.graph.GraphSet;
import dev.kindling.data.graph.GraphSets;
import dev.kindling.gntk.ColorKernel;
import dev.kindling.gntk.GntkParameters;
import dev.kindling.kernel.Normalization;
import dev.kindling.linalg.Blas;
import dev.kindling.linalg.Matrix;
import dev.kindling.linalg.SymmetricEigen;
import dev.kindling.ridge.RidgeValidation;
import dev.kindling.spark.job.BlasContract;
import dev.kindling.spark.job.Table;
import dev.kindling.validation.Folds;
import dev.kindling.validation.Score;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NystromKernelTest {
  private static final GntkParameters PARAMETERS =
      new GntkParameters(2, 2, GntkParameters.Scale.UNIFORM, true, 2);
  private static final int N = 150;

  /** Three blocks of graphs. */
  private final MadeGraphs made = MadeGraphs.of(62, N, false);

  private final JavaSparkContext spark =
      JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext());
  private final BlasContract blas = new BlasContract(Blas.choice());

  @TempDir Path temp;

  /** What landmarks give. */
  private record Made(
      int[] rows,
      Matrix features,
      double trace,
      NystromKernel.Error error,
      RidgeValidation ridge) {}

  private Made make(
      LandmarkOptions.By by,
      int count,
      int pieces,
      int most,
      Normalization normalization,
      int partitions,
      Path folder) {
    try (GraphSet set = GraphSets.of(made.frame(partitions), null);
        GraphBlocks blocks = GraphBlocks.of(set, false, partitions)) {
      WorkFiles files =
          new WorkFiles(
              new org.apache.hadoop.fs.Path(folder.resolve("work").toUri()),
              new SerializableConfiguration(spark.hadoopConfiguration()));
      NystromKernel kernel =
          new NystromKernel(spark, PARAMETERS, files, blocks, false, normalization, blas);
      kernel.sides();
      Landmarks landmarks = kernel.choose(by, count, 5);
      NystromFeatures features = kernel.features(kernel.columns(landmarks, pieces), most, 5);
      double trace =
          kernel.write(
              features,
              Table.at(
                  new org.apache.hadoop.fs.Path(folder.resolve("features").toUri()),
                  NystromKernel.FEATURES,
                  spark.hadoopConfiguration()));
      Matrix targets =
          Matrix.of(N, 1, made.labels().stream().mapToDouble(Double::parseDouble).toArray());
      RidgeValidation ridge =
          new LandmarkRidge(spark, features, targets, Score.RMSE)
              .validate(Folds.random(N, 5, null, 3));
      Made result =
          new Made(landmarks.rows(), read(folder), trace, kernel.error(features, 9), ridge);
      return result;
    }
  }

  /** The table, as Spark reads it: r×n. */
  private static Matrix read(Path folder) {
    List<Row> rows =
        LocalSpark.session()
            .read()
            .parquet(folder.resolve("features").toString())
            .sort("row")
            .collectAsList();
    Matrix features = Matrix.zeros(rows.get(0).<Vector>getAs("features").size(), rows.size());
    for (int i = 0; i < rows.size(); i++) {
      assertThat(rows.get(i).getLong(0)).isEqualTo(i);
      assertThat(rows.get(i).getString(1)).isEqualTo("graph " + i);
      Vector vector = rows.get(i).getAs("features");
      for (int k = 0; k < features.rows(); k++) {
        features.set(k, i, vector.apply(k));
      }
    }
    return features;
  }

  private Matrix gram(Normalization normalization) {
    Matrix gram = Matrix.ofRows(ColorKernel.gram(made.graphs(), PARAMETERS));
    normalization.apply(gram);
    return gram;
  }

  private static Matrix products(Matrix features) {
    Matrix products = Matrix.zeros(N, N);
    Blas.syrk(true, 1, features, 0, products);
    return products;
  }

  @ParameterizedTest
  @CsvSource({"kmeans, COSINE", "leverage, NONE"})
  void whatIsLeftOutIsPositiveAndMeasured(LandmarkOptions.By by, Normalization normalization) {
    Made found = make(by, 20, 3, 40, normalization, 3, temp);
    assertThat(found.rows).hasSize(20).isSorted().doesNotHaveDuplicates();
    Matrix gram = gram(normalization);
    Matrix rest = gram.copy();
    Blas.axpy(-1, products(found.features).values(), rest.values());
    double largest = SymmetricEigen.of(gram).values()[N - 1];
    assertThat(SymmetricEigen.of(rest).values()[0]).isGreaterThan(-1e-9 * largest);
    double kept = 0;
    double all = 0;
    for (int i = 0; i < N; i++) {
      kept += gram.get(i, i) - rest.get(i, i);
      all += gram.get(i, i);
    }
    assertThat(found.trace).isCloseTo(kept / all, within(1e-10)).isLessThan(1);
    assertThat(found.error.relative()).isPositive().isLessThan(0.1);
    assertThat(found.error.pairs()).isEqualTo(1000);
  }

  @ParameterizedTest
  @EnumSource(
      value = Normalization.class,
      names = {"NONE", "COSINE"})
  void withAllGraphsAsLandmarksItIsTheWholeKernelAndItsRidge(Normalization normalization) {
    Made found = make(LandmarkOptions.By.uniform, N, 2, 2 * N, normalization, 2, temp);
    Matrix gram = gram(normalization);
    Matrix products = products(found.features);
    for (int i = 0; i < N; i++) {
      for (int j = 0; j < N; j++) {
        double scale = Math.sqrt(gram.get(i, i) * gram.get(j, j));
        assertThat(products.get(i, j)).isCloseTo(gram.get(i, j), within(1e-7 * scale));
      }
    }
    assertThat(found.error.relative()).isLessThan(1e-7);
    Matrix targets =
        Matrix.of(N, 1, made.labels().stream().mapToDouble(Double::parseDouble).toArray());
    RidgeValidation whole =
        RidgeValidation.of(gram, targets, Folds.random(N, 5, null, 3), Score.RMSE);
    assertThat(found.ridge.validation().selection())
        .containsExactly(whole.validation().selection(), within(1e-5));
    assertThat(found.ridge.validation().nestedScores())
        .containsExactly(whole.validation().nestedScores(), within(1e-5));
    assertThat(found.ridge.validation().nestedPredictions().values())
        .containsExactly(whole.validation().nestedPredictions().values(), within(1e-4));
  }

  @Test
  void piecesKeepMoreAndFewerFeaturesLess() {
    Made whole =
        make(LandmarkOptions.By.uniform, 20, 1, 2 * N, Normalization.NONE, 2, temp.resolve("1"));
    Made cut =
        make(LandmarkOptions.By.uniform, 20, 4, 2 * N, Normalization.NONE, 2, temp.resolve("4"));
    Made few =
        make(LandmarkOptions.By.uniform, 20, 4, 40, Normalization.NONE, 2, temp.resolve("f"));
    assertThat(cut.rows).isEqualTo(whole.rows);
    assertThat(cut.features.rows()).isGreaterThan(whole.features.rows());
    assertThat(few.features.rows()).isEqualTo(40);
    double largest = SymmetricEigen.of(gram(Normalization.NONE)).values()[N - 1];
    assertThat(least(cut, whole)).isGreaterThan(-1e-9 * largest);
    assertThat(least(cut, few)).isGreaterThan(-1e-9 * largest);
    assertThat(cut.trace).isGreaterThan(whole.trace).isGreaterThan(few.trace);
  }

  /** The smallest eigenvalue of what one approximation has and the other has not. */
  private static double least(Made more, Made less) {
    Matrix difference = products(more.features);
    Blas.axpy(-1, products(less.features).values(), difference.values());
    return SymmetricEigen.of(difference).values()[0];
  }

  @ParameterizedTest
  @EnumSource(
      value = LandmarkOptions.By.class,
      names = {"kmeans", "leverage"})
  void theBitsAreTheSameForAnyPartitioning(LandmarkOptions.By by) {
    Made first = make(by, 15, 2, 20, Normalization.NONE, 1, temp.resolve("p1"));
    Made other = make(by, 15, 2, 20, Normalization.NONE, 7, temp.resolve("p7"));
    assertThat(other.rows).isEqualTo(first.rows);
    assertThat(other.features.values()).isEqualTo(first.features.values());
    assertThat(other.trace).isEqualTo(first.trace);
    assertThat(other.error).isEqualTo(first.error);
    assertThat(other.ridge.model().coefficients().values())
        .isEqualTo(first.ridge.model().coefficients().values());
    assertThat(other.ridge.validation().nestedPredictions().values())
        .isEqualTo(first.ridge.validation().nestedPredictions().values());
  }

  @Test
  void neighborsAreTheMostSimilarGraphs() {
    try (GraphSet set = GraphSets.of(made.frame(3), null);
        GraphBlocks blocks = GraphBlocks.of(set, false, 3)) {
      Matrix gram = gram(Normalization.COSINE);
      int size = blocks.layout().size();
      Table table =
          Table.at(
              new org.apache.hadoop.fs.Path(temp.resolve("neighbors").toUri()),
              Neighbors.SCHEMA,
              spark.hadoopConfiguration());
      new Neighbors(spark, blocks, 4)
          .write(
              (i, j) -> {
                int rows = Math.min(size, N - i * size);
                int columns = Math.min(size, N - j * size);
                double[] tile = new double[rows * columns];
                Arrays.setAll(tile, k -> gram.get(i * size + k / columns, j * size + k % columns));
                return tile;
              },
              table);
      List<Row> rows =
          LocalSpark.session().read().parquet(temp.resolve("neighbors").toString()).collectAsList();
      assertThat(rows).hasSize(4 * N);
      for (Row row : rows) {
        int g = Integer.parseInt(row.getString(0).substring(6));
        int h = Integer.parseInt(row.getString(2).substring(6));
        double similarity = row.getDouble(3);
        assertThat(g).isNotEqualTo(h);
        assertThat(similarity).isEqualTo(Math.min(1, gram.get(g, h)));
        long better = 0;
        for (int other = 0; other < N; other++) {
          double value = Math.min(1, gram.get(g, other));
          if (other != g && (value > similarity || (value == similarity && other < h))) {
            better++;
          }
        }
        assertThat(row.getLong(1)).isEqualTo(better + 1);
      }
    }
  }
}
