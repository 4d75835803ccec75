package dev.kindling.spark.job;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Consumer;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;

/**
 * Rows on their way through a shuffle: key, label or target, weight and features, these in the
 * fewest bytes that hold them exactly.
 */
public final class RowBytes {
  private static final byte DOUBLES = 0;
  private static final byte FLOATS = 1;
  private static final byte BYTES = 2;
  private static final byte SPARSE = 3;

  /** A bit for each feature, and those that are not zero. */
  private static final byte MASKED = 4;

  private static final int HEAD = 3 * Long.BYTES + 1;

  private ByteBuffer buffer = buffer(1 << 12);
  private int rows;

  private static ByteBuffer buffer(int capacity) {
    return ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
  }

  public int size() {
    return buffer.position();
  }

  public boolean isEmpty() {
    return rows == 0;
  }

  public void add(long key, double y, double weight, Vector features) {
    room(HEAD + Integer.BYTES + 12 * Math.max(features.size(), features.numActives()));
    buffer.putLong(key).putDouble(y).putDouble(weight);
    if (features instanceof SparseVector sparse) {
      sparse(sparse);
    } else {
      dense(((DenseVector) features).values());
    }
    rows++;
  }

  /** A row again, under another key. */
  public void add(long key, At row) {
    int rest = row.offset + Long.BYTES;
    room(row.end - row.offset);
    buffer.putLong(key).put(row.bytes, rest, row.end - rest);
    rows++;
  }

  private void room(int most) {
    if (buffer.remaining() < most) {
      ByteBuffer larger =
          buffer(Math.addExact(Math.max(2 * buffer.capacity(), buffer.position()), most));
      larger.put(buffer.flip());
      buffer = larger;
    }
  }

  private void sparse(SparseVector features) {
    int[] indices = features.indices();
    double[] values = features.values();
    buffer.put(SPARSE).putInt(indices.length);
    for (int i = 0; i < indices.length; i++) {
      buffer.putInt(indices[i]).putDouble(values[i]);
    }
  }

  private void dense(double[] values) {
    boolean bytes = true;
    boolean floats = true;
    int nonZero = 0;
    for (double v : values) {
      bytes &= v >= 0 && v <= 255 && v == (int) v;
      floats &= v == (float) v;
      nonZero += v == 0 ? 0 : 1;
    }
    long masked = 4 + 8L * words(values.length) + 8L * nonZero;
    if (!bytes && masked < (long) (floats ? Float.BYTES : Double.BYTES) * values.length) {
      masked(values, nonZero);
      return;
    }
    buffer.put(bytes ? BYTES : floats ? FLOATS : DOUBLES);
    if (bytes) {
      for (double v : values) {
        buffer.put((byte) (int) v);
      }
    } else if (floats) {
      for (double v : values) {
        buffer.putFloat((float) v);
      }
    } else {
      buffer.asDoubleBuffer().put(values);
      buffer.position(buffer.position() + Double.BYTES * values.length);
    }
  }

  private void masked(double[] values, int nonZero) {
    buffer.put(MASKED).putInt(nonZero);
    for (int from = 0; from < values.length; from += Long.SIZE) {
      long mask = 0;
      for (int j = from; j < Math.min(values.length, from + Long.SIZE); j++) {
        mask |= values[j] == 0 ? 0 : 1L << (j - from);
      }
      buffer.putLong(mask);
    }
    for (double v : values) {
      if (v != 0) {
        buffer.putDouble(v);
      }
    }
  }

  private static int words(int features) {
    return (features + Long.SIZE - 1) / Long.SIZE;
  }

  /** What was added since the last time. */
  public byte[] take() {
    byte[] taken = Arrays.copyOf(buffer.array(), buffer.position());
    buffer.clear();
    rows = 0;
    return taken;
  }

  /** Every row of what {@link #take} gave. */
  public static void each(byte[] bytes, int features, Consumer<At> row) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int offset = 0; offset < bytes.length; ) {
      int values = offset + HEAD;
      int end =
          values
              + switch (in.get(values - 1)) {
                case BYTES -> features;
                case FLOATS -> features * Float.BYTES;
                case DOUBLES -> features * Double.BYTES;
                case MASKED -> Integer.BYTES + 8 * (words(features) + in.getInt(values));
                default -> Integer.BYTES + 12 * in.getInt(values);
              };
      row.accept(new At(bytes, offset, end, in.getLong(offset)));
      offset = end;
    }
  }

  /** A row among others. */
  @SuppressWarnings("ArrayRecordComponent") // a view, compared by compareTo alone
  public record At(byte[] bytes, int offset, int end, long key) implements Comparable<At> {
    /** By key; two rows of one key are equal, or 64 bits have met by chance. */
    @Override
    public int compareTo(At other) {
      int order = Long.compareUnsigned(key, other.key);
      return order != 0
          ? order
          : Arrays.compare(
              bytes, offset, offset + HEAD, other.bytes, other.offset, other.offset + HEAD);
    }

    public double y() {
      return view().getDouble(offset + Long.BYTES);
    }

    public double weight() {
      return view().getDouble(offset + 2 * Long.BYTES);
    }

    private ByteBuffer view() {
      return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Takes a feature that is not 0, and its value. */
    public interface Entry {
      void at(int feature, double value);
    }

    /** The features that are not 0, in the order in which they were added. */
    public void nonZeros(int features, Entry entry) {
      ByteBuffer in = view().position(offset + HEAD - 1);
      if (in.get() == SPARSE) {
        for (int left = in.getInt(); left > 0; left--) {
          entry.at(in.getInt(), in.getDouble());
        }
        return;
      }
      double[] x = new double[features];
      features(x);
      for (int j = 0; j < features; j++) {
        if (x[j] != 0) {
          entry.at(j, x[j]);
        }
      }
    }

    /** The features, into {@code x}. */
    public void features(double[] x) {
      ByteBuffer in = view().position(offset + HEAD - 1);
      byte kind = in.get();
      switch (kind) {
        case BYTES -> {
          for (int j = 0; j < x.length; j++) {
            x[j] = in.get() & 0xFF;
          }
        }
        case FLOATS -> {
          for (int j = 0; j < x.length; j++) {
            x[j] = in.getFloat();
          }
        }
        case DOUBLES -> in.asDoubleBuffer().get(x);
        case MASKED -> {
          int mask = in.position() + Integer.BYTES;
          Arrays.fill(x, 0);
          in.position(mask + Long.BYTES * words(x.length));
          for (int word = 0; word < words(x.length); word++) {
            for (long left = in.getLong(mask + Long.BYTES * word); left != 0; left &= left - 1) {
              x[word * Long.SIZE + Long.numberOfTrailingZeros(left)] = in.getDouble();
            }
          }
        }
        default -> {
          Arrays.fill(x, 0);
          for (int left = in.getInt(); left > 0; left--) {
            x[in.getInt()] = in.getDouble();
          }
        }
      }
    }
  }
}
