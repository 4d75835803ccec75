package dev.kindling.spark.setting;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** An Estimator or a model whose Params come from settings. */
public interface HasSettings extends Params {
  /** Null as long as Spark's constructors run. */
  StageParams stageParams();

  /**
   * The value that was set, or the default.
   *
   * @throws java.util.NoSuchElementException if there is neither, as of MLlib's Params
   */
  default <T> T value(Setting<T> setting) {
    return stageParams().get(this, setting);
  }

  /** The value that was set, or the default, as text. */
  default String text(Setting<?> setting) {
    return Setting.text(value(setting));
  }

  /** The value that was set, or the default, as an array. */
  default int[] ints(Setting<List<Integer>> setting) {
    return value(setting).stream().mapToInt(Integer::intValue).toArray();
  }

  /** All that was set. */
  default Settings settings() {
    return stageParams().values(this);
  }

  /** Sets all that is given to settings which the stage has: what a job was told. */
  default void adopt(Settings values) {
    stageParams().adopt(this, values);
  }

  /** For a grid of a cross-validation. */
  default DoubleParam doubleParam(Setting<Double> setting) {
    return (DoubleParam) (Param<?>) stageParams().param(setting);
  }

  /** For a grid of a cross-validation. */
  default IntParam intParam(Setting<Integer> setting) {
    return (IntParam) (Param<?>) stageParams().param(setting);
  }

  /** For a grid of a cross-validation. */
  default IntArrayParam intArrayParam(Setting<List<Integer>> setting) {
    return (IntArrayParam) (Param<?>) stageParams().param(setting);
  }

  /** For a grid of a cross-validation. */
  default LongParam longParam(Setting<Long> setting) {
    return (LongParam) (Param<?>) stageParams().param(setting);
  }

  /** For a grid of a cross-validation. */
  default BooleanParam booleanParam(Setting<Boolean> setting) {
    return (BooleanParam) (Param<?>) stageParams().param(setting);
  }

  /**
   * A stage whose setters give back itself.
   *
   * @param <E> its class
   */
  interface Set<E> extends HasSettings {
    /** This, as its own class. */
    E self();

    /**
     * Sets a value.
     *
     * @throws IllegalArgumentException naming the Param, the value and what it may be
     */
    default <T> E with(Setting<T> setting, T value) {
      stageParams().set(this, setting, value);
      return self();
    }

    /** Sets one of an enum's constants by its text. */
    default E withText(Setting<?> setting, String value) {
      set(stageParams().param(setting), value);
      return self();
    }

    /** Sets an array. */
    default E withInts(Setting<List<Integer>> setting, int[] value) {
      return with(setting, Arrays.stream(value).boxed().toList());
    }
  }
}
