package dev.kindling.spark.ade;

import dev.kindling.ade.Lmnn;
import java.util.Arrays;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;

/** The Params of learning a metric from labels; those of the command line, by spark.ml's names. */
public final class MetricParams implements java.io.Serializable {
  private static final long serialVersionUID = 1L;

  final Param<String> featuresCol;
  final Param<String> labelCol;
  final Param<String> outputCol;
  final Param<String> learner;
  final IntParam maxIter;
  final IntParam rank;
  final IntParam neighbors;
  final DoubleParam push;
  final DoubleParam shrink;
  final IntParam numPairs;
  final IntParam sweeps;
  final DoubleParam upper;
  final DoubleParam lower;
  final DoubleParam gamma;
  final DoubleParam scale;
  final LongParam seed;

  MetricParams(Params parent) {
    featuresCol = new Param<>(parent, "featuresCol", "column with the points, as vectors");
    labelCol = new Param<>(parent, "labelCol", "column with the classes: 0, 1, …");
    outputCol = new Param<>(parent, "outputCol", "column for Ux, as vectors");
    String[] names =
        Arrays.stream(Learner.values())
            .filter(Learner::learnsFromLabels)
            .map(Learner::name)
            .toArray(String[]::new);
    learner =
        new Param<>(
            parent,
            "learner",
            "what learns: " + String.join(", ", names),
            ParamValidators.inArray(names));
    maxIter =
        new IntParam(
            parent,
            "maxIter",
            "nca: steps of L-BFGS, lmnn: rounds of ten steps; 0: 100 and 50",
            ParamValidators.gtEq(0));
    rank =
        new IntParam(parent, "rank", "nca: rows of U; 0: one a feature", ParamValidators.gtEq(0));
    neighbors =
        new IntParam(
            parent, "neighbors", "lmnn: target neighbours of each point", ParamValidators.gtEq(1));
    push =
        new DoubleParam(
            parent,
            "push",
            "lmnn: weight of the push against the pull",
            ParamValidators.inRange(0, 1, false, false));
    shrink =
        new DoubleParam(
            parent,
            "shrink",
            "rca: share of the within-class covariance that becomes a multiple of the identity",
            ParamValidators.inRange(0, 1));
    numPairs =
        new IntParam(
            parent,
            "numPairs",
            "itml, pola: pairs drawn from the labels; 0: 40·C·(C−1) for C classes, at most 100,000",
            ParamValidators.gtEq(0));
    sweeps =
        new IntParam(
            parent, "sweeps", "itml, pola: times through the pairs", ParamValidators.gtEq(1));
    upper =
        new DoubleParam(
            parent,
            "upper",
            "itml: most squared distance of similar points; 0: the 5th percentile",
            ParamValidators.gtEq(0));
    lower =
        new DoubleParam(
            parent,
            "lower",
            "itml: least squared distance of others; 0: the 95th percentile",
            ParamValidators.gtEq(0));
    gamma = new DoubleParam(parent, "gamma", "itml: slack", ParamValidators.gt(0));
    scale =
        new DoubleParam(
            parent, "scale", "itml, pola: what differences are divided by", ParamValidators.gt(0));
    seed = new LongParam(parent, "seed", "of the pairs that are drawn");
  }

  void setDefaults(Params stage) {
    Lmnn.Settings lmnn = Lmnn.Settings.DEFAULT;
    stage.setDefault(featuresCol, "features");
    stage.setDefault(labelCol, "label");
    stage.setDefault(outputCol, "mapped");
    stage.setDefault(learner, Learner.nca.name());
    stage.setDefault(maxIter, 0);
    stage.setDefault(rank, 0);
    stage.setDefault(neighbors, lmnn.neighbours());
    stage.setDefault(push, lmnn.push());
    stage.setDefault(shrink, 0.0);
    stage.setDefault(numPairs, 0);
    stage.setDefault(sweeps, 1);
    stage.setDefault(upper, 0.0);
    stage.setDefault(lower, 0.0);
    stage.setDefault(gamma, OnlineSettings.GAMMA);
    stage.setDefault(scale, 1.0);
    stage.setDefault(seed, 42L);
  }

  /** What the Params of a stage say; those of other learners than its own say nothing. */
  LearnOptions options(Params stage) {
    LearnOptions o = new LearnOptions();
    o.learner = Learner.valueOf(stage.getOrDefault(learner));
    o.iterations = given((Integer) stage.getOrDefault(maxIter));
    o.rank = given((Integer) stage.getOrDefault(rank));
    o.neighbors = (Integer) stage.getOrDefault(neighbors);
    o.push = (Double) stage.getOrDefault(push);
    o.shrink = (Double) stage.getOrDefault(shrink);
    o.pairs = given((Integer) stage.getOrDefault(numPairs));
    o.sweeps = (Integer) stage.getOrDefault(sweeps);
    o.upper = given((Double) stage.getOrDefault(upper));
    o.lower = given((Double) stage.getOrDefault(lower));
    o.gamma = (Double) stage.getOrDefault(gamma);
    o.scale = (Double) stage.getOrDefault(scale);
    return o;
  }

  private static Integer given(int value) {
    return value == 0 ? null : (Integer) value;
  }

  private static Double given(double value) {
    return value == 0 ? null : (Double) value;
  }
}
