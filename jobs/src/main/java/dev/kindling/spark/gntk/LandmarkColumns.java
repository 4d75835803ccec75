package dev.kindling.spark.gntk;

import dev.kindling.block.ArrayIo;
import dev.kindling.gntk.GntkParameters;
import dev.kindling.gntk.Pieces;
import dev.kindling.gntk.TileKernel;
import dev.kindling.gntk.TileSide;
import dev.kindling.linalg.Matrix;
import dev.kindling.linalg.Precision;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The kernel of all graphs with the pieces of some, the landmarks, on the run's file system: a file
 * for each group of blocks of graphs and slice of the landmarks. In it, row after row, all parts
 * one after the other: the group's graphs, then the pieces of those of them that are landmarks.
 * Travels to executors.
 */
final class LandmarkColumns implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Files, and tasks, for each group of blocks. */
  private static final int SLICES = 8;

  private final WorkFiles files;
  private final String name;
  private final GntkParameters parameters;
  private final GraphBlocks.Layout layout;
  private final BlockGroups groups;

  /** Which graph each landmark is, ascending. */
  private final int[] landmarks;

  /** By slice: the chunks in it, the one with most colours first: later ones fit its memory. */
  private final int[][] slices;

  /** By slice: the landmarks in its columns, chunk after chunk. */
  private final int[][] members;

  private final Pieces pieces;

  /**
   * @param name among the run's files
   * @param sides the landmarks in chunks
   */
  LandmarkColumns(
      WorkFiles files,
      String name,
      GntkParameters parameters,
      GraphBlocks.Layout layout,
      BlockGroups groups,
      int[] landmarks,
      List<TileSide> sides,
      Pieces pieces) {
    this.files = files;
    this.name = name;
    this.parameters = parameters;
    this.layout = layout;
    this.groups = groups;
    this.landmarks = landmarks;
    int count = Math.min(SLICES, sides.size());
    this.slices = new int[count][];
    this.members = new int[count][];
    for (int slice = 0; slice < count; slice++) {
      int first = slice;
      slices[slice] =
          IntStream.range(0, sides.size())
              .filter(chunk -> chunk % count == first)
              .boxed()
              .sorted(Comparator.comparingInt(chunk -> -sides.get(chunk).size(parameters.blocks())))
              .mapToInt(chunk -> chunk)
              .toArray();
      members[slice] =
          Arrays.stream(slices[slice])
              .mapToObj(sides::get)
              .flatMapToInt(side -> IntStream.range(0, side.graphs()).map(side::position))
              .toArray();
    }
    this.pieces = pieces;
  }

  Pieces pieces() {
    return pieces;
  }

  int slices() {
    return slices.length;
  }

  boolean has(int group, int slice) {
    return files.hasColumns(name, group, slice);
  }

  /** Columns of a part. */
  private int width(int part) {
    return landmarks.length * pieces.count(part);
  }

  private int sliceWidth(int slice, int part) {
    return members[slice].length * pieces.count(part);
  }

  private int rowWidth(int slice) {
    return Arrays.stream(pieces.counts()).map(q -> q * members[slice].length).sum();
  }

  /** The landmarks among the graphs of a group. */
  private int[] landmarksIn(int group) {
    int first = groups.row(group, layout);
    int end = first + groups.graphs(group, layout);
    return IntStream.range(0, landmarks.length)
        .filter(l -> landmarks[l] >= first && landmarks[l] < end)
        .toArray();
  }

  /** Which graphs of a side are landmarks. */
  private int[] landmarksOf(int group, TileSide side) {
    int first = groups.row(group, layout);
    return IntStream.range(0, side.graphs())
        .filter(g -> Arrays.binarySearch(landmarks, first + side.position(g)) >= 0)
        .toArray();
  }

  /** Computes a slice's columns for a group of blocks, whose graphs are {@code rows}. */
  void write(int group, int slice, List<TileSide> rows, List<TileSide> sides) {
    int graphs = groups.graphs(group, layout);
    int inside = landmarksIn(group).length;
    double[][] values = new double[parameters.parts()][];
    for (int part = 0; part < values.length; part++) {
      int height = graphs + inside * pieces.count(part);
      values[part] = new double[Math.multiplyExact(height, sliceWidth(slice, part))];
    }
    TileKernel kernel = new TileKernel(parameters, Precision.DOUBLE);
    for (TileSide whole : rows) {
      TileSide some = whole.withPieces(landmarksOf(group, whole), pieces, parameters);
      int[][] places = places(group, whole);
      int before = 0;
      for (int chunk : slices[slice]) {
        TileSide side = sides.get(chunk);
        double[][] tile = kernel.parts(some, side);
        for (int part = 0; part < tile.length; part++) {
          int width = side.graphs() * pieces.count(part);
          for (int k = 0; k < tile[part].length; k++) {
            tile[part][k] *= parameters.factor();
          }
          for (int row = 0; row < places[part].length; row++) {
            int to = places[part][row] * sliceWidth(slice, part) + before * pieces.count(part);
            System.arraycopy(tile[part], row * width, values[part], to, width);
          }
        }
        before += side.graphs();
      }
    }
    files.writeColumns(
        name,
        group,
        slice,
        out -> {
          for (int g = 0; g < graphs; g++) {
            for (int part = 0; part < values.length; part++) {
              int width = sliceWidth(slice, part);
              ArrayIo.writeValues(out, values[part], g * width, width);
            }
          }
          for (int part = 0; part < values.length; part++) {
            int done = graphs * sliceWidth(slice, part);
            ArrayIo.writeValues(out, values[part], done, values[part].length - done);
          }
        });
  }

  /** By part: which of the group's rows each row of a side with pieces is. */
  private int[][] places(int group, TileSide side) {
    int first = groups.row(group, layout);
    int graphs = groups.graphs(group, layout);
    int[] own = landmarksOf(group, side);
    int[] inside = landmarksIn(group);
    int[][] places = new int[parameters.parts()][];
    for (int part = 0; part < places.length; part++) {
      int q = pieces.count(part);
      places[part] = new int[side.graphs() + own.length * q];
      for (int g = 0; g < side.graphs(); g++) {
        places[part][g] = side.position(g);
      }
      for (int k = 0; k < own.length * q; k++) {
        int landmark = Arrays.binarySearch(landmarks, first + side.position(own[k / q]));
        places[part][side.graphs() + k] = graphs + (landmark - inside[0]) * q + k % q;
      }
    }
    return places;
  }

  /** A block's kernel with the pieces, by parts, and with itself. */
  KernelColumns read(int block) {
    int group = groups.of(block);
    int graphs = layout.length(block);
    int before = layout.first(block) - groups.row(group, layout);
    Matrix[] parts = new Matrix[parameters.parts()];
    Arrays.setAll(parts, part -> Matrix.zeros(width(part), graphs));
    for (int slice = 0; slice < slices.length; slice++) {
      int row = rowWidth(slice);
      double[] values = files.readColumns(name, group, slice, (long) before * row, graphs * row);
      int at = 0;
      for (int g = 0; g < graphs; g++) {
        for (int part = 0; part < parts.length; part++) {
          at = scatter(values, at, slice, part, parts[part].values(), g * width(part));
        }
      }
    }
    return new KernelColumns(parts, files.readDiagonal(block, layout));
  }

  /** Puts a slice's columns of a part where they belong. */
  private int scatter(double[] values, int from, int slice, int part, double[] into, int to) {
    int q = pieces.count(part);
    int at = from;
    for (int landmark : members[slice]) {
      System.arraycopy(values, at, into, to + landmark * q, q);
      at += q;
    }
    return at;
  }

  /** The kernel between the pieces themselves, W_p by part, symmetric to the bit; as it is read. */
  Matrix[] own() {
    Matrix[] own = new Matrix[parameters.parts()];
    Arrays.setAll(own, part -> Matrix.zeros(width(part), width(part)));
    for (int group = 0; group < groups.count(); group++) {
      int[] inside = landmarksIn(group);
      for (int slice = 0; slice < slices.length && inside.length > 0; slice++) {
        readOwn(group, slice, inside, own);
      }
    }
    for (Matrix part : own) {
      symmetrise(part.values(), part.rows());
    }
    return own;
  }

  /** (A + Aᵀ)/2 in squares that the cache holds: the two triangles differ in their last bits. */
  private static void symmetrise(double[] a, int n) {
    int square = 64;
    for (int left = 0; left < n; left += square) {
      for (int top = left; top < n; top += square) {
        for (int j = left; j < Math.min(n, left + square); j++) {
          for (int i = Math.max(top, j + 1); i < Math.min(n, top + square); i++) {
            double mean = (a[i + j * n] + a[j + i * n]) / 2;
            a[i + j * n] = mean;
            a[j + i * n] = mean;
          }
        }
      }
    }
  }

  private void readOwn(int group, int slice, int[] inside, Matrix[] own) {
    int graphs = groups.graphs(group, layout);
    int count = 0;
    for (int part = 0; part < own.length; part++) {
      count += inside.length * pieces.count(part) * sliceWidth(slice, part);
    }
    double[] values = files.readColumns(name, group, slice, (long) graphs * rowWidth(slice), count);
    int at = 0;
    for (int part = 0; part < own.length; part++) {
      int q = pieces.count(part);
      for (int k = 0; k < inside.length * q; k++) {
        int row = inside[0] * q + k;
        at = scatter(values, at, slice, part, own[part].values(), row * width(part));
      }
    }
  }
}
