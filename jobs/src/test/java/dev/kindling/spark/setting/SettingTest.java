package dev.kindling.spark.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindling.BadInput;
import java.util.List;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** One declaration is an option, a Param, a check and a row of a page. */
class SettingTest {
  private enum Way {
    straight,
    CURVED;

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  private static final Setting<Way> WAY =
      Setting.choice("--way", "way", Way.class).or(Way.straight).describedAs("How to go.");

  private static final Setting<Double> SPEED =
      Setting.number("--v", "speed", "v").above(0).atMost(9).or(2.5).describedAs("How fast.");

  private static final Setting<Integer> TURNS =
      Setting.whole("--turns", "turns", "n")
          .atLeast(1)
          .orElse("by the length of the road")
          .isFor(WAY, Way.CURVED)
          .describedAs("Turns of the road, at {speed} in each.");

  private static final Setting<List<Integer>> STOPS =
      Setting.wholes("--stops", "stops", "n,n…").or(List.of(3, 4)).describedAs("Where to stop.");

  private static final Setting<Boolean> LIGHTS =
      Setting.onOff("--lights", "lights").or(true).describedAs("Lights.");

  private static final Setting<Boolean> QUICK =
      Setting.flag("--quick", "quick").isFor(WAY, Way.CURVED).describedAs("Takes no breaks.");

  private static final Setting<String> MAP =
      Setting.text("--map", "map", "FILE").inShellOnly().describedAs("The file of the map.");

  private static final Setting<String> CARS_COL =
      Setting.column("carsCol").or("cars").describedAs("Column with cars.");

  private static final SettingGroup TRIP =
      SettingGroup.of(WAY, SPEED, TURNS, STOPS, LIGHTS, QUICK, MAP).onStages(CARS_COL);

  @Command(name = "trip", sortOptions = false)
  private static final class Trip {
    @Mixin SettingOptions options = TRIP.options();
  }

  private static final class Stage extends Transformer implements HasSettings.Set<Stage> {
    private static final long serialVersionUID = 1L;

    private final String uid;
    private final StageParams params;

    Stage(String uid) {
      this.uid = uid;
      this.params = TRIP.params(this);
      params.setDefaults(this);
    }

    @Override
    public String uid() {
      return uid;
    }

    @Override
    public StageParams stageParams() {
      return params;
    }

    @Override
    public Param<?>[] params() {
      return StageParams.all(super.params(), params);
    }

    @Override
    public Stage self() {
      return this;
    }

    @Override
    public Dataset<Row> transform(Dataset<?> dataset) {
      return dataset.toDF();
    }

    @Override
    public StructType transformSchema(StructType schema) {
      return schema;
    }

    @Override
    public Stage copy(ParamMap extra) {
      return copyValues(new Stage(uid), extra);
    }
  }

  private static Trip parsed(String words) {
    Trip trip = new Trip();
    new CommandLine(trip)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(words.isEmpty() ? new String[0] : words.split(" "));
    return trip;
  }

  private static Settings shell(String words) {
    return parsed(words).options.checked();
  }

  private static String refusal(String words) {
    Trip trip = new Trip();
    CommandLine line = new CommandLine(trip);
    line.parseArgs(words.split(" "));
    try {
      trip.options.checked();
      return "";
    } catch (BadInput e) {
      return SettingOptions.message(line.getCommandSpec(), e);
    }
  }

  @Test
  void whatIsNotGivenHasTheDefaultInAShellAndOnAStage() {
    for (Settings none : List.of(Settings.none(), shell(""), new Stage("s").settings())) {
      assertThat(none.get(SPEED)).isEqualTo(2.5);
      assertThat(none.get(WAY)).isEqualTo(Way.straight);
      assertThat(none.get(STOPS)).containsExactly(3, 4);
      assertThat(none.get(LIGHTS)).isTrue();
      assertThat(none.get(QUICK)).isFalse();
      assertThat(none.given(TURNS)).isEmpty();
      assertThat(none.isGiven(SPEED)).isFalse();
      assertThatThrownBy(() -> none.get(TURNS)).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void whatIsGivenIsTheSameInAShellAndOnAStage() {
    Settings shell = shell("--way CURVED --v 2.5 --turns 7 --stops 1,2,9 --no-lights --quick");
    Settings stage =
        new Stage("s")
            .withText(WAY, "curved")
            .with(SPEED, 2.5)
            .with(TURNS, 7)
            .withInts(STOPS, new int[] {1, 2, 9})
            .with(LIGHTS, false)
            .with(QUICK, true)
            .settings();
    for (Setting<?> setting : List.of(WAY, SPEED, TURNS, STOPS, LIGHTS, QUICK)) {
      assertThat(shell.isGiven(setting)).as(setting.name()).isTrue();
      assertThat(shell.get(setting)).as(setting.name()).isEqualTo(stage.get(setting));
    }
    assertThat(shell("--lights").get(LIGHTS)).isTrue();
  }

  @Command
  private static final class Luggage {
    @Mixin SettingOptions options = TRIP.options();
  }

  @Command(name = "journey")
  private static final class Journey {
    @Mixin Luggage luggage;
  }

  @Test
  void whatIsMixedIntoAMixinHasItsOptionsInMessages() {
    Journey journey = new Journey();
    CommandLine line = new CommandLine(journey);
    line.parseArgs("--v", "0");
    assertThatThrownBy(() -> journey.luggage.options.checked())
        .isInstanceOfSatisfying(
            BadInput.class,
            e ->
                assertThat(SettingOptions.message(line.getCommandSpec(), e))
                    .isEqualTo("--v 0.0: must be above 0 and at most 9"));
  }

  @Test
  void aDefaultOfAStageDecidesWhatGoesWithIt() {
    Stage stage = new Stage("s").with(TURNS, 2);
    stage.setDefault(stage.getParam("way"), "curved");
    stage.settings().check(TRIP.all());
    assertThat(stage.settings().find(WAY)).contains(Way.CURVED);
    assertThat(new Stage("t").settings().find(TURNS)).isEmpty();
  }

  @Test
  void messagesNameASettingAsTheCallerKnowsIt() {
    assertThat(refusal("--v 0")).isEqualTo("--v 0.0: must be above 0 and at most 9");
    assertThat(refusal("--v NaN")).isEqualTo("--v NaN: must be above 0 and at most 9");
    assertThat(refusal("--turns 2"))
        .isEqualTo("--turns 2: is for --way curved; leave it out or give that");
    assertThat(refusal("--quick"))
        .isEqualTo("--quick: is for --way curved; leave it out or give that");
    assertThatThrownBy(() -> new Stage("s").with(SPEED, 0.0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("speed 0.0: must be above 0 and at most 9");
    assertThatThrownBy(() -> new Stage("s").withText(WAY, "around"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("way around: must be one of straight, curved");
    Settings turns = new Stage("s").with(TURNS, 2).settings();
    assertThatThrownBy(() -> turns.check(TRIP.all()))
        .isInstanceOf(BadInput.class)
        .hasMessage("turns 2: is for way curved; leave it out or give that");
  }

  @Test
  void aSettingOfTheReadersHasItsUsualOption() {
    BadInput bad =
        BadInput.of(
            "a.csv:3: one cell; give %s or %s, not %s",
            new dev.kindling.SettingName("delimiter", ";"),
            new dev.kindling.SettingName("skipBad", "true"),
            new dev.kindling.SettingName("labelColumn"));
    assertThat(bad)
        .hasMessage("a.csv:3: one cell; give delimiter ; or skipBad true, not labelColumn");
    assertThat(SettingOptions.message(new CommandLine(new Trip()).getCommandSpec(), bad))
        .isEqualTo("a.csv:3: one cell; give --delimiter ';' or --skip-bad, not --label-column");
  }

  @Test
  void helpAndParamsSayWhatIsDeclared() {
    String help = new CommandLine(new Trip()).setUsageHelpWidth(110).getUsageMessage();
    assertThat(help)
        .contains("--way=straight|curved", "How to go. Default: straight.")
        .contains("--v=v", "How fast. Default: 2.5.")
        .contains("curved: Turns of the road, at --v in each.")
        .contains("Default: by the", "--[no-]lights", "Default: on.", "--map=FILE")
        .doesNotContain("cars");
    Stage stage = new Stage("s");
    assertThat(stage.params())
        .extracting(Param::name)
        .containsExactly("carsCol", "lights", "quick", "speed", "stops", "turns", "way");
    assertThat(stage.explainParam(stage.getParam("turns")))
        .startsWith("turns: curved: Turns of the road, at speed in each. Default: by the length");
    assertThat(TRIP.table())
        .contains("| `--turns n` | `turns` | curved: Turns of the road, at --v in each.")
        .contains("| `--map FILE` |  | The file of the map. |")
        .contains("|  | `carsCol` | Column with cars. Default: cars. |");
  }

  @Test
  void whatARecordHoldsIsTheValueThatCounts() {
    CommandLine line = new CommandLine(new Trip());
    line.parseArgs("--stops", "5");
    assertThat(line.getCommandSpec().findOption("--stops").<Object>getValue())
        .isEqualTo(List.of(5));
    assertThat(line.getCommandSpec().findOption("--v").<Object>getValue()).isEqualTo(2.5);
    assertThat(line.getCommandSpec().findOption("--turns").<Object>getValue()).isNull();
  }

  @Test
  void aConfigurationGivesValuesToo() {
    Trip trip = new Trip();
    new CommandLine(trip)
        .setDefaultValueProvider(
            arg ->
                switch (arg.paramLabel()) {
                  case "v" -> "4";
                  case "n,n…" -> "8,9";
                  default -> null;
                })
        .parseArgs();
    assertThat(trip.options.values().given(SPEED)).contains(4.0);
    assertThat(trip.options.values().given(STOPS)).contains(List.of(8, 9));
    assertThat(trip.options.values().isGiven(WAY)).isFalse();
  }

  @Test
  void aStageOfAVersionWithOtherDefaultsKeepsThem() {
    Stage stage = new Stage("s");
    stage.setDefault(stage.getParam("speed"), 8.0);
    assertThat(stage.settings().get(SPEED)).isEqualTo(8.0);
    assertThat(stage.settings().isGiven(SPEED)).isFalse();
  }

  @Test
  void aStageTravels() throws Exception {
    java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
    new java.io.ObjectOutputStream(bytes).writeObject(new Stage("s").with(TURNS, 2).stageParams());
    assertThat(bytes.size()).isPositive();
  }
}
