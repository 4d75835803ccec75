package dev.kindling.spark.gntk;

import dev.kindling.gntk.GntkParameters;
import dev.kindling.kernel.Normalization;
import java.util.Locale;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.Identifiable;

/**
 * The Params that the Estimators and their models share: one instance for each of them, since a
 * Param knows its parent.
 */
public final class GraphKernelParams implements java.io.Serializable {
  private static final long serialVersionUID = 1L;

  final Param<String> graphCol;
  final Param<String> tagsCol;
  final Param<String> sourcesCol;
  final Param<String> targetsCol;
  final Param<String> labelCol;
  final Param<String> predictionCol;
  final IntParam blocks;
  final IntParam mlpLayers;
  final Param<String> scale;
  final BooleanParam jumpingKnowledge;
  final DoubleParam factor;
  final Param<String> nodeLabels;
  final Param<String> normalize;

  GraphKernelParams(Identifiable parent) {
    graphCol = new Param<>(parent, "graphCol", "column whose values order the graphs");
    tagsCol = new Param<>(parent, "tagsCol", "array of one whole number a node");
    sourcesCol = new Param<>(parent, "sourcesCol", "array of one end of each edge, 0-based");
    targetsCol = new Param<>(parent, "targetsCol", "array of the other end of each edge");
    labelCol = new Param<>(parent, "labelCol", "class or number to learn");
    predictionCol = new Param<>(parent, "predictionCol", "where predictions go");
    blocks = new IntParam(parent, "blocks", "BLOCKs of the kernel, 0 to 64", between(0, 64));
    mlpLayers =
        new IntParam(parent, "mlpLayers", "ReLU layers in a BLOCK, 1 to 64", between(1, 64));
    scale =
        new Param<>(
            parent,
            "scale",
            "aggregation: uniform or degree",
            ParamValidators.inArray(new String[] {"uniform", "degree"}));
    jumpingKnowledge =
        new BooleanParam(
            parent, "jumpingKnowledge", "whether the kernels of all levels are summed");
    factor =
        new DoubleParam(parent, "factor", "multiplies the kernel, positive", ParamValidators.gt(0));
    nodeLabels =
        new Param<>(
            parent,
            "nodeLabels",
            "what tells nodes apart: auto, tag or degree",
            ParamValidators.inArray(new String[] {"auto", "tag", "degree"}));
    normalize =
        new Param<>(
            parent,
            "normalize",
            "what is learnt from: cosine, K(g,h)/√(K(g,g) K(h,h)), or none, the kernel as it is",
            ParamValidators.inArray(new String[] {"cosine", "none"}));
  }

  private static scala.Function1<Object, Object> between(int least, int most) {
    return ParamValidators.inRange(least, most);
  }

  /** The kernel that the Params of a stage describe. */
  static GntkParameters parameters(WithGraphKernelParams stage) {
    return new GntkParameters(
        (Integer) stage.getOrDefault(stage.blocks()),
        (Integer) stage.getOrDefault(stage.mlpLayers()),
        GntkParameters.Scale.valueOf(stage.getOrDefault(stage.scale()).toUpperCase(Locale.ROOT)),
        (Boolean) stage.getOrDefault(stage.jumpingKnowledge()),
        (Double) stage.getOrDefault(stage.factor()));
  }

  /** What is done to the kernel; models of before have no such Param. */
  static Normalization normalization(WithGraphKernelParams stage) {
    return stage.isDefined(stage.normalize())
        ? Normalization.valueOf(stage.getOrDefault(stage.normalize()).toUpperCase(Locale.ROOT))
        : Normalization.NONE;
  }
}
