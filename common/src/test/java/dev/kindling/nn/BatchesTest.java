package dev.kindling.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindling.block.Permutation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchesTest {
  /** Blocks of random sizes, some of them empty. */
  private static int[] sizes(SplittableRandom random, int blocks) {
    int[] rows =
        IntStream.range(0, blocks).map(b -> random.nextInt(4) * random.nextInt(30)).toArray();
    rows[0]++;
    return rows;
  }

  private static Map<Long, Integer> visits(Batches batches, int count, int[] blockRows) {
    Map<Long, Integer> visits = new HashMap<>();
    for (int t = 0; t < count; t++) {
      for (Piece piece : batches.next()) {
        Permutation order = new Permutation(blockRows[piece.block()], piece.key());
        for (int i = piece.from(); i < piece.to(); i++) {
          visits.merge(((long) piece.block() << 32) | order.of(i), 1, Integer::sum);
        }
      }
    }
    return visits;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void everyBatchHasItsSizeInTheOrderOfItsRows(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Shards shards = new Shards(1 + random.nextInt(6), 1 + random.nextInt(4));
    int[] rows = sizes(random, shards.blocks());
    int batch = 1 + random.nextInt(60);
    Batches batches = new Batches(shards, rows, batch, seed);
    int most = batches.mostRows();
    for (int t = 0; t < 200; t++) {
      int first = 0;
      for (Piece piece : batches.next()) {
        assertThat(piece.first()).isEqualTo(first);
        assertThat(piece.from()).isBetween(0, piece.to() - 1);
        assertThat(piece.to()).isLessThanOrEqualTo(rows[piece.block()]);
        assertThat(piece.rows()).isLessThanOrEqualTo(most);
        first += piece.rows();
      }
      assertThat(first).isEqualTo(batch);
    }
    assertThat(batches.taken()).isEqualTo(200);
    assertThat(batches.epochs()).isEqualTo(200.0 * batch / batches.rows());
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
  void everyRowComesAsOftenAsAnyOther(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Shards shards = new Shards(1 + random.nextInt(5), 1 + random.nextInt(3));
    int[] rows = sizes(random, shards.blocks());
    int total = Arrays.stream(rows).sum();
    int batch = 1 + random.nextInt(40);
    int count = 20 * total / batch + 20;
    double mean = (double) count * batch / total;
    Map<Long, Integer> visits = visits(new Batches(shards, rows, batch, seed), count, rows);
    assertThat(visits).hasSize(total);
    // Within a shard exactly as often but for the epoch under way; between shards by rounding.
    assertThat(visits.values()).allMatch(v -> Math.abs(v - mean) <= 2);
  }

  @Test
  void anEpochOfOneShardIsAPermutationAndNoTwoAreTheSame() {
    int[] rows = {17, 0, 23, 8};
    Shards shards = new Shards(1, 4);
    Batches batches = new Batches(shards, rows, 16, 5);
    List<Piece> first = null;
    for (int epoch = 0; epoch < 5; epoch++) {
      Map<Long, Integer> visits = new HashMap<>();
      for (int t = 0; t < 3; t++) {
        List<Piece> pieces = batches.next();
        if (t == 0) {
          assertThat(pieces).isNotEqualTo(first);
          first = pieces;
        }
        for (Piece piece : pieces) {
          Permutation order = new Permutation(rows[piece.block()], piece.key());
          for (int i = piece.from(); i < piece.to(); i++) {
            visits.merge(((long) piece.block() << 32) | order.of(i), 1, Integer::sum);
          }
        }
      }
      assertThat(visits).hasSize(48);
    }
  }

  @Test
  void aWrittenPlaceGoesOnTheSame() throws IOException {
    Shards shards = new Shards(3, 2);
    int[] rows = {9, 0, 4, 12, 7, 7};
    Batches batches = new Batches(shards, rows, 10, 3);
    for (int t = 0; t < 13; t++) {
      batches.next();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    batches.write(new DataOutputStream(bytes));
    Batches other = new Batches(shards, rows, 10, 3);
    other.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    for (int t = 0; t < 50; t++) {
      assertThat(other.next()).isEqualTo(batches.next());
    }
    assertThat(other.taken()).isEqualTo(63);
  }

  @Test
  void aDamagedPlaceIsNotTaken() throws IOException {
    Shards shards = new Shards(2, 2);
    int[] rows = {9, 3, 4, 12};
    Batches batches = new Batches(shards, rows, 5, 3);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    batches.write(new DataOutputStream(out));
    byte[] bytes = out.toByteArray();
    for (int at : new int[] {0, 11, 12, 20, 24}) {
      byte[] damaged = bytes.clone();
      damaged[at] = (byte) 0xF1;
      assertThatThrownBy(() -> batches.read(new DataInputStream(new ByteArrayInputStream(damaged))))
          .as("byte %d", at)
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void noRowsAreNoBatches() {
    assertThatThrownBy(() -> new Batches(new Shards(1, 2), new int[2], 5, 1))
        .hasMessageContaining("no rows");
  }

  @Test
  void shardsHavePiecesOf128RowsAndBlocksOf8Megabytes() {
    assertThat(Shards.forBatches(60_000, 3136, 1024)).isEqualTo(new Shards(8, 3));
    assertThat(Shards.forBatches(1797, 256, 32)).isEqualTo(new Shards(1, 1));
    assertThat(Shards.forBatches(1_000_000_000L, 4000, 1 << 20).shards()).isEqualTo(64);
    Shards shards = new Shards(3, 5);
    assertThat(shards.block(0)).isZero();
    assertThat(shards.block(-1)).isEqualTo(14);
  }
}
