package dev.kindling.spark.setting;

import dev.kindling.BadInput;
import dev.kindling.SettingName;
import dev.kindling.Words;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/** The settings of a group as options of a command, which mixes them in. */
@Command
public final class SettingOptions {
  /** What a shell would not take for one word. */
  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_.,:/@%+=^-]+");

  private final SettingGroup group;
  private final Map<Setting<?>, Object> given = new HashMap<>();

  SettingOptions(SettingGroup group) {
    this.group = group;
  }

  @Spec(Spec.Target.MIXEE)
  void mixee(CommandSpec command) {
    group.inShell().forEach(setting -> command.addOption(option(setting)));
  }

  private <T> OptionSpec option(Setting<T> setting) {
    OptionSpec.Builder option =
        OptionSpec.builder(setting.option())
            .paramLabel(setting.symbol())
            .description(group.help(setting).replace("%", "%%"))
            .initialValue(null)
            .getter(new Value<>(setting))
            .setter(
                new CommandLine.Model.ISetter() {
                  @Override
                  public <V> V set(V value) {
                    if (value == null) {
                      given.remove(setting);
                    } else {
                      given.put(setting, value);
                    }
                    return value;
                  }
                });
    setting.type().describe(option);
    return option.build();
  }

  /** What {@code run.json} records: the value that was given, or the default. */
  private final class Value<T> implements CommandLine.Model.IGetter {
    private final Setting<T> setting;

    Value(Setting<T> setting) {
      this.setting = setting;
    }

    @Override
    @SuppressWarnings("unchecked") // picocli asks for the type of the option
    public <V> V get() {
      Object value = given.get(setting);
      return (V) (value == null ? setting.standard().orElse(null) : value);
    }
  }

  /** Decides a value in the place of the user, as if it were given. */
  public <T> void settle(Setting<T> setting, T value) {
    given.put(setting, value);
  }

  /** What was given. */
  public Settings values() {
    return new Settings(given, Map.of());
  }

  /**
   * Checks what was given by itself, and whether it goes with the rest of the group.
   *
   * @throws BadInput naming the setting, its value and what it may be
   */
  public Settings checked() {
    Settings values = values();
    values.check(group.all());
    return values;
  }

  /** A message to the user of a command, with settings named as the command has them. */
  public static String message(CommandSpec command, BadInput bad) {
    return bad.message(named -> words(command, named));
  }

  private static String words(CommandSpec command, SettingName named) {
    return group(command, named.setting())
        .map(group -> group.words(named))
        .orElseGet(() -> typed(option(named.setting()), named.value()));
  }

  /** The group that a command, or what is mixed into it, has a setting from. */
  private static Optional<SettingGroup> group(CommandSpec command, String setting) {
    return command.userObject() instanceof SettingOptions options
            && options.group.byName().containsKey(setting)
        ? Optional.of(options.group)
        : command.mixins().values().stream()
            .flatMap(mixin -> group(mixin, setting).stream())
            .findFirst();
  }

  /** The usual option of a setting: {@code labelColumn} has {@code --label-column}. */
  static String option(String name) {
    return "--" + name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }

  /** An option with a value as a shell's user types it. */
  public static String typed(String option, String value) {
    if (value == null || value.equals("true")) {
      return option;
    }
    if (value.equals("false")) {
      return option.replaceFirst("^--", "--no-");
    }
    return Words.of(
        "%s %s",
        option, PLAIN.matcher(value).matches() ? value : "'" + value.replace("'", "'\\''") + "'");
  }
}
