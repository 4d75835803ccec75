package dev.kindling.spark.setting;

import dev.kindling.BadInput;
import dev.kindling.Words;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Values that somebody gave to settings: in a shell, in a configuration, or to a stage. What was
 * not given has the setting's default, and is not given.
 */
public final class Settings {
  private static final Settings NONE = new Settings(Map.of(), Map.of());

  private final Map<Setting<?>, Object> given;
  private final Map<Setting<?>, Object> standard;

  /**
   * @param standard defaults of a stage that was saved by a version with others
   */
  Settings(Map<Setting<?>, Object> given, Map<Setting<?>, Object> standard) {
    this.given = Map.copyOf(given);
    this.standard = Map.copyOf(standard);
  }

  /** Nothing is given. */
  public static Settings none() {
    return NONE;
  }

  /**
   * The value that was given, or the default.
   *
   * @throws IllegalStateException if there is neither: ask {@link #find}
   */
  public <T> T get(Setting<T> setting) {
    return find(setting)
        .orElseThrow(
            () -> new IllegalStateException(setting.name() + " has no default that is always so"));
  }

  /** The value that was given, or the default; none where other settings or the data decide. */
  public <T> Optional<T> find(Setting<T> setting) {
    return given(setting).or(() -> value(standard, setting)).or(setting::standard);
  }

  /** The value that was given, if one was. */
  public <T> Optional<T> given(Setting<T> setting) {
    return value(given, setting);
  }

  @SuppressWarnings("unchecked") // what is put under a setting is of its type
  private static <T> Optional<T> value(Map<Setting<?>, Object> values, Setting<T> setting) {
    return Optional.ofNullable((T) values.get(setting));
  }

  public boolean isGiven(Setting<?> setting) {
    return given.containsKey(setting);
  }

  /** The same with one more given. */
  public <T> Settings with(Setting<T> setting, T value) {
    Map<Setting<?>, Object> more = new HashMap<>(given);
    more.put(setting, value);
    return new Settings(more, standard);
  }

  /** The same with the value if there is one, and not given otherwise. */
  public <T> Settings with(Setting<T> setting, Optional<T> value) {
    return value.isPresent() ? with(setting, value.get()) : without(setting::equals);
  }

  /** The same and others that another holds. */
  public Settings and(Settings other) {
    Map<Setting<?>, Object> all = new HashMap<>(given);
    all.putAll(other.given);
    Map<Setting<?>, Object> defaults = new HashMap<>(standard);
    defaults.putAll(other.standard);
    return new Settings(all, defaults);
  }

  /** The same, with some not given. */
  public Settings without(Predicate<Setting<?>> some) {
    Map<Setting<?>, Object> fewer = new HashMap<>(given);
    fewer.keySet().removeIf(some);
    return new Settings(fewer, standard);
  }

  /**
   * Checks each value that is given, and whether it goes with the others.
   *
   * @throws BadInput naming the setting, its value and what it may be
   */
  public void check(Collection<Setting<?>> settings) {
    settings.forEach(this::check);
  }

  private <T> void check(Setting<T> setting) {
    if (!isGiven(setting)) {
      return;
    }
    setting.require(get(setting));
    if (setting.needs() != null && isNoFalse(setting) && !has(setting.needs())) {
      throw bad(setting, "give %s, too", setting.needs().named());
    }
    if (setting.of() != null
        && isNoFalse(setting)
        && !setting.goesWith(find(setting.of()).orElse(null))) {
      List<Object> values = setting.ofValues();
      throw bad(
          setting,
          "is for %s%s; leave it out or give %s",
          setting.of().is(values.get(0)),
          values.size() == 1 ? "" : or(values.subList(1, values.size())),
          values.size() == 1 ? "that" : "one of them");
    }
  }

  /** ", b or c". */
  private static String or(List<Object> values) {
    int last = values.size() - 1;
    return Words.of(
        "%s or %s",
        values.subList(0, last).stream().map(v -> ", " + v).collect(Collectors.joining()),
        values.get(last));
  }

  private <T> boolean isNoFalse(Setting<T> setting) {
    return !Boolean.FALSE.equals(get(setting));
  }

  /** Whether a setting has a value, given or by default. */
  public boolean has(Setting<?> setting) {
    return find(setting).isPresent();
  }

  /**
   * What to throw where a setting does not go with something else.
   *
   * @param format what is wrong and what to do, to stand behind the setting and its value
   * @param arguments of the format; {@link Setting#is} names other settings
   */
  public BadInput bad(Setting<?> setting, String format, Object... arguments) {
    return BadInput.of(
        "%s: %s",
        find(setting).map(setting::is).orElseGet(setting::named), Words.of(format, arguments));
  }
}
