package dev.kindling.gntk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ColorTileTest {
  private final Random random = new Random(14);
  private final ColorTile tile =
      new ColorTile(
          512, 70, 1024, 33, random.doubles(70 * 33).toArray(), random.doubles(70 * 33).toArray());

  private static byte[] bytes(ColorTile tile) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    tile.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static ColorTile read(byte[] bytes) throws IOException {
    return ColorTile.read(new DataInputStream(new ByteArrayInputStream(bytes)), null);
  }

  @Test
  void comesBackFromItsBytes() throws IOException {
    ColorTile read = read(bytes(tile));
    assertThat(read.firstRow()).isEqualTo(512);
    assertThat(read.columns()).isEqualTo(33);
    assertThat(read.sigma()).isEqualTo(tile.sigma());
    assertThat(read.theta()).isEqualTo(tile.theta());
  }

  @Test
  void aTileThatIsNoLongerNeededGivesItsMemoryWhereItFits() throws IOException {
    byte[] bytes = bytes(tile);
    ColorTile spare = read(bytes);
    Arrays.fill(spare.sigma(), 7);
    ColorTile read = ColorTile.read(new DataInputStream(new ByteArrayInputStream(bytes)), spare);
    assertThat(read.sigma()).isSameAs(spare.sigma()).isEqualTo(tile.sigma());
    ColorTile smaller = new ColorTile(0, 2, 0, 1, new double[2], new double[2]);
    read = ColorTile.read(new DataInputStream(new ByteArrayInputStream(bytes)), smaller);
    assertThat(read.theta()).isNotSameAs(smaller.theta()).isEqualTo(tile.theta());
    byte[] small = bytes(smaller);
    ColorTile inLonger = ColorTile.read(new DataInputStream(new ByteArrayInputStream(small)), read);
    assertThat(inLonger.theta()).isSameAs(read.theta());
    assertThat(bytes(inLonger)).isEqualTo(small);
  }

  @Test
  void aSizeThatNoTileHasIsRefused() throws IOException {
    byte[] bytes = bytes(tile);
    bytes[4] = 0x7f;
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("rows");
  }

  @Test
  void transposesRectangles() {
    double[] flipped = new double[70 * 33];
    ColorTile.transpose(tile.sigma(), 70, 33, flipped);
    for (int i = 0; i < 70; i++) {
      for (int j = 0; j < 33; j++) {
        assertThat(flipped[i * 33 + j]).isEqualTo(tile.sigma()[j * 70 + i]);
      }
    }
  }
}
