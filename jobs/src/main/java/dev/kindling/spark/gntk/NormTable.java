package dev.kindling.spark.gntk;

import dev.kindling.BadInput;
import dev.kindling.gntk.ColorLevels;
import dev.kindling.gntk.ColorSet;
import dev.kindling.spark.job.Table;
import dev.kindling.spark.job.TableRows;
import dev.kindling.spark.job.TableSchema;
import dev.kindling.spark.job.TableSchema.Kind;
import java.io.IOException;
import java.util.Iterator;
import java.util.stream.IntStream;

/**
 * The table {@code norms}: √Σ^l_uu of each colour u by its hash, levels from 1. With the Gram
 * matrix it is all of a kernel that a model needs; 32 bytes a colour.
 */
final class NormTable {
  static final TableSchema SCHEMA =
      TableSchema.empty()
          .with("level", Kind.LONG)
          .with("high", Kind.LONG)
          .with("low", Kind.LONG)
          .with("norm", Kind.DOUBLE);

  private NormTable() {}

  /**
   * @param norms by level from 1 and colour. Not modified
   */
  static Iterator<Object[]> rows(ColorLevels colors, double[][] norms) {
    return IntStream.rangeClosed(1, colors.blocks())
        .boxed()
        .flatMap(
            level ->
                IntStream.range(0, colors.size(level))
                    .mapToObj(
                        i -> {
                          ColorSet.Entry color = colors.set(level).entry(i);
                          return new Object[] {
                            (long) level, color.high(), color.low(), norms[level][i]
                          };
                        }))
        .iterator();
  }

  /**
   * Reads them back for the same colours.
   *
   * @param given what to call the run in messages
   * @return by level; entry 0 is empty
   * @throws BadInput if they are of other colours, or the file is damaged
   */
  static double[][] read(Table table, ColorLevels colors, String given) {
    double[][] norms = new double[colors.blocks() + 1][];
    for (int level = 0; level < norms.length; level++) {
      norms[level] = new double[level == 0 ? 0 : colors.size(level)];
    }
    Iterator<Object[]> expected = rows(colors, norms);
    int[] at = {1, 0};
    try {
      TableRows.read(
          table.conf(),
          table.file("part-00000"),
          SCHEMA,
          row -> {
            Object[] color = expected.next();
            double norm = (Double) row[3];
            if (!row[0].equals(color[0])
                || !row[1].equals(color[1])
                || !row[2].equals(color[2])
                || !(norm >= 0 && Double.isFinite(norm))) {
              throw new IllegalArgumentException("a norm of another colour");
            }
            if (at[1] == colors.size(at[0])) {
              at[0]++;
              at[1] = 0;
            }
            norms[at[0]][at[1]++] = norm;
          });
    } catch (IOException | RuntimeException e) {
      throw new BadInput(unfit(given), e);
    }
    if (expected.hasNext()) {
      throw new BadInput(unfit(given));
    }
    return norms;
  }

  private static String unfit(String given) {
    return given
        + ": its table norms is damaged or does not belong to these graphs; run the kernel again";
  }
}
