package dev.kindling.gntk;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The distinct colours of one level in some graphs, ascending by hash, each with the multiset that
 * it stands for: colours of the level below with their counts, ascending too. At level 0 a colour
 * stands for its features.
 *
 * <p>About 60 bytes a colour. Independent of the order of graphs and nodes, so that merged sets are
 * equal however they were merged.
 */
public final class ColorSet implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Comparator<Color> BY_HASH =
      Comparator.<Color>comparingLong(c -> c.high).thenComparingLong(c -> c.low);

  final long[] high;
  final long[] low;

  /** Members of colour i are at {@code offsets[i] … offsets[i+1] − 1}. */
  final int[] offsets;

  final long[] memberHigh;
  final long[] memberLow;
  final int[] counts;

  private record Key(long high, long low) {}

  /** A colour and its multiset, expanded and sorted: (high, low) pairs one after the other. */
  private record Color(long high, long low, long[] members) {}

  private ColorSet(int size, int members) {
    high = new long[size];
    low = new long[size];
    offsets = new int[size + 1];
    memberHigh = new long[members];
    memberLow = new long[members];
    counts = new int[members];
  }

  /**
   * The colours of {@code graphs} at levels 0 to {@code blocks}.
   *
   * @return blocks + 1 sets
   * @throws IllegalStateException if two different neighbourhoods have the same 128-bit hash
   */
  public static ColorSet[] of(Iterable<Graph> graphs, int blocks) {
    List<Map<Key, Color>> levels = new ArrayList<>();
    for (int level = 0; level <= blocks; level++) {
      levels.add(new HashMap<>());
    }
    for (Graph graph : graphs) {
      ColorHash colors = ColorHash.of(graph);
      for (int u = 0; u < graph.nodes(); u++) {
        put(levels.get(0), colors, u, features(graph, u));
      }
      for (int level = 1; level <= blocks; level++) {
        ColorHash next = colors.aggregate(graph);
        for (int u = 0; u < graph.nodes(); u++) {
          put(levels.get(level), next, u, closedNeighbourhood(graph, colors, u));
        }
        colors = next;
      }
    }
    return levels.stream().map(ColorSet::of).toArray(ColorSet[]::new);
  }

  /** The tag at 0 and the {@code k}-th attribute at k + 1, each if it is there. */
  private static long[] features(Graph graph, int node) {
    int tag = graph.tagged() ? 1 : 0;
    long[] members = new long[2 * (tag + graph.attributes())];
    if (tag == 1) {
      members[1] = graph.tag(node);
    }
    for (int k = 0; k < graph.attributes(); k++) {
      members[2 * (tag + k)] = k + 1L;
      members[2 * (tag + k) + 1] = Double.doubleToLongBits(graph.attribute(node, k) + 0.0);
    }
    return members;
  }

  private static void put(Map<Key, Color> level, ColorHash colors, int node, long[] members) {
    Key key = new Key(colors.high[node], colors.low[node]);
    Color known = level.putIfAbsent(key, new Color(key.high, key.low, members));
    if (known != null && !Arrays.equals(known.members, members)) {
      throw collision();
    }
  }

  private static long[] closedNeighbourhood(Graph graph, ColorHash colors, int node) {
    int degree = graph.degree(node);
    long[] members = new long[2 * (degree + 1)];
    for (int k = 0; k <= degree; k++) {
      int v = k == degree ? node : graph.neighbour(node, k);
      int at = k;
      while (at > 0 && before(colors.high[v], colors.low[v], members, at - 1)) {
        members[2 * at] = members[2 * at - 2];
        members[2 * at + 1] = members[2 * at - 1];
        at--;
      }
      members[2 * at] = colors.high[v];
      members[2 * at + 1] = colors.low[v];
    }
    return members;
  }

  private static boolean before(long high, long low, long[] pairs, int k) {
    return high != pairs[2 * k] ? high < pairs[2 * k] : low < pairs[2 * k + 1];
  }

  private static ColorSet of(Map<Key, Color> colors) {
    Color[] sorted = colors.values().toArray(Color[]::new);
    Arrays.sort(sorted, BY_HASH);
    int members = 0;
    for (Color color : sorted) {
      members += distinct(color.members);
    }
    ColorSet set = new ColorSet(sorted.length, members);
    for (int i = 0, m = 0; i < sorted.length; i++) {
      Color color = sorted[i];
      set.high[i] = color.high;
      set.low[i] = color.low;
      for (int k = 0; k < color.members.length; k += 2) {
        if (k == 0 || !repeats(color.members, k)) {
          set.memberHigh[m] = color.members[k];
          set.memberLow[m] = color.members[k + 1];
          m++;
        }
        set.counts[m - 1]++;
      }
      set.offsets[i + 1] = m;
    }
    return set;
  }

  private static int distinct(long[] pairs) {
    int distinct = 0;
    for (int k = 0; k < pairs.length; k += 2) {
      if (k == 0 || !repeats(pairs, k)) {
        distinct++;
      }
    }
    return distinct;
  }

  private static boolean repeats(long[] pairs, int k) {
    return pairs[k] == pairs[k - 2] && pairs[k + 1] == pairs[k - 1];
  }

  /** The one-hot tags that the colours of level 0 stand for, or none. */
  int[] tags() {
    boolean tagged = offsets[1] > 0 && memberHigh[0] == 0;
    int[] tags = new int[tagged ? size() : 0];
    Arrays.setAll(tags, i -> (int) memberLow[offsets[i]]);
    return tags;
  }

  /** The attributes that the colours of level 0 stand for, attribute by attribute. */
  double[][] features() {
    int tag = tags().length > 0 ? 1 : 0;
    double[][] features = new double[offsets[1] - tag][size()];
    for (int k = 0; k < features.length; k++) {
      for (int i = 0; i < size(); i++) {
        features[k][i] = Double.longBitsToDouble(memberLow[offsets[i] + tag + k]);
      }
    }
    return features;
  }

  /**
   * The union of two sets of the same level.
   *
   * @throws IllegalStateException if a hash stands for different multisets in the two
   */
  public ColorSet merge(ColorSet other) {
    int[] from = new int[size() + other.size()]; // index here, or −1 − index there
    int size = 0;
    int members = 0;
    for (int i = 0, j = 0; i < size() || j < other.size(); ) {
      int order = i == size() ? 1 : j == other.size() ? -1 : compare(high[i], low[i], other, j);
      if (order == 0) {
        if (!sameMembers(i, other, j)) {
          throw collision();
        }
        j++;
      }
      members += order > 0 ? other.offsets[j + 1] - other.offsets[j] : offsets[i + 1] - offsets[i];
      from[size++] = order > 0 ? -1 - j++ : i++;
    }
    ColorSet union = new ColorSet(size, members);
    for (int k = 0; k < size; k++) {
      if (from[k] >= 0) {
        copy(from[k], union, k);
      } else {
        other.copy(-1 - from[k], union, k);
      }
    }
    return union;
  }

  private void copy(int i, ColorSet into, int k) {
    into.high[k] = high[i];
    into.low[k] = low[i];
    int start = into.offsets[k];
    int count = offsets[i + 1] - offsets[i];
    System.arraycopy(memberHigh, offsets[i], into.memberHigh, start, count);
    System.arraycopy(memberLow, offsets[i], into.memberLow, start, count);
    System.arraycopy(counts, offsets[i], into.counts, start, count);
    into.offsets[k + 1] = start + count;
  }

  private boolean sameMembers(int i, ColorSet other, int j) {
    return Arrays.equals(
            memberHigh,
            offsets[i],
            offsets[i + 1],
            other.memberHigh,
            other.offsets[j],
            other.offsets[j + 1])
        && Arrays.equals(
            memberLow,
            offsets[i],
            offsets[i + 1],
            other.memberLow,
            other.offsets[j],
            other.offsets[j + 1])
        && Arrays.equals(
            counts,
            offsets[i],
            offsets[i + 1],
            other.counts,
            other.offsets[j],
            other.offsets[j + 1]);
  }

  /**
   * A colour with its multiset, as a model keeps it: hash, then members with their hashes and
   * counts.
   */
  public record Entry(long high, long low, long[] memberHigh, long[] memberLow, long[] counts) {}

  /** Colour i. */
  public Entry entry(int i) {
    int from = offsets[i];
    int to = offsets[i + 1];
    long[] repeated = new long[to - from];
    Arrays.setAll(repeated, k -> counts[from + k]);
    return new Entry(
        high[i],
        low[i],
        Arrays.copyOfRange(memberHigh, from, to),
        Arrays.copyOfRange(memberLow, from, to),
        repeated);
  }

  /**
   * A set from its entries.
   *
   * @throws IllegalArgumentException if they are not ascending by hash or an entry's lengths differ
   */
  public static ColorSet of(List<Entry> entries) {
    int members = entries.stream().mapToInt(e -> e.counts.length).sum();
    ColorSet set = new ColorSet(entries.size(), members);
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      int from = set.offsets[i];
      set.high[i] = entry.high;
      set.low[i] = entry.low;
      if (i > 0 && compare(set.high[i - 1], set.low[i - 1], set, i) >= 0) {
        throw new IllegalArgumentException(
            "colors " + (i - 1) + " and " + i + " are not ascending");
      }
      int count = entry.counts.length;
      if (entry.memberHigh.length != count || entry.memberLow.length != count) {
        throw new IllegalArgumentException("color " + i + " has members of different number");
      }
      System.arraycopy(entry.memberHigh, 0, set.memberHigh, from, count);
      System.arraycopy(entry.memberLow, 0, set.memberLow, from, count);
      for (int k = 0; k < count; k++) {
        set.counts[from + k] = Math.toIntExact(entry.counts[k]);
      }
      set.offsets[i + 1] = from + count;
    }
    return set;
  }

  /** Number of colours. */
  public int size() {
    return high.length;
  }

  /** Position of a colour, or a negative number if it is not in the set. O(log size). */
  int indexOf(long colorHigh, long colorLow) {
    int from = 0;
    int to = size() - 1;
    while (from <= to) {
      int middle = (from + to) >>> 1;
      int order = compare(colorHigh, colorLow, this, middle);
      if (order == 0) {
        return middle;
      }
      if (order > 0) {
        from = middle + 1;
      } else {
        to = middle - 1;
      }
    }
    return -1 - from;
  }

  private static int compare(long high, long low, ColorSet set, int i) {
    int order = Long.compare(high, set.high[i]);
    return order != 0 ? order : Long.compare(low, set.low[i]);
  }

  private static IllegalStateException collision() {
    return new IllegalStateException(
        "two different neighborhoods have the same 128-bit color; the kernel would merge them");
  }
}
