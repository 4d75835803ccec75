package dev.kindling.spark.gntk;

import dev.kindling.Words;
import dev.kindling.kernel.KernelFunction;
import dev.kindling.spark.job.Outcome;
import dev.kindling.spark.job.Run;
import dev.kindling.spark.job.TableSchema;
import dev.kindling.spark.job.TableSchema.Kind;
import dev.kindling.spark.report.Report;
import dev.kindling.spark.report.Table;
import dev.kindling.validation.Folds;
import dev.kindling.validation.Validation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What was learned from the kernels of several numbers of BLOCKs, and the choice among them: of the
 * model by the selection on all rows, nested for each fold by the inner selection outside it. The
 * number is chosen together with the penalty or cost. Of equals the fewest BLOCKs win.
 */
final class ByBlocks implements Learned {
  /** In {@code run.json}, where several numbers were given. */
  static final String CHOSEN = "blocks";

  private final List<Integer> numbers;
  private final List<Learned> parts;
  private final Validation validation;
  private final int[] blocks;

  private ByBlocks(List<Integer> numbers, List<Learned> parts, Validation validation) {
    this.numbers = numbers;
    this.parts = parts;
    this.validation = validation;
    this.blocks =
        IntStream.range(0, parts.size())
            .flatMap(
                p -> Arrays.stream(parts.get(p).validation().path()).mapToInt(x -> numbers.get(p)))
            .toArray();
  }

  /**
   * @param learned from the kernel of each number, in their order
   */
  static ByBlocks of(KernelFamily kernels, List<Learned> learned, Folds folds) {
    List<Integer> numbers = new ArrayList<>();
    List<Learned> parts = new ArrayList<>();
    for (int p = learned.size() - 1; p >= 0; p--) { // the last of equals wins
      numbers.add(kernels.blocks().get(p));
      parts.add(learned.get(p));
    }
    Validation joined = Validation.joined(parts.stream().map(Learned::validation).toList(), folds);
    return new ByBlocks(numbers, parts, joined);
  }

  /** The number of the model. */
  int chosen() {
    return blocks[validation.chosen()];
  }

  private Learned chosenPart() {
    return parts.get(numbers.indexOf(chosen()));
  }

  @Override
  public Validation validation() {
    return validation;
  }

  @Override
  public KernelFunction model() {
    return chosenPart().model();
  }

  @Override
  public Wording wording() {
    return chosenPart().wording();
  }

  @Override
  public Map<String, double[]> columns() {
    Map<String, double[]> columns = new LinkedHashMap<>();
    for (String name : chosenPart().columns().keySet()) {
      columns.put(
          name,
          parts.stream()
              .flatMapToDouble(part -> Arrays.stream(part.columns().get(name)))
              .toArray());
    }
    return columns;
  }

  @Override
  public int[] blocks() {
    return blocks.clone();
  }

  /** One number, fewest first. */
  private record Line(
      int blocks, double parameter, double selection, double[] nestedScores, long folds) {}

  private List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    for (int p = parts.size() - 1; p >= 0; p--) {
      Validation v = parts.get(p).validation();
      int number = numbers.get(p);
      lines.add(
          new Line(
              number,
              v.path()[v.chosen()],
              v.selection()[v.chosen()],
              v.nestedScores(),
              Arrays.stream(validation.nestedChoice())
                  .filter(point -> blocks[point] == number)
                  .count()));
    }
    return lines;
  }

  @Override
  public void tables(Run run) {
    run.table(
        "blocks",
        TableSchema.empty()
            .with("blocks", Kind.LONG)
            .with(wording().column(), Kind.DOUBLE)
            .with(wording().selectionColumn(), Kind.DOUBLE)
            .with("nested_mean", Kind.DOUBLE)
            .with("nested_standard_error", Kind.DOUBLE)
            .with("folds", Kind.LONG),
        lines().stream()
            .map(
                l ->
                    new Object[] {
                      (long) l.blocks,
                      l.parameter,
                      l.selection,
                      Validation.mean(l.nestedScores),
                      Validation.standardError(l.nestedScores),
                      l.folds
                    })
            .iterator());
    chosenPart().tables(run);
  }

  /** "1, 2, 3". */
  private String listed() {
    return lines().stream().map(l -> Integer.toString(l.blocks)).collect(Collectors.joining(", "));
  }

  /** "the 10 folds chose these 0, 1, 9 times". */
  private String often() {
    return Words.of(
        "the %d folds chose these %s times",
        validation.nestedChoice().length,
        lines().stream().map(l -> Long.toString(l.folds)).collect(Collectors.joining(", ")));
  }

  @Override
  public void figures(Outcome outcome) {
    outcome
        .count(
            CHOSEN,
            chosen(),
            Words.of("by %s, from %s; %s", wording().selection(), listed(), often()))
        .record(
            "nested_blocks",
            Arrays.stream(validation.nestedChoice()).map(point -> blocks[point]).toArray());
    chosenPart().figures(outcome);
  }

  @Override
  public void sections(Report report) {
    Table table =
        Table.of(
            "Each number of blocks by itself; the last column counts the folds that chose it",
            "blocks",
            wording().parameter(),
            wording().selection(),
            "nested, mean",
            "standard error",
            "folds");
    for (Line l : lines()) {
      table.row(
          l.blocks,
          l.parameter,
          l.selection,
          Validation.mean(l.nestedScores),
          Validation.standardError(l.nestedScores),
          l.folds);
    }
    report.section(
        "Number of blocks",
        Words.of(
            "%d block%s chosen for the model, from %s, by %s on all graphs; without their test rows %s.",
            chosen(), chosen() == 1 ? " was" : "s were", listed(), wording().selection(), often()),
        table);
    chosenPart().sections(report);
  }
}
