package dev.kindling.nn;

import dev.kindling.linalg.Precision;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Gradients on their way: the three sums, then the numbers, little-endian. */
final class GradientBytes {
  private static final int HEAD = 3 * Double.BYTES;

  private GradientBytes() {}

  static <A> byte[] encode(BlasNetwork.Sum<A> sum) {
    boolean floats = sum.gradient() instanceof float[];
    int length =
        floats
            ? ((float[]) sum.gradient()).length * Float.BYTES
            : ((double[]) sum.gradient()).length * Double.BYTES;
    byte[] bytes = new byte[Math.addExact(HEAD, length)];
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putDouble(sum.loss().loss())
        .putDouble(sum.loss().weight())
        .putDouble(sum.loss().right());
    sum.numbers().encode(sum.gradient(), bytes, HEAD);
    return bytes;
  }

  static GradientSum decode(byte[] bytes, int weights, Precision precision) {
    if (bytes.length != HEAD + (long) weights * precision.bytes()) {
      throw new IllegalArgumentException(
          bytes.length + " bytes for the gradient of " + weights + " weights in " + precision);
    }
    return precision == Precision.FLOAT
        ? decode(bytes, weights, new FloatNumbers())
        : decode(bytes, weights, new DoubleNumbers());
  }

  private static <A> GradientSum decode(byte[] bytes, int weights, Numbers<A> numbers) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    LossSum loss = new LossSum(in.getDouble(), in.getDouble(), in.getDouble());
    A gradient = numbers.create(weights);
    numbers.decode(bytes, HEAD, gradient);
    return new BlasNetwork.Sum<>(numbers, gradient, loss);
  }
}
