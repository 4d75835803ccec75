package dev.kindling.spark.train;

import dev.kindling.linalg.Precision;
import dev.kindling.nn.Activation;
import dev.kindling.optim.DbdSettings;
import dev.kindling.optim.OptimizerKind;
import dev.kindling.optim.ScheduleKind;
import dev.kindling.optim.Signal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;

/** The Params that the Estimators share: one instance for each, since a Param knows its parent. */
public final class TrainParams implements java.io.Serializable {
  private static final long serialVersionUID = 1L;

  final Param<String> weightCol;
  final IntArrayParam hiddenLayers;
  final Param<String> activation;
  final Param<String> optimizer;
  final Param<String> schedule;
  final DoubleParam stepSize;
  final DoubleParam kappa;
  final DoubleParam theta;
  final DoubleParam phi;
  final Param<String> signal;
  final Param<String> group;
  final BooleanParam lossRegret;
  final IntParam batchSize;
  final DoubleParam maxIter;
  final IntParam localSteps;
  final IntParam localWorkers;
  final DoubleParam regParam;
  final DoubleParam weightDecay;
  final DoubleParam clip;
  final DoubleParam dropout;
  final DoubleParam validationFraction;
  final IntParam earlyStop;
  final IntParam plateau;
  final BooleanParam standardization;
  final Param<String> precision;
  final Param<String> stepsOn;
  final LongParam seed;

  TrainParams(Params parent) {
    weightCol = new Param<>(parent, "weightCol", "column with the weight of a row; empty: none");
    hiddenLayers =
        new IntArrayParam(
            parent, "hiddenLayers", "units of each hidden layer; none: a linear model");
    activation = choice(parent, "activation", "of hidden units", Activation.values());
    optimizer =
        choice(parent, "optimizer", "what turns gradients into directions", OptimizerKind.values());
    schedule = choice(parent, "schedule", "what decides the learning rate", ScheduleKind.values());
    stepSize =
        new DoubleParam(
            parent,
            "stepSize",
            "learning rate to start from; 0: the optimizer's own",
            ParamValidators.gtEq(0));
    kappa =
        new DoubleParam(
            parent, "kappa", "adjustment of log η at cosine 1", ParamValidators.gtEq(0));
    theta =
        new DoubleParam(
            parent,
            "theta",
            "share that the average of directions keeps at a step, 0 to 1",
            ParamValidators.inRange(0, 1, true, false));
    phi =
        new DoubleParam(
            parent,
            "phi",
            "share of the rate that a regret of the loss takes, 0 to 1",
            ParamValidators.inRange(0, 1, true, false));
    signal = choice(parent, "signal", "what an adjustment is made from", Signal.values());
    group = choice(parent, "group", "which weights share a rate", GroupBy.values());
    lossRegret =
        new BooleanParam(
            parent, "lossRegret", "whether a step that raised its own batch's loss is taken back");
    batchSize =
        new IntParam(
            parent,
            "batchSize",
            "rows of a batch; 0: 1,024, for fewer than 32,768 rows a 32nd of them",
            ParamValidators.gtEq(0));
    maxIter = new DoubleParam(parent, "maxIter", "passes over the rows", ParamValidators.gt(0));
    localSteps =
        new IntParam(
            parent,
            "localSteps",
            "steps that workers take by themselves between two averages; 1: gradients are merged at every step",
            ParamValidators.gtEq(1));
    localWorkers =
        new IntParam(
            parent,
            "localWorkers",
            "workers of local steps, whatever the cluster",
            ParamValidators.inRange(1, 1 << 16));
    regParam = new DoubleParam(parent, "regParam", "λ of ½λ|W|²", ParamValidators.gtEq(0));
    weightDecay = new DoubleParam(parent, "weightDecay", "decay of adamw", ParamValidators.gtEq(0));
    clip =
        new DoubleParam(parent, "clip", "longest gradient; 0: any length", ParamValidators.gtEq(0));
    dropout =
        new DoubleParam(
            parent,
            "dropout",
            "share of hidden units left out at random",
            ParamValidators.inRange(0, 1, true, false));
    validationFraction =
        new DoubleParam(
            parent,
            "validationFraction",
            "share of the rows, drawn at random, that are not learnt from but judge the weights",
            ParamValidators.inRange(0, 1, true, false));
    earlyStop =
        new IntParam(
            parent,
            "earlyStop",
            "passes without a lower validation loss after which training ends; 0: never",
            ParamValidators.gtEq(0));
    plateau =
        new IntParam(
            parent,
            "plateau",
            "dbd, rdbd: passes without a lower validation loss after which the rate is halved; 0: never",
            ParamValidators.gtEq(0));
    standardization =
        new BooleanParam(
            parent,
            "standardization",
            "whether features, and a target, get mean 0 and deviation 1 before training");
    precision = choice(parent, "precision", "of passes over rows", Precision.values());
    stepsOn =
        choice(parent, "stepsOn", "where batches are gone through", FitOptions.StepsOn.values());
    seed = new LongParam(parent, "seed", "of first weights, batches and validation rows");
  }

  private static Param<String> choice(Params parent, String name, String doc, Object[] values) {
    String[] names = Arrays.stream(values).map(Object::toString).toArray(String[]::new);
    return new Param<>(
        parent, name, doc + ": " + String.join(", ", names), ParamValidators.inArray(names));
  }

  /** Gives a stage the defaults of the command line. */
  void setDefaults(Params stage) {
    FitOptions d = new FitOptions();
    DbdSettings dbd = DbdSettings.DEFAULT;
    stage.setDefault(weightCol, "");
    stage.setDefault(hiddenLayers, d.hidden.stream().mapToInt(Integer::intValue).toArray());
    stage.setDefault(activation, d.activation.toString());
    stage.setDefault(optimizer, d.optimizer().toString());
    stage.setDefault(schedule, d.schedule.toString());
    stage.setDefault(stepSize, 0.0);
    stage.setDefault(kappa, dbd.kappa());
    stage.setDefault(theta, dbd.theta());
    stage.setDefault(phi, dbd.phi());
    stage.setDefault(signal, dbd.signal().toString());
    stage.setDefault(group, d.group.toString());
    stage.setDefault(lossRegret, d.lossRegret);
    stage.setDefault(batchSize, 0);
    stage.setDefault(maxIter, d.epochs);
    stage.setDefault(localSteps, d.localSteps);
    stage.setDefault(localWorkers, d.workers);
    stage.setDefault(regParam, d.l2);
    stage.setDefault(weightDecay, 0.01);
    stage.setDefault(clip, 0.0);
    stage.setDefault(dropout, d.dropout);
    stage.setDefault(validationFraction, d.validation);
    stage.setDefault(earlyStop, d.earlyStop);
    stage.setDefault(plateau, d.plateau());
    stage.setDefault(standardization, d.standardize);
    stage.setDefault(precision, d.precision.toString());
    stage.setDefault(stepsOn, d.stepsOn.toString());
    stage.setDefault(seed, d.seed);
  }

  /** What the Params of a stage say. */
  FitOptions options(Params stage) {
    FitOptions o = new FitOptions();
    int[] hidden = stage.getOrDefault(hiddenLayers);
    o.hidden = hidden.length == 0 ? List.of(0) : Arrays.stream(hidden).boxed().toList();
    o.activation = value(stage, activation, Activation.class);
    // The own optimizer of a schedule, unless another is asked for.
    o.optimizer = stage.isSet(optimizer) ? value(stage, optimizer, OptimizerKind.class) : null;
    o.schedule =
        ScheduleKind.valueOf(
            stage.getOrDefault(schedule).toUpperCase(Locale.ROOT).replace('-', '_'));
    double rate = (Double) stage.getOrDefault(stepSize);
    o.rate = rate == 0 ? null : (Double) rate;
    o.kappa = given(stage, kappa);
    o.theta = given(stage, theta);
    o.phi = given(stage, phi);
    o.signal = stage.isSet(signal) ? value(stage, signal, Signal.class) : null;
    o.group = GroupBy.valueOf(stage.getOrDefault(group));
    o.lossRegret = (Boolean) stage.getOrDefault(lossRegret);
    int batch = (Integer) stage.getOrDefault(batchSize);
    o.batch = batch == 0 ? null : (Integer) batch;
    o.epochs = (Double) stage.getOrDefault(maxIter);
    o.localSteps = (Integer) stage.getOrDefault(localSteps);
    o.workers = (Integer) stage.getOrDefault(localWorkers);
    o.l2 = (Double) stage.getOrDefault(regParam);
    o.weightDecay = given(stage, weightDecay);
    double longest = (Double) stage.getOrDefault(clip);
    o.clip = longest == 0 ? null : (Double) longest;
    o.dropout = (Double) stage.getOrDefault(dropout);
    o.validation = (Double) stage.getOrDefault(validationFraction);
    o.earlyStop = (Integer) stage.getOrDefault(earlyStop);
    o.plateau = stage.isSet(plateau) ? (Integer) stage.getOrDefault(plateau) : null;
    o.standardize = (Boolean) stage.getOrDefault(standardization);
    o.precision = value(stage, precision, Precision.class);
    o.stepsOn = FitOptions.StepsOn.valueOf(stage.getOrDefault(stepsOn));
    o.seed = (Long) stage.getOrDefault(seed);
    return o;
  }

  private static Double given(Params stage, DoubleParam param) {
    return stage.isSet(param) ? (Double) stage.getOrDefault(param) : null;
  }

  private static <T extends Enum<T>> T value(Params stage, Param<String> param, Class<T> type) {
    return Enum.valueOf(type, stage.getOrDefault(param).toUpperCase(Locale.ROOT));
  }
}
