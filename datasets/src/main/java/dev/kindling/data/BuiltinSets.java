package dev.kindling.data;

import dev.kindling.BadInput;
import dev.kindling.DidYouMean;
import dev.kindling.SettingName;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The sets behind {@code --data NAME} and {@code kindling datasets list}. */
public final class BuiltinSets {
  private static final String ROOT = "dev/kindling/data/builtin/";

  private static final List<BuiltinSet> ALL =
      Stream.<BuiltinSet>of(
              new BuiltinGraphs(
                  "bzr",
                  163,
                  "ACTIVITY, the measured activity (a real number)",
                  "ligands of the benzodiazepine receptor; atoms without hydrogens as tags, bonds as edges",
                  "BSD-3-Clause",
                  "RDKit's Projects/DbCLI/testData/bzr.sdf, as Debian's rdkit-data packs it",
                  ROOT + "bzr/bzr.txt"),
              new BuiltinGraphs(
                  "nci5k",
                  4999,
                  "TPSA, the topological polar surface area in Å² (a real number)",
                  "molecules of the National Cancer Institute; atoms as tags, bonds as edges",
                  "BSD-3-Clause",
                  "RDKit's Data/NCI/first_5K.smi and first_5k.tpsa.csv, as Debian's rdkit-data packs them",
                  ROOT + "nci5k/nci5k.txt.gz"),
              new BuiltinTable(
                  "digits",
                  1797,
                  64,
                  "label",
                  "handwritten digits, 8×8 pixels from 0 to 16, ten classes",
                  "CC BY 4.0 (data), BSD-3-Clause (scikit-learn's copy)",
                  "UCI, Optical Recognition of Handwritten Digits (Alpaydin and Kaynak 1998), test set",
                  ROOT + "digits/digits.csv.gz"),
              new BuiltinTable(
                  "wine",
                  178,
                  13,
                  "label",
                  "chemical analyses of Italian wines in units of their own, three cultivars",
                  "CC BY 4.0 (data), BSD-3-Clause (scikit-learn's copy)",
                  "UCI, Wine (Aeberhard and Forina 1991)",
                  ROOT + "wine/wine.csv.gz"),
              new BuiltinTable(
                  "cancer",
                  569,
                  30,
                  "label",
                  "cell nuclei of breast masses in units of their own, malignant or benign",
                  "CC BY 4.0 (data), BSD-3-Clause (scikit-learn's copy)",
                  "UCI, Breast Cancer Wisconsin Diagnostic (Wolberg, Mangasarian, Street and Street 1993)",
                  ROOT + "cancer/cancer.csv.gz"))
          .sorted(Comparator.comparing(BuiltinSet::name))
          .toList();

  private BuiltinSets() {}

  /** Every set, in the order of the names. */
  public static List<BuiltinSet> all() {
    return ALL;
  }

  /**
   * The set of that name.
   *
   * @throws BadInput when there is none, with the names there are
   */
  public static BuiltinSet find(String name) {
    return ALL.stream()
        .filter(set -> set.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new BadInput(unknown(name)));
  }

  /**
   * The table of that name.
   *
   * @throws BadInput when there is none, or when the set holds graphs
   */
  public static BuiltinTable table(String name) {
    if (find(name) instanceof BuiltinTable table) {
      return table;
    }
    throw BadInput.of(
        "%s is a set of graphs, and a table is wanted: %s",
        SettingName.of("data", name), names("table"));
  }

  /**
   * The set of graphs of that name.
   *
   * @throws BadInput when there is none, or when the set is a table
   */
  public static BuiltinGraphs graphs(String name) {
    if (find(name) instanceof BuiltinGraphs graphs) {
      return graphs;
    }
    throw BadInput.of(
        "%s is a table, and a set of graphs is wanted: %s",
        SettingName.of("data", name), names("graphs"));
  }

  private static String unknown(String name) {
    String guess =
        DidYouMean.of(name, ALL.stream().map(BuiltinSet::name).toList())
            .map(near -> "; did you mean " + near + "?")
            .orElse(".");
    String names = ALL.stream().map(BuiltinSet::name).collect(Collectors.joining(", "));
    return SettingName.of("data", name) + ": no such built-in set" + guess + " There are " + names;
  }

  private static String names(String kind) {
    String names =
        ALL.stream()
            .filter(set -> set.kind().equals(kind))
            .map(BuiltinSet::name)
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? "none is built in, give " + new SettingName("input") : names;
  }
}
