package dev.kindling.submit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.TreeSet;

/** Sets of random trees with some cycles, as GIN text; the same for the same numbers. */
final class RandomGraphs {
  private RandomGraphs() {}

  /**
   * @param most nodes of the largest graph; the smallest has half of them
   */
  static Path write(Path file, long seed, int graphs, int most, int tags) throws IOException {
    System.out.println(file.getFileName() + ": random graphs from seed " + seed);
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder().append(graphs).append('\n');
    for (int g = 0; g < graphs; g++) {
      graph(text, random, most - random.nextInt(most / 2 + 1), g % 2, tags);
    }
    return Files.writeString(file, text);
  }

  private static void graph(StringBuilder text, Random random, int nodes, int label, int tags) {
    @SuppressWarnings({"unchecked", "rawtypes"})
    TreeSet<Integer>[] neighbours = new TreeSet[nodes];
    for (int v = 0; v < nodes; v++) {
      neighbours[v] = new TreeSet<>();
      // A path, more often than not: few distinct neighbourhoods, as in molecules.
      int u = v - 1 - (random.nextInt(4) == 0 ? 1 : 0);
      if (u >= 0) {
        neighbours[v].add(u);
        neighbours[u].add(v);
      }
    }
    text.append(nodes).append(' ').append(label).append('\n');
    for (TreeSet<Integer> of : neighbours) {
      text.append(Math.min(random.nextInt(tags), random.nextInt(tags))).append(' ');
      text.append(of.size());
      of.forEach(u -> text.append(' ').append(u));
      text.append('\n');
    }
  }
}
