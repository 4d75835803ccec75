package dev.kindling.data.graph;

import static dev.kindling.data.graph.SdfText.methanol;
import static dev.kindling.data.graph.Texts.refusal;
import static dev.kindling.data.graph.Texts.show;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.kindling.data.LocalSpark;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MoleculeReadingTest {
  private static final long SEED = 3;
  private static final GraphOptions ACTIVITY = GraphOptions.defaults().labelColumn("ACTIVITY");

  private static final String V3000 =
      """
      water

      \s
        0  0  0     0  0            999 V3000
      M  V30 BEGIN CTAB
      M  V30 COUNTS 3 2 0 0 0
      M  V30 BEGIN ATOM
      M  V30 1 O 0 0 0 0
      M  V30 2 H 1 0 0 0
      M  V30 3 H 0 1 0 0
      M  V30 END ATOM
      M  V30 BEGIN BOND
      M  V30 1 1 1 2
      M  V30 2 1 1 3
      M  V30 END BOND
      M  V30 END CTAB
      M  END
      > <ACTIVITY>
      3

      $$$$
      """;

  @TempDir Path folder;

  private final SparkSession spark = LocalSpark.session();

  private Path file(String name, String text) throws Exception {
    return Files.writeString(folder.resolve(name), text);
  }

  /** "id label tags edges" of each graph. */
  private List<String> read(Path path, GraphOptions options) {
    try (GraphSet set = GraphSets.read(spark, path.toString(), options)) {
      return GraphRowsTest.sorted(set).stream()
          .map(g -> g.id() + " " + g.label() + " " + show(g.graph()))
          .toList();
    }
  }

  @Test
  void atomsAreNodesBondsAreEdgesAndNamesAreIds() throws Exception {
    String text =
        methanol("methanol", "6.5")
            + SdfText.record(
                "", List.of("Na", "Cl", "*", "D"), new int[][] {{3, 4}}, "X=1", "ACTIVITY=inactive")
            + V3000;
    assertThat(read(file("m.sdf", text), ACTIVITY))
        .containsExactly(
            "methanol 6.5 [6, 8] 0-1",
            "2 inactive [11, 17, 0, 1] 2-3",
            "water 3 [8, 1, 1] 0-1 0-2");
    assertThat(read(file("one.SD", V3000.replace("$$$$\n", "")), GraphOptions.defaults()))
        .containsExactly("water null [8, 1, 1] 0-1 0-2");
  }

  @Test
  void smilesAreReadWithHydrogensAsTheyStandThere() throws Exception {
    String text = "CO methyl alcohol\n\n[Na+].[Cl-]\tsalt\nn1cccc1 \n[H][H] h\n[13CH4]\n";
    assertThat(read(file("m.smi", text), GraphOptions.defaults()))
        .containsExactly(
            "methyl alcohol null [6, 8] 0-1",
            "salt null [11, 17]",
            "3 null [7, 6, 6, 6, 6] 0-1 0-4 1-2 2-3 3-4",
            "h null [1, 1] 0-1",
            "5 null [6]");
  }

  @Test
  void anExtensionIsNeitherANameNorAColumn() throws Exception {
    String text =
        "CNO |(0.0,0,;1.0,0,;2.0,0,)| hydroxylamine 1.5\nCCO ethanol 2.5\n*CC |$R 1;;$| tail 3.5\n";
    Path blanks = file("x.smi", text);
    assertThat(read(blanks, GraphOptions.defaults()))
        .containsExactly(
            "hydroxylamine 1.5 null [6, 7, 8] 0-1 1-2",
            "ethanol 2.5 null [6, 6, 8] 0-1 1-2",
            "tail 3.5 null [0, 6, 6] 0-1 1-2");
    assertThat(read(blanks, GraphOptions.defaults().labelColumn("c2")))
        .containsExactly(
            "hydroxylamine 1.5 [6, 7, 8] 0-1 1-2",
            "ethanol 2.5 [6, 6, 8] 0-1 1-2",
            "tail 3.5 [0, 6, 6] 0-1 1-2");
    Path tabs = file("t.smi", "C |$a b$|\tm\t1\nC\t|$a$|\te\t2\nC |$_AV:1$|\n");
    assertThat(read(tabs, GraphOptions.defaults()))
        .containsExactly("m null [6]", "e null [6]", "3 null [6]");
    Path named = file("n.smi", "smiles\text\tname\nC\t|$a$|\tm\n");
    assertThat(read(named, GraphOptions.defaults().labelColumn("ext")))
        .containsExactly("m |$a$| [6]");
  }

  @Test
  void aLineWithoutItsSmilesIsBroken() throws Exception {
    GraphOptions skip = GraphOptions.defaults().skipBad(true);
    for (String bad : List.of("  CCO ethanol", "\tCCN x", " C\tx")) {
      Path path = file("m.smi", "C a\n\n" + bad + "\nCC b\n");
      assertThat(refusal(() -> read(path, GraphOptions.defaults())))
          .startsWith(
              "m.smi:3: record 2: the line begins with a blank, so its SMILES is empty; fix it");
      assertThat(read(path, skip)).containsExactly("a null [6]", "b null [6, 6] 0-1");
    }
    for (String bad : List.of("C |$a$", "C |$a$|b", "C\t|")) {
      Path path = file("e.smi", bad + "\nCC b\n");
      assertThat(refusal(() -> read(path, GraphOptions.defaults())))
          .startsWith("e.smi:1: record 1: the extension |… behind the SMILES has no end |");
      assertThat(read(path, skip)).containsExactly("b null [6, 6] 0-1");
    }
  }

  @Test
  void theLabelOfSmilesIsAColumn() throws Exception {
    GraphOptions activity = GraphOptions.defaults().labelColumn("activity");
    assertThat(read(file("a.smi", "#SMILES\tactivity\tName\nC\t1.5\tm\nCC\t2\te\n"), activity))
        .containsExactly("m 1.5 [6]", "e 2 [6, 6] 0-1");
    Path bare = file("b.smiles", "C m 1.5\nCC e 2\n");
    assertThat(read(bare, activity.labelColumn("c2")))
        .isEqualTo(read(bare, activity.labelColumn("last")));
    assertThat(read(bare, activity.labelColumn("c1"))).containsExactly("1 m [6]", "2 e [6, 6] 0-1");
    assertThat(refusal(() -> read(bare, activity)))
        .isEqualTo(
            "b.smiles: no column activity; it has c0, c1, c2 A first line 'smiles name …' would name them");
    assertThat(refusal(() -> read(folder.resolve("a.smi"), activity.labelColumn("Activity"))))
        .isEqualTo("a.smi: no column Activity; did you mean activity?");
    assertThat(refusal(() -> read(bare, activity.labelColumn("c0"))))
        .isEqualTo("b.smiles: column c0 is the SMILES; the label stands in a later one");
  }

  @Test
  void theSetIsTheSameHoweverManyTasksReadIt() throws Exception {
    Random random = new Random(SEED);
    StringBuilder sdf = new StringBuilder();
    StringBuilder smiles = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      String name = random.nextInt(4) == 0 ? "" : "m" + i;
      boolean bad = random.nextInt(6) == 0;
      sdf.append(methanol(name, Integer.toString(i)).replace("C  ", bad ? "Cq " : "C  "));
      smiles.append("C".repeat(1 + random.nextInt(9))).append(bad ? "(" : "").append(' ');
      smiles.append(name).append('\n').append("\n".repeat(random.nextInt(2)));
    }
    for (Path path : List.of(file("m.sdf", sdf.toString()), file("m.smi", smiles.toString()))) {
      GraphOptions skip = GraphOptions.defaults().skipBad(true);
      List<String> whole = read(path, skip);
      assertThat(whole).as("seed %d", SEED).hasSizeBetween(20, 39);
      String refused = refusal(() -> read(path, GraphOptions.defaults()));
      for (long bytes : new long[] {50, 333, 1000}) {
        assertThat(read(path, skip.splitBytes(bytes))).isEqualTo(whole);
        assertThat(refusal(() -> read(path, GraphOptions.defaults().splitBytes(bytes))))
            .isEqualTo(refused);
      }
      assertThat(read(gzipped(path), skip)).isEqualTo(whole);
    }
  }

  private static Path gzipped(Path path) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(Files.readAllBytes(path));
    }
    return Files.write(path.resolveSibling(path.getFileName() + ".gz"), bytes.toByteArray());
  }

  static List<Arguments> breakages() {
    return List.of(
        arguments("C   0", "Cq  0", "17: record 2: 'Cq' in columns 32 to 34 is no element"),
        arguments(" 1  2  1", " 1  3  1", "19: record 2: bond to atom 3, but the atoms are 1 to 2"),
        arguments(
            " 1  2  1",
            " 1  x  1",
            "19: record 2: the second atom of a bond, columns 4 to 6, is '  x'"),
        arguments(
            "  2  1  0",
            "999  1  0",
            "16: record 2: 999 atoms and 1 bonds are announced, but M  END comes after 3 lines"),
        arguments(
            "  2  1  0",
            " -2  1  0",
            "16: record 2: the number of atoms, columns 1 to 3, is ' -2'"),
        arguments(
            "M  END",
            "M  EDN",
            "23: record 2: the record ends without M  END; is the file truncated?"),
        arguments(
            "<ACTIVITY>", "<ACTIVTY>", "13: record 2: no property ACTIVITY; did you mean ACTIVTY?"),
        arguments("7.5", " ", "21: record 2: property ACTIVITY is empty"),
        arguments(
            "7.5\n",
            "7.5\n\n> <X>\n1\n\n> <ACTIVITY>\n8\n",
            "27: record 2: a second property ACTIVITY; which one is the label?"),
        arguments(
            "  1  2  1  0",
            "  1  2 17  0",
            "13: record 2: CDK cannot read it: unrecognised bond type: 17,   1  2 17  0"));
  }

  @ParameterizedTest
  @MethodSource("breakages")
  void aBrokenRecordIsNamedAndCanBeLeftOut(String from, String to, String message)
      throws Exception {
    String good = methanol("b", "7.5");
    String bad = good.replace(from, to);
    assertThat(bad).isNotEqualTo(good);
    Path path = file("m.sdf", methanol("a", "1") + bad + methanol("c", "9"));
    assertThat(refusal(() -> read(path, ACTIVITY)))
        .isEqualTo("m.sdf:" + message + "; fix it, or leave broken records out with skipBad true");
    assertThat(read(path, ACTIVITY.skipBad(true)))
        .containsExactly("a 1 [6, 8] 0-1", "c 9 [6, 8] 0-1");
  }

  @Test
  void recordsThatRunIntoEachOtherAreBroken() throws Exception {
    String two = methanol("b", "7.5").replace("$$$$\n", "") + methanol("c", "9");
    Path path = file("m.sdf", methanol("a", "1") + two + methanol("d", "2"));
    assertThat(refusal(() -> read(path, ACTIVITY)))
        .startsWith("m.sdf:31: record 2: a second M  END; is a line $$$$ before it missing?");
    assertThat(read(path, ACTIVITY.skipBad(true)))
        .containsExactly("a 1 [6, 8] 0-1", "d 2 [6, 8] 0-1");
  }

  @Test
  void whatIsLeftOutIsCountedAndTheRestIsNumberedOn() throws Exception {
    String empty = SdfText.record("nothing", List.of(), new int[0][], "ACTIVITY=1");
    String bad = methanol("bad", "2").replace("O  ", "Oo ");
    Path path = file("m.sdf", methanol("a", "1") + bad + empty + bad + methanol("", "3"));
    try (GraphSet set = GraphSets.read(spark, path.toString(), ACTIVITY.skipBad(true))) {
      assertThat(set.summary().graphs()).isEqualTo(2);
      assertThat(set.summary().skipped()).isEqualTo(2);
      assertThat(set.summary().empty()).isEqualTo(1);
      assertThat(set.firstSkipped())
          .isEqualTo("m.sdf:18: record 2: 'Oo' in columns 32 to 34 is no element");
      assertThat(GraphRowsTest.sorted(set)).extracting(GraphRecord::id).containsExactly("a", "5");
    }
    Path all = file("all.sdf", bad + bad);
    assertThat(refusal(() -> read(all, ACTIVITY.skipBad(true))))
        .isEqualTo(
            "all: no graphs; at least one is needed; every record is broken, the first: all.sdf:6: record 1: 'Oo' in columns 32 to 34 is no element");
  }

  @Test
  void theFingerprintTellsWhichRecordsWereSkipped() throws Exception {
    Path path = file("m.smi", "C a\nCC b\n");
    Path tabs = file("t.smi", "smiles\tx\ty\tz\nC\t1\t\t3\nCC\t\t2\t\nCCC\t1\t2\t3\n");
    GraphOptions skip = GraphOptions.defaults().skipBad(true);
    assertThat(fingerprint(tabs, skip.labelColumn("x")))
        .isNotEqualTo(fingerprint(tabs, skip.labelColumn("y")))
        .isEqualTo(fingerprint(tabs, skip.labelColumn("z")))
        .isEqualTo(fingerprint(tabs, skip.labelColumn("x").splitBytes(9)));
    assertThat(fingerprint(path, skip)).isEqualTo(fingerprint(path, GraphOptions.defaults()));
  }

  private String fingerprint(Path path, GraphOptions options) {
    try (GraphSet set = GraphSets.read(spark, path.toString(), options)) {
      return set.fingerprint();
    }
  }

  @Test
  void brokenSmilesAreNamed() throws Exception {
    for (String bad :
        List.of("CC(", "C1CC", "Xy", "C".repeat(3) + "((((", "[", "(".repeat(100_000))) {
      Path path = file("m.smi", "C a\n\n" + bad + "\nCC b\n");
      assertThat(refusal(() -> read(path, GraphOptions.defaults())))
          .startsWith("m.smi:3: record 2: CDK cannot read it: ")
          .doesNotContain("\n")
          .hasSizeLessThan(400);
      assertThat(read(path, GraphOptions.defaults().skipBad(true)))
          .containsExactly("a null [6]", "b null [6, 6] 0-1");
    }
  }

  @Test
  void aFolderOfMoleculesIsOneSet() throws Exception {
    Path set = Files.createDirectory(folder.resolve("set"));
    Files.writeString(set.resolve("b.smi"), "CC\nCCC x\n");
    Files.writeString(set.resolve("a.smi"), "C\n");
    assertThat(read(set, GraphOptions.defaults()))
        .containsExactly("a.smi:1 null [6]", "b.smi:1 null [6, 6] 0-1", "x null [6, 6, 6] 0-1 1-2");
    Files.writeString(set.resolve("c.sdf"), methanol("m", "1"));
    assertThat(refusal(() -> read(set, GraphOptions.defaults())))
        .contains("both SDF and SMILES in this folder: a.smi and c.sdf");
  }

  @Test
  void skippingIsForMolecules() throws Exception {
    Path gin = file("g.txt", "1\n1 0\n0 0\n");
    assertThat(refusal(() -> read(gin, GraphOptions.defaults().skipBad(true))))
        .startsWith("skipBad true is for SDF and SMILES");
  }

  @Test
  void anEmptyFileHoldsNoGraphs() throws Exception {
    for (Path path : List.of(file("e.sdf", "\n \n"), file("e.smi", ""))) {
      assertThat(refusal(() -> read(path, GraphOptions.defaults())))
          .isEqualTo("e: no graphs; at least one is needed");
    }
  }

  @Test
  void aDamagedGzipIsRefused() throws Exception {
    byte[] whole = Files.readAllBytes(gzipped(file("m.smi", "CC\n".repeat(9999))));
    Path cut = Files.write(folder.resolve("cut.smi.gz"), Arrays.copyOf(whole, 60));
    assertThat(refusal(() -> read(cut, GraphOptions.defaults())))
        .startsWith("cut.smi.gz: the gzip stream is damaged or ends early");
  }
}
