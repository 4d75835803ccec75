package dev.kindling.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kindling.linalg.Blas;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The result tables and model weights of fifteen commands, bit for bit.
 *
 * <p>A refactoring must leave every hash in {@code pinned-results.txt} as it is. This test writes
 * the hashes it finds to {@code target/pinned-results.txt}. Replace the one with the other only in
 * a commit that changes results on purpose, and say so in its message.
 *
 * <p>The bits are those of plain Java BLAS, the same on every x86-64 Linux machine; OpenBLAS picks
 * its kernels by processor. A JVM keeps the BLAS that it used first, so this test runs in its own,
 * which the tag asks for.
 */
@Tag("own-jvm")
class PinnedResultsTest extends RunsInFolder {
  /** A command is its name and, indented, its steps: the output folder and the words. */
  private static final String COMMANDS =
      """
      gntk-colors
        made       datasets make motif --graphs 60 --nodes 10 --seed 3
        ridge      gntk --input $made/tables/graphs --engine colors --blocks 2 --folds 3 --neighbors 3
        predicted  predict --input $made/tables/graphs --model $ridge/model
      gntk-tiles
        made       datasets make motif --graphs 48 --nodes 8 --tags 2 --seed 4
        svm        gntk --input $made/tables/graphs --engine tiles --precision float --scale degree --no-jk --mlp 1 --normalize cosine --task svm --cost 1,10 --class-weights balanced --folds 3
        best       gntk --input $made/tables/graphs --kernel $svm --task ridge --select best --folds 4 --seed 7
        predicted  predict --input $made/tables/graphs --model $svm/model
      gntk-dense
        converted  datasets convert --input $graphs.txt
        ridge      gntk --input $graphs.txt --engine dense --node-labels both --labels numbers --normalize cosine --folds 3
        svm        gntk --input $graphs.txt --kernel $ridge --labels numbers --task svm --cost 1,10 --tube 0.2 --folds 3
        predicted  predict --input $graphs.txt --model $ridge/model
      gntk-landmarks
        made       datasets make motif --graphs 80 --nodes 8 --seed 5
        kmeans     gntk --input $made/tables/graphs --landmarks 12 --landmarks-by kmeans --neighbors 2 --folds 3
        leverage   gntk --data bzr --landmarks 16 --landmarks-by leverage --landmark-pieces 2 --landmark-features 20 --normalize cosine --folds 3
        predicted  predict --data bzr --model $leverage/model
      train-classes
        fit        train --data digits --hidden 16 --epochs 2 --optimizer momentum --loss-regret --class-weights balanced --peers constant,prodigy
        more       train --data digits --hidden 16 --epochs 1 --from $fit/model --early-stop 3
        predicted  predict --data digits --model $fit/model
      train-number
        fit        train --input $points.csv --feature-columns a,b,c,d --target-column size --weight-column weight --hidden 8,4 --activation tanh --precision double --schedule cosine --warm-up 5 --optimizer nesterov --epochs 4
        predicted  predict --input $points.csv --feature-columns a,b,c,d --label-column size --model $fit/model
      train-schedules
        dbd        train --input $points.csv --feature-columns a,b,c,d --label-column kind --hidden 8 --epochs 4 --schedule dbd --signal sign --group layer --delayed
        jacobs     train --input $points.csv --feature-columns a,b,c,d --label-column kind --hidden 8 --epochs 4 --signal jacobs --group coordinate --kappa 0.0001
        hd         train --input $points.csv --feature-columns a,b,c,d --label-column kind --hidden 8 --epochs 4 --schedule hd --optimizer adagrad
        dog        train --input $points.csv --feature-columns a,b,c,d --label-column kind --hidden 8 --epochs 4 --schedule dog --no-standardize
        free       train --input $points.csv --feature-columns a,b,c,d --label-column kind --hidden 8 --epochs 4 --schedule schedule-free
        mechanic   train --input $points.csv --feature-columns a,b,c,d --label-column kind --hidden 8 --epochs 4 --schedule mechanic --optimizer sgd
        adamw      train --input $points.csv --feature-columns a,b,c,d --label-column kind --hidden 8 --epochs 4 --optimizer adamw --activation gelu --dropout 0.2 --l2 0.001 --clip 1
        linear     train --input $points.csv --feature-columns a,b,c,d --label-column kind --epochs 4 --hidden 0 --signal raw
        local      train --input $points.csv --feature-columns a,b,c,d --label-column kind --hidden 8 --epochs 4 --local-steps 8 --local-workers 2 --steps-on executors
      ade-exact
        nearest    ade --data digits --k 3 --metric estimate:ledoit-wolf
        within     ade --input $points.csv --id-column name --label-column kind --feature-columns a,b,c,d --queries $queries.csv --radius 1.5 --metric estimate:rca
        auto       ade --data digits --mode auto --k 2 --eps 0.6 --candidates 10
      ade-sketch
        gaussian   ade --input $wide.csv --mode sketch --k 4 --eps 0.5 --distances --metric estimate:variance
        srht       ade --input $wide.csv --mode sketch --k 4 --eps 0.5 --sketch srht
        osnap      ade --input $wide.csv --mode sketch --k 4 --eps 0.5 --sketch osnap --candidates 4 --seed 7
      ade-adaptive
        gaussian   ade --input $wide.csv --mode adaptive --key-file $key --k 4 --eps 0.5 --distances
        srht       ade --input $wide.csv --mode adaptive --key-file $key --k 4 --eps 0.5 --sketch srht
        proved     ade --input $vectors.csv --mode adaptive --key-file $key --k 4 --eps 0.9 --proved
      ade-index
        index      ade build --input $vectors.csv --id-column first --metric estimate:sample
        updated    ade update --index $index --point-updates $changed/0.csv --point-deletes $gone/0.csv --metric-updates $metric/0.csv
        asked      ade query --index $index --queries $queries.csv --k 5 --mode sketch --eps 0.5
        streamed   ade stream --index $index --until-done --max-files 1 --point-updates $changed --point-deletes $gone --metric-updates $metric --queries $asking --constraints $pairs --learner itml --upper 2 --lower 9 --k 5
        all        ade query --index $index --queries $queries.csv --k 250
      ade-learn
        lego       ade learn --validation 0 --learner lego --constraints $squares.csv --eta 0.1 --sweeps 2 --input $points.csv --label-column kind --feature-columns a,b,c,d
        itml       ade learn --validation 0 --learner itml --gamma 2 --input $points.csv --label-column kind --feature-columns a,b,c,d
        pola       ade learn --validation 0 --learner pola --pairs 50 --scale 2 --input $points.csv --label-column kind --feature-columns a,b,c,d
        rca        ade learn --validation 0 --learner rca --shrink 0.1 --input $points.csv --label-column kind --feature-columns a,b,c,d
        nca        ade learn --validation 0 --learner nca --rank 2 --iterations 10 --input $points.csv --label-column kind --feature-columns a,b,c,d
        lmnn       ade learn --validation 0 --learner lmnn --neighbors 2 --push 0.4 --iterations 3 --input $points.csv --label-column kind --feature-columns a,b,c,d
      ade-outliers
        shrunk     ade outliers --data digits --estimator ledoit-wolf
        robust     ade outliers --input $points.csv --id-column name --feature-columns a,b,c,d --estimator mcd --quantile 0.9
      ade-cluster
        digits     ade cluster --data digits --clusters 5 --iterations 4
        points     ade cluster --input $points.csv --id-column name --feature-columns a,b,c,d --clusters 3 --metric estimate:ledoit-wolf
      ade-audit
        gaussian   ade audit --dimension 32 --gram-dimension 16 --answers 1000 --eps 0.4 --rows 12 --sketches 200 --draws 41
        srht       ade audit --dimension 16 --answers 300 --eps 0.4 --rows 8 --sketches 50 --draws 11 --sketch srht
      """;

  private static final Path WRITTEN = Path.of("target/pinned-results.txt");

  /** Hashes by name, by command. */
  private static final Map<String, Map<String, String>> ACTUAL = new TreeMap<>();

  @BeforeAll
  static void plainJava() {
    String machine = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    assumeTrue(
        machine.equals("Linux amd64"), "the pinned bits are of x86-64 Linux, not " + machine);
    Blas.use(Blas.Mode.JAVA);
  }

  static Stream<String> commands() {
    return COMMANDS.lines().filter(line -> !line.startsWith(" "));
  }

  /** Words by output folder. */
  private static Map<String, String> steps(String command) {
    Map<String, String> steps = new LinkedHashMap<>();
    COMMANDS
        .lines()
        .dropWhile(line -> !line.equals(command))
        .skip(1)
        .takeWhile(line -> line.startsWith(" "))
        .map(line -> line.strip().split(" +", 2))
        .forEach(step -> steps.put(step[0], step[1]));
    return steps;
  }

  @ParameterizedTest
  @MethodSource("commands")
  void resultsAreThePinnedOnes(String command) throws Exception {
    Map<String, String> found = new TreeMap<>();
    for (Map.Entry<String, String> step : steps(command).entrySet()) {
      succeeds(step.getValue() + " --blas java", step.getKey());
    }
    for (String run : steps(command).keySet()) {
      ContentHashes.of(folder.resolve(run))
          .forEach((name, hash) -> found.put(run + "/" + name, hash));
    }
    ACTUAL.put(command, found);
    Map<String, String> pinned = pinned(command);
    Set<String> names = new TreeSet<>(found.keySet());
    names.addAll(pinned.keySet());
    names.removeIf(name -> Objects.equals(found.get(name), pinned.get(name)));
    assertThat(names)
        .as("results of %s that differ from pinned-results.txt; all hashes: %s", command, WRITTEN)
        .isEmpty();
  }

  @Test
  void nothingElseIsPinned() throws IOException {
    assertThat(lines().map(words -> words[0]).distinct())
        .containsExactlyInAnyOrderElementsOf(commands().toList())
        .hasSize(15);
  }

  private static Map<String, String> pinned(String command) throws IOException {
    return lines()
        .filter(words -> words[0].equals(command))
        .collect(Collectors.toMap(words -> words[1], words -> words[2]));
  }

  private static Stream<String[]> lines() throws IOException {
    try (var in = PinnedResultsTest.class.getResourceAsStream("/pinned-results.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().map(l -> l.split(" "));
    }
  }

  @AfterAll
  static void writeActual() throws IOException {
    List<String> lines = new ArrayList<>();
    ACTUAL.forEach(
        (command, tables) ->
            tables.forEach((table, hash) -> lines.add(command + " " + table + " " + hash)));
    Files.write(WRITTEN, lines);
  }

  @BeforeEach
  void writeInput() throws IOException {
    SplittableRandom random = new SplittableRandom(11);
    write("points.csv", "a,b,c,d,name,kind,size,weight", 150, i -> point(i, random));
    write("squares.csv", "i,j,target", 40, i -> i + "," + (149 - i) + "," + (i % 2 == 0 ? 0.5 : 8));
    write("graphs.txt", "40", 40, g -> graph(g, random));
    write("vectors.csv", "id,a,b,c,d", 200, i -> i + "," + numbers(4, random));
    write("queries.csv", "a,b,c,d", 20, i -> numbers(4, random));
    write("wide.csv", "", 60, i -> numbers(64, random));
    write("key", "", 1, i -> "0123456789abcdef0123456789abcdef");
    for (String source : List.of("changed", "gone", "metric", "asking", "pairs")) {
      Files.createDirectory(folder.resolve(source));
    }
    write("changed/0.csv", "", 3, i -> (500 * i + 7) + "," + numbers(4, random));
    write("gone/0.csv", "", 2, i -> 20 + i + "");
    write("metric/0.csv", "", 2, i -> i + "," + numbers(4, random));
    write("asking/0.csv", "", 30, i -> "q" + i + "," + numbers(4, random));
    write("pairs/0.csv", "", 15, i -> i + "," + (i + 40) + "," + (i % 2 == 0 ? 1 : -1));
  }

  private void write(String name, String header, int lines, IntFunction<String> line)
      throws IOException {
    Stream<String> body = IntStream.range(0, lines).mapToObj(line);
    Files.write(
        folder.resolve(name),
        (header.isEmpty() ? body : Stream.concat(Stream.of(header), body)).toList());
  }

  // Not nextDouble(from, to), whose bits are not specified.
  private static double number(SplittableRandom random) {
    return 4 * random.nextDouble() - 2;
  }

  private static String numbers(int n, SplittableRandom random) {
    return IntStream.range(0, n)
        .mapToObj(k -> Double.toString(number(random)))
        .collect(Collectors.joining(","));
  }

  private static String point(int i, SplittableRandom random) {
    int kind = i % 3;
    double a = number(random) + kind;
    double b = number(random) - kind;
    return a
        + ","
        + b
        + ","
        + numbers(2, random)
        + ",p"
        + i
        + ",kind"
        + kind
        + ","
        + (100 + 5 * a - 2 * b)
        + ","
        + (1 + i % 2);
  }

  /** A cycle whose nodes have a tag and two attributes. */
  private static String graph(int g, SplittableRandom random) {
    int nodes = 3 + g % 4;
    StringBuilder text = new StringBuilder(nodes + " " + (g % 5 + 0.5));
    for (int u = 0; u < nodes; u++) {
      text.append("\n" + u % 2 + " 1 " + (u + 1) % nodes);
      text.append(" " + number(random) + " " + (number(random) + g % 5));
    }
    return text.toString();
  }
}
