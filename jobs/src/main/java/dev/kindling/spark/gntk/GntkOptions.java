package dev.kindling.spark.gntk;

import dev.kindling.BadInput;
import dev.kindling.gntk.GntkParameters;
import dev.kindling.kernel.Normalization;
import dev.kindling.linalg.Precision;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The kernel and what is done with it. */
public final class GntkOptions {
  /** c_u of the aggregation. */
  public enum Scale {
    uniform,
    degree
  }

  /** How the kernel is computed. */
  public enum Engine {
    auto,
    colors,
    tiles,
    dense
  }

  /** What follows the kernel. */
  public enum Task {
    auto,
    none,
    ridge,
    svm
  }

  /** What is done to the kernel before something is learnt from it. */
  public enum Normalize {
    cosine,
    none
  }

  /** How the labels are read. */
  public enum Labels {
    auto,
    classes,
    numbers
  }

  /** Which validation is the headline. */
  public enum Select {
    nested,
    best
  }

  /** Names the option in messages, too. */
  static final String KERNEL = "--kernel";

  /** What a kernel is made of; an earlier one settles them. */
  private static final List<String> OF_THE_KERNEL =
      List.of("--blocks", "--mlp", "--scale", "--jk", "--factor", "--node-labels", "--precision");

  @Spec(Spec.Target.MIXEE)
  CommandSpec command;

  @Option(
      names = "--blocks",
      paramLabel = "L",
      defaultValue = "1",
      description = "BLOCKs: aggregations, each with its ReLU layers. Default: ${DEFAULT-VALUE}.")
  int blocks;

  @Option(
      names = "--mlp",
      paramLabel = "R",
      defaultValue = "2",
      description = "ReLU layers in a BLOCK. Default: ${DEFAULT-VALUE}.")
  int mlp;

  @Option(
      names = "--scale",
      paramLabel = "uniform|degree",
      defaultValue = "uniform",
      description = "Sum over the closed neighbourhood, or its mean. Default: ${DEFAULT-VALUE}.")
  Scale scale;

  @Option(
      names = "--jk",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Jumping knowledge: sum the kernels of all levels. Default: on.")
  boolean jk;

  @Option(
      names = "--factor",
      paramLabel = "f",
      defaultValue = "2",
      description = "Multiplies the kernel; 2 as in the authors' code. Default: ${DEFAULT-VALUE}.")
  double factor;

  @Option(
      names = "--node-labels",
      paramLabel = "auto|tag|degree|attributes|both",
      defaultValue = "auto",
      description =
          "What tells nodes apart: tags, degrees, continuous attributes, or both tags and attributes. Default: ${DEFAULT-VALUE}, degree when every tag of the set is equal.")
  NodeLabels nodeLabels;

  @Option(
      names = "--engine",
      paramLabel = "auto|colors|tiles|dense",
      defaultValue = "auto",
      description =
          "colors: exact compression to the colours of the whole set; tiles: of each pair of blocks of graphs; dense: node by node, for attributes. Default: ${DEFAULT-VALUE}, the cheapest.")
  Engine engine;

  @Option(
      names = "--precision",
      paramLabel = "double|float",
      defaultValue = "double",
      description =
          "What the engines tiles and dense compute with; float is faster and takes half the memory, for some five digits of the kernel. Default: ${DEFAULT-VALUE}.")
  Precision precision;

  @Option(
      names = KERNEL,
      paramLabel = "RUN",
      description =
          "The run directory of an earlier gntk run over the same graphs: its Gram matrix is read, not computed again, and its kernel's options hold.")
  String earlier;

  @Option(
      names = "--task",
      paramLabel = "auto|none|ridge|svm",
      defaultValue = "auto",
      description =
          "What follows the kernel. Default: ${DEFAULT-VALUE}, ridge where the graphs have labels.")
  Task task;

  @Option(
      names = "--normalize",
      paramLabel = "cosine|none",
      defaultValue = "none",
      description =
          "What is learnt from: the kernel, or cosine: K(g,h)/√(K(g,g) K(h,h)). Default: ${DEFAULT-VALUE}.")
  Normalize normalize;

  @Option(
      names = "--neighbors",
      paramLabel = "k",
      description =
          "Also the k most similar graphs of each, by K(g,h)/√(K(g,g) K(h,h)), as the table neighbors.")
  Integer neighbors;

  @Option(
      names = "--labels",
      paramLabel = "auto|classes|numbers",
      defaultValue = "auto",
      description =
          "How labels are read. Default: ${DEFAULT-VALUE}, numbers when one of them has a fraction, or there are more than 20 whole ones.")
  Labels labels;

  @Option(
      names = "--folds",
      paramLabel = "k",
      defaultValue = "10",
      description = "Folds of the cross-validation. Default: ${DEFAULT-VALUE}.")
  int folds;

  @Option(
      names = "--fold-dir",
      paramLabel = "DIR",
      description = "Given folds instead: train_idx-k.txt and test_idx-k.txt, 0-based rows.")
  String foldDir;

  @Option(
      names = "--select",
      paramLabel = "nested|best",
      defaultValue = "nested",
      description =
          "Which result comes first: the penalty (ridge) or cost (SVM) chosen without the test rows, or the best over the path. Default: ${DEFAULT-VALUE}.")
  Select select;

  /**
   * @throws BadInput naming the option, its value and what it may be
   */
  void check() {
    if (earlier != null && task == Task.none && neighbors == null) {
      throw new BadInput(
          KERNEL
              + " with --task none: there is nothing to do; leave one of them out, or give --neighbors k");
    }
    if (earlier == null && engine == Engine.colors && precision == Precision.FLOAT) {
      throw new BadInput(
          "--engine colors --precision float: colors computes with doubles; give --engine tiles, dense or auto, or leave --precision out");
    }
    range("--blocks", blocks, 0, 64);
    range("--mlp", mlp, 1, 64);
    range("--folds", folds, 2, 1_000_000);
    if (neighbors != null) {
      range("--neighbors", neighbors, 1, 10_000);
    }
    if (!(factor > 0) || Double.isInfinite(factor)) {
      throw new BadInput("--factor " + factor + ": must be positive and finite");
    }
  }

  /**
   * Takes the kernel's options from an earlier run.
   *
   * @throws BadInput if one is given here that differs
   */
  void adopt(EarlierKernel kernel) {
    for (String name : OF_THE_KERNEL) {
      OptionSpec option = command.findOption(name);
      String value = kernel.option(name.substring(2));
      Object mine = option.getValue();
      if (isGiven(option) && !value.equals(String.valueOf(mine))) {
        throw new BadInput(
            name
                + " "
                + mine
                + ": the kernel of "
                + kernel.shown()
                + " has "
                + name
                + " "
                + value
                + "; leave "
                + name
                + " or --kernel out");
      }
    }
    GntkParameters adopted = kernel.parameters();
    blocks = adopted.blocks();
    mlp = adopted.mlpLayers();
    scale = adopted.scale() == GntkParameters.Scale.DEGREE ? Scale.degree : Scale.uniform;
    jk = adopted.jumpingKnowledge();
    factor = adopted.factor();
    nodeLabels = kernel.nodeLabels();
    precision = kernel.precision();
    check();
  }

  /** On the command line or in a configuration, not by default. */
  private boolean isGiven(OptionSpec option) {
    if (command.commandLine().getParseResult().hasMatchedOption(option)) {
      return true;
    }
    try {
      IDefaultValueProvider configuration = command.defaultValueProvider();
      return configuration != null && configuration.defaultValue(option) != null;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void range(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw new BadInput(option + " " + value + ": must be between " + least + " and " + most);
    }
  }

  Normalization normalization() {
    return normalize == Normalize.cosine ? Normalization.COSINE : Normalization.NONE;
  }

  /** An Estimator with these options. */
  <E extends GraphKernelEstimator<E, ?>> E describe(E estimator) {
    return estimator
        .setBlocks(blocks)
        .setMlpLayers(mlp)
        .setScale(scale.name())
        .setJumpingKnowledge(jk)
        .setFactor(factor)
        .setNormalize(normalization().name().toLowerCase(Locale.ROOT));
  }

  GntkParameters parameters() {
    return new GntkParameters(
        blocks,
        mlp,
        scale == Scale.degree ? GntkParameters.Scale.DEGREE : GntkParameters.Scale.UNIFORM,
        jk,
        factor);
  }
}
