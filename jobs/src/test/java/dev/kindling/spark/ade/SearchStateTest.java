package dev.kindling.spark.ade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SearchStateTest {
  private static Neighbors neighbors(double... squares) {
    Object[] ids = new Object[squares.length];
    Arrays.setAll(ids, i -> (long) i);
    return new Neighbors(ids, squares, new int[squares.length]);
  }

  private static SearchTally round(double... squares) {
    SearchTally tally = new SearchTally();
    tally.add(neighbors(squares));
    tally.add(neighbors());
    tally.vote(true);
    tally.vote(false);
    return tally;
  }

  private static byte[] written(SearchState state) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    state.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static SearchState read(byte[] bytes) throws IOException {
    SearchState state = new SearchState();
    state.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    return state;
  }

  @Test
  void aSearchThatGoesOnAddsUpToTheSame() throws IOException {
    SearchState whole = new SearchState();
    whole.answered(3, round(1, 4));
    SearchState resumed = read(written(whole));
    whole.answered(5, round(9, 16, 25));
    resumed.answered(5, round(9, 16, 25));
    assertThat(written(resumed)).isEqualTo(written(whole));
    SearchTally tally = resumed.tally();
    assertThat(resumed.blocks()).isEqualTo(5);
    assertThat(tally.queries()).isEqualTo(4);
    assertThat(tally.without()).isEqualTo(2);
    assertThat(tally.found()).isEqualTo(5);
    assertThat(tally.accuracy()).isEqualTo(0.5);
    assertThat(tally.ranks()).isEqualTo(3);
    assertThat(tally.mean(0)).isEqualTo(2);
    assertThat(tally.least(1)).isEqualTo(2);
    assertThat(tally.most(2)).isEqualTo(5);
  }

  @Test
  void damageIsRefused() throws IOException {
    SearchState state = new SearchState();
    state.answered(2, round(1, 4));
    byte[] bytes = written(state);
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> read(cut)).isInstanceOf(IOException.class);
    }
    bytes[0] = -1;
    assertThatThrownBy(() -> read(bytes)).hasMessageContaining("blocks of queries");
  }
}
