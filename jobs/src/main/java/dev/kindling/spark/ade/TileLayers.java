package dev.kindling.spark.ade;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.storage.StorageLevel;

/**
 * The tiles of an index, cached, in layers: blocks that changed lie in a layer over those that they
 * are instead of, whose tiles stay where they are. After {@value #MOST} layers, or where more tiles
 * are covered than not, all are made anew from one source; so lineage and memory are bounded: the
 * sources of {@value #MOST} layers, and twice the tiles.
 */
final class TileLayers implements AutoCloseable {
  static final int MOST = 16;

  private final Function<PointBlock, IndexTile> make;
  private List<Layer> layers = new ArrayList<>();

  /** Tiles, the numbers of those that count, and of those that are covered. */
  private record Layer(JavaRDD<IndexTile> tiles, Set<Integer> live, Set<Integer> covered) {
    Layer without(Set<Integer> gone) {
      Set<Integer> left = new HashSet<>(live);
      left.removeAll(gone);
      Set<Integer> out = new HashSet<>(live);
      out.removeAll(left);
      out.addAll(covered);
      return new Layer(tiles, left, out);
    }

    JavaRDD<IndexTile> counting() {
      Set<Integer> out = covered;
      return out.isEmpty() ? tiles : tiles.filter(tile -> !out.contains(tile.number()));
    }
  }

  /** Makes the first layer, in one pass. */
  TileLayers(PointBlocks points, Function<PointBlock, IndexTile> make) {
    this.make = make;
    layers.add(layer(points.blocks()));
  }

  private Layer layer(JavaRDD<PointBlock> blocks) {
    JavaRDD<IndexTile> tiles = blocks.map(make).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      return new Layer(tiles, new HashSet<>(tiles.map(IndexTile::number).collect()), Set.of());
    } catch (RuntimeException e) {
      tiles.unpersist(false);
      throw e;
    }
  }

  /**
   * Puts a layer over the others; if it fails, all is as before.
   *
   * @param changed blocks that come, or come instead of those with their numbers
   * @param gone numbers of blocks that go
   * @param all the source that they are made anew from if need be: every block, after the change
   */
  void replace(JavaRDD<PointBlock> changed, Set<Integer> gone, Supplier<JavaRDD<PointBlock>> all) {
    Layer top = layer(changed);
    Set<Integer> out = new HashSet<>(gone);
    out.addAll(top.live);
    List<Layer> next = new ArrayList<>();
    for (Layer layer : layers) {
      next.add(layer.without(out));
    }
    next.removeIf(layer -> layer.live.isEmpty());
    next.add(top);
    int live = next.stream().mapToInt(layer -> layer.live.size()).sum();
    int covered = next.stream().mapToInt(layer -> layer.covered.size()).sum();
    if (next.size() > MOST || covered > live) {
      top.tiles.unpersist(false);
      next = new ArrayList<>(List.of(layer(all.get())));
    }
    List<Layer> old = layers;
    layers = next;
    Set<Integer> kept = new HashSet<>();
    next.forEach(layer -> kept.add(layer.tiles.id()));
    old.stream()
        .filter(layer -> !kept.contains(layer.tiles.id()))
        .forEach(layer -> layer.tiles.unpersist(false));
  }

  /** All tiles that count. */
  JavaRDD<IndexTile> tiles() {
    if (layers.size() == 1) {
      return layers.get(0).counting();
    }
    int parts = layers.stream().mapToInt(layer -> layer.tiles.getNumPartitions()).max().orElse(1);
    JavaRDD<IndexTile> all = layers.get(0).counting();
    for (Layer layer : layers.subList(1, layers.size())) {
      all = all.union(layer.counting());
    }
    return all.coalesce(parts);
  }

  int layers() {
    return layers.size();
  }

  @Override
  public void close() {
    layers.forEach(layer -> layer.tiles.unpersist(false));
  }
}
