package dev.kindling.linalg;

import dev.kindling.Words;
import dev.ludovic.netlib.blas.BLAS;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.zip.CRC32;

/**
 * The bits of fixed products, as a name for the kernel that made them.
 *
 * <p>OpenBLAS picks its kernels by the processor, and two of them round differently. Two machines
 * with the same implementation class may therefore disagree in the last bits; if these products are
 * equal, as far as they tell, the kernels are the same. Nine million operations.
 */
final class KernelBits {
  private static final int N = 67; // no multiple of any register block
  private static final int K = 517; // more than one cache block deep

  private KernelBits() {}

  /** Eight hexadecimal digits. */
  static String of(BLAS blas) {
    SplittableRandom random = new SplittableRandom(1);
    double[] a = new double[N * K];
    float[] f = new float[N * K];
    for (int i = 0; i < a.length; i++) {
      a[i] = random.nextDouble() - 0.5;
      f[i] = (float) a[i];
    }
    double[] c = new double[N * N];
    float[] g = new float[N * N];
    double[] y = new double[N];
    blas.dgemm("N", "T", N, N, K, 1.0, a, N, a, N, 0.0, c, N);
    blas.sgemm("N", "T", N, N, K, 1f, f, N, f, N, 0f, g, N);
    blas.dgemv("N", N, K, 1.0, a, N, a, 1, 0.0, y, 1);
    ByteBuffer bytes = ByteBuffer.allocate(8 * c.length + 4 * g.length + 8 * y.length + 16);
    bytes.asDoubleBuffer().put(c).put(y).put(blas.ddot(a.length, a, 1, a, 1));
    bytes.position(8 * (c.length + y.length + 1));
    bytes.asFloatBuffer().put(g);
    CRC32 crc = new CRC32();
    crc.update(bytes.array());
    return Words.of("%08x", crc.getValue());
  }
}
