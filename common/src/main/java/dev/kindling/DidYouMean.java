package dev.kindling;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/**
 * The known name that a mistyped one probably meant.
 *
 * <p>Distance: the fewest insertions, deletions, substitutions and swaps of neighbouring letters
 * (optimal string alignment), upper and lower case alike. A third of the longer name's letters may
 * differ, at least one; beyond that a guess confuses more than it helps.
 */
public final class DidYouMean {
  private DidYouMean() {}

  /**
   * The nearest of the known names, the first in alphabetical order of several equally near, or
   * nothing when none is near. Time: the product of the two lengths for each known name.
   */
  public static Optional<String> of(String given, Collection<String> known) {
    String best = null;
    int bestDistance = Integer.MAX_VALUE;
    for (String name : known) {
      int longer = Math.max(given.length(), name.length());
      int allowed = Math.max(1, longer / 3);
      if (Math.abs(given.length() - name.length()) > allowed) {
        continue;
      }
      int distance = distance(given.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
      boolean near = distance <= allowed && distance < longer;
      boolean better =
          distance < bestDistance || (distance == bestDistance && name.compareTo(best) < 0);
      if (near && better) {
        best = name;
        bestDistance = distance;
      }
    }
    return Optional.ofNullable(best);
  }

  static int distance(String a, String b) {
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(substituted, 1 + Math.min(last[j], row[j - 1]));
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      int[] spare = beforeLast;
      beforeLast = last;
      last = row;
      row = spare;
    }
    return last[b.length()];
  }
}
