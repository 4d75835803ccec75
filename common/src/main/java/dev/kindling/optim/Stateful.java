package dev.kindling.optim;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What has settings, which never change, and a state, which steps change.
 *
 * @param <T> itself
 */
public interface Stateful<T> {
  /** Another of the same settings and state, which shares nothing that changes. */
  T copy();

  /** Writes the state, not the settings. */
  void write(DataOutput out) throws IOException;

  /**
   * Takes over a state that one of the same settings and size has written; goes on bit for bit.
   *
   * @throws IOException if what is read cannot be such a state
   */
  void read(DataInput in) throws IOException;
}
