package dev.kindling.data.graph;

import java.util.List;
import java.util.Locale;

/** Records of an SDF, written for tests. */
final class SdfText {
  private SdfText() {}

  /**
   * A V2000 record with its delimiter.
   *
   * @param atoms element symbols
   * @param bonds pairs of atoms, from 1
   * @param properties {@code NAME=value}
   */
  static String record(String name, List<String> atoms, int[][] bonds, String... properties) {
    StringBuilder text = new StringBuilder(name + "\n  made\n\n");
    text.append(String.format(Locale.ROOT, "%3d%3d", atoms.size(), bonds.length));
    text.append("  0  0  0  0  0  0  0  0999 V2000\n");
    for (String atom : atoms) {
      text.append(
          String.format(
              Locale.ROOT, "%10.4f%10.4f%10.4f %-3s 0  0  0  0  0\n", 0.0, 0.0, 0.0, atom));
    }
    for (int[] bond : bonds) {
      text.append(String.format(Locale.ROOT, "%3d%3d  1  0\n", bond[0], bond[1]));
    }
    text.append("M  END\n");
    for (String property : properties) {
      int equals = property.indexOf('=');
      text.append(">  <").append(property, 0, equals).append(">  (1)\n");
      text.append(property.substring(equals + 1)).append("\n\n");
    }
    return text + "$$$$\n";
  }

  /** C–O with a label. */
  static String methanol(String name, String label) {
    return record(name, List.of("C", "O"), new int[][] {{1, 2}}, "ACTIVITY=" + label);
  }
}
