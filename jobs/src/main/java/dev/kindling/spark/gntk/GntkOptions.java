package dev.kindling.spark.gntk;

import static dev.kindling.spark.gntk.GraphKernelSettings.*;

import dev.kindling.BadInput;
import dev.kindling.gntk.GntkParameters;
import dev.kindling.kernel.Normalization;
import dev.kindling.linalg.Precision;
import dev.kindling.spark.setting.Setting;
import dev.kindling.spark.setting.SettingOptions;
import dev.kindling.spark.setting.Settings;
import java.util.List;
import java.util.Optional;

/** What the settings of a kernel, and of what is done with it, come to. Immutable. */
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

  private final Settings settings;

  private GntkOptions(Settings settings) {
    this.settings = settings;
  }

  /**
   * @throws BadInput naming a setting whose value does not go with the others
   */
  static GntkOptions of(Settings settings) {
    settings.check(OF_KERNEL.all());
    GntkOptions options = new GntkOptions(settings);
    if (options.kernel().isPresent()
        && options.task() == Task.none
        && options.neighbors().isEmpty()) {
      throw BadInput.of(
          "%s with %s: there is nothing to do; leave one of them out, or give %s",
          KERNEL.named(), TASK.is(Task.none), NEIGHBORS.named());
    }
    if (options.kernel().isEmpty()
        && options.engine() == Engine.colors
        && options.precision() == Precision.FLOAT) {
      throw BadInput.of(
          "%s %s: colors computes with doubles; give %s, dense or auto, or leave %s out",
          ENGINE.is(Engine.colors),
          PRECISION.is(Precision.FLOAT),
          ENGINE.is(Engine.tiles),
          PRECISION.named());
    }
    options.checkSeveral();
    return options;
  }

  /** Several numbers of BLOCKs are computed by colors alone, and chosen from by what is learned. */
  private void checkSeveral() {
    if (!kernels().isSeveral()) {
      return;
    }
    if (task() == Task.none) {
      throw settings.bad(
          BLOCKS,
          "with %s nothing is learned that could choose one; give one number",
          TASK.is(task()));
    }
    if (engine() == Engine.tiles || engine() == Engine.dense) {
      throw settings.bad(
          BLOCKS,
          "%s computes one number at a time; give %s or auto, or one number",
          ENGINE.is(engine()),
          ENGINE.is(Engine.colors));
    }
    if (precision() == Precision.FLOAT) {
      throw settings.bad(
          BLOCKS,
          "several numbers need the engine colors, which computes with doubles; leave %s out, or give one number",
          PRECISION.is(precision()));
    }
    if (nodeLabels().needsAttributes()) {
      throw settings.bad(
          BLOCKS,
          "several numbers need the engine colors, and with %s there are no few colors; give one number",
          NODE_LABELS.is(nodeLabels()));
    }
  }

  /**
   * With the kernel's options of an earlier run, which count as given from here on.
   *
   * @throws BadInput if one is given here that differs
   */
  static GntkOptions of(SettingOptions given, EarlierKernel kernel) {
    Settings before = given.values();
    for (Setting<?> setting : DECIDED_BY_KERNEL) {
      String value = kernel.option(setting.option().substring(2));
      if (before.isGiven(setting) && !value.equals(setting.is(before.get(setting)).value())) {
        throw before.bad(
            setting,
            "the kernel of %s has %s; leave %s or %s out",
            kernel.shown(),
            setting.is(value),
            setting.named(),
            KERNEL.named());
      }
    }
    GntkParameters adopted = kernel.parameters();
    given.settle(BLOCKS, List.of(adopted.blocks()));
    given.settle(MLP_LAYERS, adopted.mlpLayers());
    given.settle(
        SCALE, adopted.scale() == GntkParameters.Scale.DEGREE ? Scale.degree : Scale.uniform);
    given.settle(JUMPING_KNOWLEDGE, adopted.jumpingKnowledge());
    given.settle(FACTOR, adopted.factor());
    given.settle(NODE_LABELS, kernel.nodeLabels());
    given.settle(PRECISION, kernel.precision());
    return of(given.values());
  }

  /** What to throw where several kernels do not go with something else. */
  BadInput badBlocks(String format, Object... arguments) {
    return settings.bad(BLOCKS, format, arguments);
  }

  NodeLabels nodeLabels() {
    return settings.get(NODE_LABELS);
  }

  Engine engine() {
    return settings.get(ENGINE);
  }

  Precision precision() {
    return settings.get(PRECISION);
  }

  /** The run whose kernel is read. */
  Optional<String> kernel() {
    return settings.given(KERNEL);
  }

  Task task() {
    return settings.get(TASK);
  }

  Optional<Integer> neighbors() {
    return settings.given(NEIGHBORS);
  }

  Labels labels() {
    return settings.get(LABELS);
  }

  int folds() {
    return settings.get(FOLDS);
  }

  Optional<String> foldDir() {
    return settings.given(FOLD_DIR);
  }

  Select select() {
    return settings.get(SELECT);
  }

  Normalization normalization() {
    return settings.get(NORMALIZE) == Normalize.cosine ? Normalization.COSINE : Normalization.NONE;
  }

  /** The kernel; of several the one with the most BLOCKs. */
  GntkParameters parameters() {
    return kernels().largest();
  }

  /** One kernel, or several that one is chosen from. */
  KernelFamily kernels() {
    return KernelFamily.of(settings.get(BLOCKS), parameters(0));
  }

  private GntkParameters parameters(int blocks) {
    return new GntkParameters(
        blocks,
        settings.get(MLP_LAYERS),
        settings.get(SCALE) == Scale.degree
            ? GntkParameters.Scale.DEGREE
            : GntkParameters.Scale.UNIFORM,
        settings.get(JUMPING_KNOWLEDGE),
        settings.get(FACTOR));
  }
}
