package dev.kindling.spark.setting;

import dev.kindling.BadInput;
import dev.kindling.SettingName;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.ml.linalg.Matrix;

/**
 * An option that shapes a fit, declared once. From it come the option of the command line with its
 * help, the Param with validator and default, the check and its message, the entry in {@code
 * run.json} and the row in the job's page.
 *
 * <pre>{@code
 * static final Setting<Double> KAPPA =
 *     Setting.number("--kappa", "kappa", "κ")
 *         .atLeast(0)
 *         .or(0.02)
 *         .describedAs("Adjustment of log η at cosine 1.");
 * }</pre>
 *
 * @param <T> of its values
 */
public final class Setting<T> implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Builder<T> declared;
  private final String description;

  /**
   * What a value must be beyond its range.
   *
   * @param <T> of the values
   */
  public interface Check<T> extends Serializable {
    /** What is wrong with a value, to stand behind it in a message; null if nothing is. */
    String wrong(T value);
  }

  private Setting(Builder<T> declared, String description) {
    this.declared = declared;
    this.description = description;
  }

  /**
   * A double, finite unless {@link Builder#orInfinite}.
   *
   * @param option as in a shell, with its dashes; null where a shell has none
   * @param name of the Param, and in messages to users of Java
   * @param symbol for a value in help
   */
  public static Builder<Double> number(String option, String name, String symbol) {
    return new Builder<>(option, name, symbol, SettingType.NUMBER);
  }

  /** An int. */
  public static Builder<Integer> whole(String option, String name, String symbol) {
    return new Builder<>(option, name, symbol, SettingType.WHOLE);
  }

  /** A long. */
  public static Builder<Long> wholeLong(String option, String name, String symbol) {
    return new Builder<>(option, name, symbol, SettingType.LONG);
  }

  /** Ints with commas between them. */
  public static Builder<List<Integer>> wholes(String option, String name, String symbol) {
    return new Builder<>(option, name, symbol, SettingType.WHOLES);
  }

  /** Text. */
  public static Builder<String> text(String option, String name, String symbol) {
    return new Builder<>(option, name, symbol, SettingType.TEXT);
  }

  /** Off unless it is given. */
  public static Builder<Boolean> flag(String option, String name) {
    return new Builder<>(option, name, "", SettingType.FLAG).or(false);
  }

  /** On or off: {@code --standardize}, {@code --no-standardize}. */
  public static Builder<Boolean> onOff(String option, String name) {
    return new Builder<>(option, name, "", SettingType.ON_OFF);
  }

  /** One of an enum's constants, by their {@code toString}. */
  public static <E extends Enum<E>> Builder<E> choice(String option, String name, Class<E> type) {
    SettingType<E> choice = SettingType.choice(type);
    return new Builder<>(option, name, String.join("|", choice.values()), choice);
  }

  /** A column of a DataFrame; in a shell, options of the input name columns. */
  public static Builder<String> column(String name) {
    return new Builder<>(null, name, "", SettingType.TEXT);
  }

  /** A matrix that Java has; in a shell it is in a file that another option names. */
  public static Builder<Matrix> matrix(String name) {
    return new Builder<>(null, name, "", SettingType.MATRIX);
  }

  /**
   * What a declaration says before its description ends it.
   *
   * @param <T> of the values
   */
  public static final class Builder<T> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String option;
    private final String name;
    private final String symbol;
    private final SettingType<T> type;
    private Range range = Range.FINITE;
    private Check<T> check = value -> null;
    private T standard;
    private String otherwise = "";
    private Setting<?> of;
    private List<Object> ofValues = List.of();
    private Setting<?> needs;
    private boolean inShellOnly;

    private Builder(String option, String name, String symbol, SettingType<T> type) {
      this.option = option;
      this.name = name;
      this.symbol = symbol;
      this.type = type;
    }

    public Builder<T> atLeast(double least) {
      range = range.atLeast(least);
      return this;
    }

    public Builder<T> above(double bound) {
      range = range.above(bound);
      return this;
    }

    public Builder<T> atMost(double most) {
      range = range.atMost(most);
      return this;
    }

    public Builder<T> below(double bound) {
      range = range.below(bound);
      return this;
    }

    /** Infinity is a value, too. */
    public Builder<T> orInfinite() {
      range = range.orInfinite();
      return this;
    }

    /** What a value must be beyond its range. */
    public Builder<T> checked(Check<T> more) {
      check = more;
      return this;
    }

    /** The value where none is given. */
    public Builder<T> or(T value) {
      standard = value;
      return this;
    }

    /**
     * The value where none is given.
     *
     * @param words what that means, to stand behind it in help
     */
    public Builder<T> or(T value, String words) {
      otherwise = words;
      return or(value);
    }

    /**
     * What holds where none is given, if other settings or the data decide it.
     *
     * @param words to stand behind "Default:" in help
     */
    public Builder<T> orElse(String words) {
      otherwise = words;
      return this;
    }

    /** It is refused unless another setting has one of some values. */
    @SafeVarargs
    public final <V> Builder<T> isFor(Setting<V> other, V... values) {
      of = other;
      ofValues = new ArrayList<>();
      for (V value : values) {
        ofValues.add(value);
      }
      return this;
    }

    /** It is refused unless another setting has a value. */
    public Builder<T> needs(Setting<?> other) {
      needs = other;
      return this;
    }

    /** No stage has it: it names files of a run, or how a run is made. */
    public Builder<T> inShellOnly() {
      inShellOnly = true;
      return this;
    }

    /**
     * Ends the declaration.
     *
     * @param description whole sentences; {@code {name}} stands for another setting of the group
     */
    public Setting<T> describedAs(String description) {
      return new Setting<>(this, description);
    }
  }

  /** With its dashes, or null where a shell has none. */
  public String option() {
    return declared.option;
  }

  /** Of the Param. */
  public String name() {
    return declared.name;
  }

  /** The value where none is given, if that is always the same. */
  public Optional<T> standard() {
    return Optional.ofNullable(declared.standard);
  }

  /** In a message. */
  public SettingName named() {
    return new SettingName(declared.name);
  }

  /** In a message, with a value. */
  public SettingName is(Object value) {
    return new SettingName(declared.name, text(value));
  }

  /** Whether it is refused unless another setting has one of some values. */
  public boolean belongsTo(Setting<?> other) {
    return other.equals(declared.of);
  }

  /** Whether it goes with a value of the setting that it belongs to. */
  boolean goesWith(Object value) {
    return declared.of == null || (value != null && declared.ofValues.contains(value));
  }

  /** The setting that it belongs to, or null. */
  Setting<?> of() {
    return declared.of;
  }

  /** The setting without whose value it is refused, or null. */
  Setting<?> needs() {
    return declared.needs;
  }

  List<Object> ofValues() {
    return declared.ofValues;
  }

  String symbol() {
    return declared.symbol;
  }

  SettingType<T> type() {
    return declared.type;
  }

  boolean onStages() {
    return !declared.inShellOnly;
  }

  String description() {
    return description;
  }

  /** Words on what holds where none is given; empty for nothing. */
  String defaultWords() {
    if (declared.standard == null || declared.type == SettingType.FLAG) {
      return declared.otherwise;
    }
    String value =
        declared.type == SettingType.ON_OFF
            ? ((Boolean) declared.standard ? "on" : "off")
            : plain(declared.standard);
    if (value.isEmpty()) {
      return declared.otherwise;
    }
    return declared.otherwise.isEmpty() ? value : value + ", " + declared.otherwise;
  }

  /** What is wrong with a value, to stand behind it in a message; null if nothing is. */
  String wrong(T value) {
    String outside = value instanceof Number number ? declared.range.wrong(number) : null;
    return outside != null ? outside : declared.check.wrong(value);
  }

  /**
   * @throws BadInput naming the setting, its value and what it may be
   */
  void require(T value) {
    String wrong = wrong(value);
    if (wrong != null) {
      throw BadInput.of("%s: %s", is(value), wrong);
    }
  }

  /** A default as people write it: 0, 0.02, 1e-8. */
  private static String plain(Object value) {
    if (!(value instanceof Double number)) {
      return text(value);
    }
    return number == Math.rint(number) && Math.abs(number) < 1e7
        ? Long.toString(number.longValue())
        : number.toString().replace(".0E", "e").replace("E", "e");
  }

  /** As it would be typed. */
  static String text(Object value) {
    if (value instanceof List<?> list) {
      return String.join(",", list.stream().map(Setting::text).toList());
    }
    if (value instanceof int[] ints) {
      return text(Arrays.stream(ints).boxed().toList());
    }
    return String.valueOf(value);
  }

  /** By name and option: a setting that has traveled to an executor is the same. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Setting<?> s
        && s.declared.name.equals(declared.name)
        && Objects.equals(s.declared.option, declared.option);
  }

  @Override
  public int hashCode() {
    return Objects.hash(declared.name, declared.option);
  }

  @Override
  public String toString() {
    return declared.name;
  }
}
