package dev.kindling.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GroupsTest {
  @Test
  void eachGroupMovesAtItsOwnRate() {
    for (long seed = 1; seed <= 20; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      for (Groups groups :
          List.of(Groups.model(8), Groups.coordinates(8), Groups.of(new int[] {0, 1, 6, 8}))) {
        for (double decay : new double[] {0, 0.1}) {
          double[] w = random.doubles(8, -1, 1).toArray();
          double[] u = random.doubles(8, -1, 1).toArray();
          double[] rates = random.doubles(groups.count(), 0, 1).toArray();
          double[] expected = w.clone();
          for (int k = 0; k < groups.count(); k++) {
            for (int i = groups.first(k); i < groups.first(k + 1); i++) {
              expected[i] = w[i] - rates[k] * (u[i] + decay * w[i]);
            }
          }
          groups.move(w, rates, u, decay);
          assertThat(w).as("seed %d", seed).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void boundsAscendFromNought() {
    assertThat(Groups.model(5).count()).isEqualTo(1);
    assertThat(Groups.coordinates(5).count()).isEqualTo(5);
    assertThat(Groups.coordinates(5).size()).isEqualTo(5);
    for (int[] bounds : new int[][] {{}, {0}, {1, 2}, {0, 0}, {0, 3, 2}, {0, -1}}) {
      assertThatIllegalArgumentException().isThrownBy(() -> Groups.of(bounds));
    }
  }
}
