package dev.kindling.spark.setting;

import dev.kindling.Words;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.Identifiable;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import scala.Function1;

/**
 * How values of a kind are read in a shell and kept in a Param.
 *
 * @param <T> of the values
 */
abstract class SettingType<T> implements Serializable {
  private static final long serialVersionUID = 1L;

  static final SettingType<Double> NUMBER = new Plain<>(Double.class, DoubleParam::new);
  static final SettingType<Integer> WHOLE = new Plain<>(Integer.class, IntParam::new);
  static final SettingType<Long> LONG = new Plain<>(Long.class, LongParam::new);
  static final SettingType<String> TEXT = new Plain<>(String.class, Param::new);

  /** No option has it. */
  static final SettingType<Matrix> MATRIX = new Plain<>(Matrix.class, Param::new);

  static final SettingType<Boolean> FLAG = new YesNo(false);

  static final SettingType<Boolean> ON_OFF = new YesNo(true);

  static final SettingType<List<Integer>> WHOLES =
      new SettingType<>() {
        @Override
        void describe(OptionSpec.Builder option) {
          // One value to picocli: given twice it is refused, as any other option is.
          option.type(Object.class).converters(SettingType::wholes);
        }

        @Override
        Param<?> param(Params parent, String name, String doc, Validator<List<Integer>> validator) {
          return new IntsParam(parent, name, doc, validator.of(this::ofParam));
        }

        @Override
        Object toParam(List<Integer> value) {
          return value.stream().mapToInt(Integer::intValue).toArray();
        }

        @Override
        List<Integer> ofParam(Object value) {
          return Arrays.stream((int[]) value).boxed().toList();
        }
      };

  private static List<Integer> wholes(String text) {
    return Arrays.stream(text.split(",", -1)).map(SettingType::whole).toList();
  }

  private static Integer whole(String word) {
    try {
      return Integer.valueOf(word.strip());
    } catch (NumberFormatException e) {
      throw new CommandLine.TypeConversionException(
          Words.of(
              "'%s' is not a whole number; give one, or several with commas between them", word));
    }
  }

  /** Reads a single number as well: stages were saved when their setting had one value. */
  private static final class IntsParam extends IntArrayParam {
    private static final long serialVersionUID = 1L;

    IntsParam(Params parent, String name, String doc, Function1<int[], Object> isValid) {
      super(parent, name, doc, isValid);
    }

    @Override
    public int[] jsonDecode(String json) {
      return super.jsonDecode(json.startsWith("[") ? json : "[" + json + "]");
    }
  }

  /** A constructor of a Param whose values are the setting's own. */
  private interface Maker extends Serializable {
    Param<?> param(Identifiable parent, String name, String doc, Function1<Object, Object> isValid);
  }

  private static final class Plain<T> extends SettingType<T> {
    private static final long serialVersionUID = 1L;

    private final Class<T> type;
    private final Maker maker;

    Plain(Class<T> type, Maker maker) {
      this.type = type;
      this.maker = maker;
    }

    @Override
    void describe(OptionSpec.Builder option) {
      option.type(type);
    }

    @Override
    Param<?> param(Params parent, String name, String doc, Validator<T> validator) {
      return maker.param(parent, name, doc, validator.ofObjects());
    }
  }

  private static final class YesNo extends SettingType<Boolean> {
    private static final long serialVersionUID = 1L;

    private final boolean negatable;

    YesNo(boolean negatable) {
      this.negatable = negatable;
    }

    @Override
    void describe(OptionSpec.Builder option) {
      option.type(Boolean.class).arity("0").negatable(negatable).fallbackValue("true");
    }

    @Override
    Param<?> param(Params parent, String name, String doc, Validator<Boolean> validator) {
      return new BooleanParam(parent, name, doc); // both values are good
    }
  }

  private static final class Choice<E extends Enum<E>> extends SettingType<E> {
    private static final long serialVersionUID = 1L;

    private final Class<E> type;

    Choice(Class<E> type) {
      this.type = type;
    }

    @Override
    List<String> values() {
      return Arrays.stream(type.getEnumConstants()).map(Object::toString).toList();
    }

    @Override
    void describe(OptionSpec.Builder option) {
      option
          .type(type)
          .completionCandidates(values())
          .converters(
              text ->
                  Arrays.stream(type.getEnumConstants())
                      .filter(
                          c -> Stream.of(c.name(), c.toString()).anyMatch(text::equalsIgnoreCase))
                      .findFirst()
                      .orElseThrow(
                          () ->
                              new CommandLine.TypeConversionException(
                                  Words.of(
                                      "'%s' is none of %s", text, String.join(", ", values())))));
    }

    @Override
    Param<?> param(Params parent, String name, String doc, Validator<E> validator) {
      return new Param<>(
          parent,
          name,
          doc + " One of " + String.join(", ", values()) + ".",
          validator.of(this::ofParam));
    }

    @Override
    Object toParam(E value) {
      return value.toString();
    }

    @Override
    E ofParam(Object value) {
      return Arrays.stream(type.getEnumConstants())
          .filter(constant -> constant.toString().equals(value))
          .findFirst()
          .orElse(null);
    }
  }

  static <E extends Enum<E>> SettingType<E> choice(Class<E> type) {
    return new Choice<>(type);
  }

  /** All, as they are typed; empty where they cannot be counted. */
  List<String> values() {
    return List.of();
  }

  /** Says of an option of the command line what it takes. */
  abstract void describe(OptionSpec.Builder option);

  abstract Param<?> param(Params parent, String name, String doc, Validator<T> validator);

  /** A value as its Param has it. */
  Object toParam(T value) {
    return value;
  }

  /** A value that a Param has; null if it is none. */
  @SuppressWarnings("unchecked")
  T ofParam(Object value) {
    return (T) value;
  }
}
