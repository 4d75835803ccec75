package dev.kindling.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindling.block.FixedTree;
import dev.kindling.data.LocalSpark;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import scala.Tuple2;

class BlockMergeTest {
  private static final long SEED = 43;
  private static final int BLOCKS = 237;

  private final JavaSparkContext spark =
      JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext());

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 64, 65, 200})
  void sumsHaveTheSameBitsForAnyPartitioning(int partitions) {
    List<Tuple2<Integer, Double>> values = values(BLOCKS);
    FixedTree<Double> tree = new FixedTree<>(BLOCKS, Double::sum);
    values.forEach(value -> tree.add(value._1(), value._2()));
    Collections.shuffle(values, new Random(SEED + partitions));
    assertThat(merge(values, partitions, BLOCKS)).as("seed %d", SEED).isEqualTo(tree.result());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 64, 100, 128})
  void everyNumberOfBlocksMergesInTwoRoundsAsInOne(int blocks) {
    List<Tuple2<Integer, Double>> values = values(blocks);
    assertThat(merge(values, 70, blocks)).as("seed %d", SEED).isEqualTo(merge(values, 1, blocks));
  }

  @Test
  void theOrderOfASumShowsInItsBits() {
    List<Tuple2<Integer, Double>> values = values(BLOCKS);
    double sum = 0;
    for (Tuple2<Integer, Double> value : values) {
      sum += value._2();
    }
    assertThat(merge(values, 4, BLOCKS))
        .as("seed %d: or the others prove nothing", SEED)
        .isNotEqualTo(sum);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 80})
  void aMissingBlockIsAnErrorAndNoSmallerSum(int partitions) {
    List<Tuple2<Integer, Double>> values = values(BLOCKS);
    values.remove(100);
    assertThatThrownBy(() -> merge(values, partitions, BLOCKS))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessageContaining("a block is missing");
  }

  private double merge(List<Tuple2<Integer, Double>> values, int partitions, int blocks) {
    JavaPairRDD<Integer, Double> pairs =
        spark.parallelize(values, partitions).mapToPair(value -> value);
    return BlockMerge.merge(pairs, blocks, Double::sum);
  }

  private static List<Tuple2<Integer, Double>> values(int blocks) {
    Random random = new Random(SEED);
    List<Tuple2<Integer, Double>> values = new ArrayList<>();
    for (int b = 0; b < blocks; b++) {
      values.add(new Tuple2<>(b, random.nextGaussian() * Math.pow(10, random.nextInt(12))));
    }
    return values;
  }
}
