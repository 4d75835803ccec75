package dev.kindling.spark.setting;

import dev.kindling.SettingName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.ml.param.Params;

/** The settings of a system, in the order in which help shows them. */
public final class SettingGroup {
  private static final Pattern NAME = Pattern.compile("\\{(\\w+)}");

  private final List<Setting<?>> settings;
  private final List<Setting<?>> onStages;

  private SettingGroup(List<Setting<?>> settings, List<Setting<?>> onStages) {
    this.settings = List.copyOf(settings);
    this.onStages = List.copyOf(onStages);
  }

  public static SettingGroup of(Setting<?>... settings) {
    return new SettingGroup(List.of(settings), List.of());
  }

  /** Adds settings that stages have and the options of this group have not: columns, the seed. */
  public SettingGroup onStages(Setting<?>... more) {
    List<Setting<?>> all = new ArrayList<>(onStages);
    all.addAll(List.of(more));
    return new SettingGroup(settings, all);
  }

  /** Adds the settings of another group. */
  public SettingGroup and(SettingGroup other) {
    List<Setting<?>> all = new ArrayList<>(settings);
    all.addAll(other.settings);
    List<Setting<?>> stages = new ArrayList<>(onStages);
    stages.addAll(other.onStages);
    return new SettingGroup(all, stages);
  }

  /** All of them. */
  public List<Setting<?>> all() {
    List<Setting<?>> all = new ArrayList<>(settings);
    all.addAll(onStages);
    return all;
  }

  /** As options of a command. */
  public SettingOptions options() {
    return new SettingOptions(this);
  }

  /** As Params of a stage. */
  public StageParams params(Params stage) {
    return new StageParams(this, stage);
  }

  /** Those with an option. */
  List<Setting<?>> inShell() {
    return settings.stream().filter(s -> s.option() != null).toList();
  }

  /** Those with a Param. */
  List<Setting<?>> onStages() {
    return all().stream().filter(Setting::onStages).toList();
  }

  /** What help says of an option. */
  String help(Setting<?> setting) {
    return described(setting, this::option, true);
  }

  /** What {@code explainParams} says of a Param. */
  String doc(Setting<?> setting) {
    return described(setting, name -> name, setting.standard().isEmpty());
  }

  private String described(
      Setting<?> setting, Function<String, String> names, boolean withDefault) {
    String values = Setting.text(setting.ofValues()).replace(",", ", ");
    String text = (values.isEmpty() ? "" : values + ": ") + setting.description();
    Matcher matcher = NAME.matcher(text);
    text = matcher.replaceAll(m -> Matcher.quoteReplacement(names.apply(m.group(1))));
    String words = NAME.matcher(setting.defaultWords()).replaceAll(m -> names.apply(m.group(1)));
    return withDefault && !words.isEmpty() ? text + " Default: " + words + "." : text;
  }

  private String option(String name) {
    return all().stream()
        .filter(s -> s.name().equals(name) && s.option() != null)
        .findFirst()
        .map(Setting::option)
        .orElseGet(() -> SettingOptions.option(name));
  }

  /** A setting as a shell's user gives it; nothing where the group has none of that name. */
  Map<String, Setting<?>> byName() {
    Map<String, Setting<?>> byName = new LinkedHashMap<>();
    all().forEach(s -> byName.put(s.name(), s));
    return byName;
  }

  /**
   * The settings as a table in Markdown, for the page of a job: options, Params, and what they
   * mean.
   */
  public String table() {
    StringBuilder table = new StringBuilder("| option | Param | meaning |\n|---|---|---|\n");
    for (Setting<?> setting : all()) {
      String option = setting.option();
      table
          .append("| ")
          .append(option == null ? "" : code(shown(setting)))
          .append(" | ")
          .append(setting.onStages() ? code(setting.name()) : "")
          .append(" | ")
          .append(help(setting).replace("|", "\\|"))
          .append(" |\n");
    }
    return table.toString();
  }

  /** An option as help shows it. */
  private static String shown(Setting<?> setting) {
    return setting.type() == SettingType.ON_OFF
        ? setting.option().replaceFirst("^--", "--[no-]")
        : setting.option() + " " + setting.symbol();
  }

  private static String code(String text) {
    return "`" + text.strip().replace("|", "\\|") + "`";
  }

  /** A setting in a message to a shell's user. */
  String words(SettingName named) {
    Setting<?> setting = byName().get(named.setting());
    String option =
        setting == null || setting.option() == null
            ? SettingOptions.option(named.setting())
            : setting.option();
    return SettingOptions.typed(option, named.value());
  }
}
