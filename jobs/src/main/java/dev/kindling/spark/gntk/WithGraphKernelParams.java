package dev.kindling.spark.gntk;

import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * Accessors of {@link GraphKernelParams}, as spark.ml looks for them: a public method without
 * arguments for each Param.
 */
public interface WithGraphKernelParams extends Params {
  GraphKernelParams shared();

  default Param<String> graphCol() {
    return shared().graphCol;
  }

  default Param<String> tagsCol() {
    return shared().tagsCol;
  }

  default Param<String> sourcesCol() {
    return shared().sourcesCol;
  }

  default Param<String> targetsCol() {
    return shared().targetsCol;
  }

  default Param<String> labelCol() {
    return shared().labelCol;
  }

  default Param<String> predictionCol() {
    return shared().predictionCol;
  }

  default IntParam blocks() {
    return shared().blocks;
  }

  default IntParam mlpLayers() {
    return shared().mlpLayers;
  }

  default Param<String> scale() {
    return shared().scale;
  }

  default BooleanParam jumpingKnowledge() {
    return shared().jumpingKnowledge;
  }

  default DoubleParam factor() {
    return shared().factor;
  }

  default Param<String> nodeLabels() {
    return shared().nodeLabels;
  }

  default Param<String> normalize() {
    return shared().normalize;
  }
}
