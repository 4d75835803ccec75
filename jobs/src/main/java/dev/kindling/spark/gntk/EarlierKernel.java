package dev.kindling.spark.gntk;

import dev.kindling.BadInput;
import dev.kindling.data.graph.GraphSet;
import dev.kindling.gntk.ColorLevels;
import dev.kindling.gntk.GntkParameters;
import dev.kindling.linalg.Precision;
import dev.kindling.spark.job.FinishedRun;
import dev.kindling.spark.job.Table;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** The kernel of {@code --kernel RUN}: an earlier {@code gntk} run over the same graphs. */
final class EarlierKernel {
  private final FinishedRun run;

  private EarlierKernel(FinishedRun run) {
    this.run = run;
  }

  /**
   * @throws BadInput if it is no finished run of {@code gntk} with a Gram matrix of its own
   */
  static EarlierKernel open(String directory, Configuration conf) {
    FinishedRun run = FinishedRun.open(GraphKernelSettings.KERNEL.option(), directory, conf);
    if (!run.job().equals("gntk")) {
      throw BadInput.of(
          "%s: a run of %s; give the run directory of a gntk run", run.given(), run.job());
    }
    String other = run.options().get("kernel");
    if (other != null && !run.has("tables/gram")) {
      throw BadInput.of(
          "%s: it read its kernel from %s; give --kernel %s", run.given(), other, other);
    }
    for (String table : new String[] {"gram", "norms"}) {
      if (!run.has("tables/" + table)) {
        throw BadInput.of(
            "%s: it has no table %s; run the kernel again (gntk --task none leaves it)",
            run.given(), table);
      }
    }
    return new EarlierKernel(run);
  }

  /** As the user named it. */
  String shown() {
    return dev.kindling.data.InputPath.show(run.folder());
  }

  /**
   * An option of the run; where several numbers of blocks were given, the chosen one.
   *
   * @throws BadInput if its record does not have it
   */
  String option(String name) {
    Object chosen = name.equals("blocks") ? run.scalars().get(ByBlocks.CHOSEN) : null;
    String value = chosen == null ? run.options().get(name) : chosen.toString();
    if (value == null) {
      throw BadInput.of("%s/run.json has no option %s; run the kernel again", run.given(), name);
    }
    return value;
  }

  /**
   * The kernel's parameters.
   *
   * @throws BadInput if the record does not have them
   */
  GntkParameters parameters() {
    try {
      return new GntkParameters(
          Integer.parseInt(option("blocks")),
          Integer.parseInt(option("mlp")),
          GntkParameters.Scale.valueOf(option("scale").toUpperCase(Locale.ROOT)),
          Boolean.parseBoolean(option("jk")),
          Double.parseDouble(option("factor")));
    } catch (IllegalArgumentException e) {
      throw notAKernel(e);
    }
  }

  /** What told nodes apart. */
  NodeLabels nodeLabels() {
    try {
      return NodeLabels.valueOf(option("node-labels"));
    } catch (IllegalArgumentException e) {
      throw notAKernel(e);
    }
  }

  /** What it was computed with. */
  Precision precision() {
    try {
      return Precision.valueOf(option("precision").toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw notAKernel(e);
    }
  }

  private BadInput notAKernel(IllegalArgumentException e) {
    return BadInput.of(
        e,
        "%s/run.json: not the options of a kernel: %s; run the kernel again",
        run.given(),
        e.getMessage());
  }

  /**
   * @throws BadInput if the run had other graphs
   */
  void requireSame(GraphSet set) {
    if (!run.inputFingerprint().equals(set.fingerprint())) {
      throw BadInput.of(
          "%s: its kernel is between other graphs, of %s (fingerprint %s), and %s has %s; give the same graphs, or leave --kernel out",
          run.given(),
          run.input(),
          start(run.inputFingerprint()),
          set.name(),
          start(set.fingerprint()));
    }
  }

  private static String start(String fingerprint) {
    return fingerprint.substring(0, Math.min(12, fingerprint.length())) + "…";
  }

  /**
   * @throws BadInput if a tile is missing
   */
  GramTable gram(GraphBlocks.Layout layout, Configuration conf) {
    Path folder = new Path(run.folder(), "tables/gram");
    GramTable gram = GramTable.of(Table.at(folder, GramTable.SCHEMA, conf), layout, run.given());
    for (int column = 0; column < layout.blocks(); column++) {
      if (!gram.hasColumn(column)) {
        throw BadInput.of(
            "%s: its Gram matrix lacks a tile of block column %d; run the kernel again",
            run.given(), column);
      }
    }
    return gram;
  }

  /**
   * @throws BadInput if they do not belong to the colours
   */
  double[][] norms(ColorLevels colors, Configuration conf) {
    Path folder = new Path(run.folder(), "tables/norms");
    return NormTable.read(Table.at(folder, NormTable.SCHEMA, conf), colors, run.given());
  }

  /** For {@code run.json}. */
  Map<String, String> provenance() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("run", shown());
    facts.put("version", run.version());
    facts.put("input_fingerprint", run.inputFingerprint());
    return facts;
  }
}
