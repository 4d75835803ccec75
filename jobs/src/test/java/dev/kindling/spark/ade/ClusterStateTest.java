package dev.kindling.spark.ade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindling.linalg.Matrix;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ClusterStateTest {
  private static byte[] written(ClusterState state) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    state.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static DataInputStream in(byte[] bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes));
  }

  @Test
  void whatIsReadIsWhatWasWritten() throws IOException {
    ClusterState state = new ClusterState();
    state.begin(Matrix.of(2, 3, new double[] {1, 2, 3, 4, 5, 6}));
    state.stepped(7, Matrix.of(2, 3, new double[] {6, 5, 4, 3, 2, 1}));
    state.stepped(6.5, Matrix.of(2, 3, new double[] {0, 5, 4, 3, 2, 1}));
    ClusterState read = new ClusterState();
    read.read(in(written(state)), 2, 3);
    assertThat(read.centres()).isEqualTo(state.centres());
    assertThat(read.costs()).containsExactly(7.0, 6.5);
    assertThat(read.settled(0.1)).isTrue();
    assertThat(read.settled(0.05)).isFalse();
  }

  @Test
  void damageIsRefused() throws IOException {
    ClusterState state = new ClusterState();
    state.begin(Matrix.of(2, 3, new double[] {1, 2, 3, 4, 5, 6}));
    byte[] bytes = written(state);
    ClusterState read = new ClusterState();
    assertThatThrownBy(() -> read.read(in(bytes), 3, 3)).hasMessageContaining("rows of centres");
    assertThatThrownBy(() -> read.read(in(bytes), 2, 2)).hasMessageContaining("centres");
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> read.read(in(cut), 2, 3)).isInstanceOf(IOException.class);
    }
  }
}
