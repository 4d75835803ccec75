package dev.kindling.spark.setting;

import java.io.Serializable;
import scala.Function1;
import scala.runtime.AbstractFunction1;

/**
 * Refuses values of a Param where they are set.
 *
 * @param <T> of the setting's values
 */
final class Validator<T> implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Setting<T> setting;

  Validator(Setting<T> setting) {
    this.setting = setting;
  }

  /** Of a Param's value the setting's; null if there is none. */
  interface Reading<T> extends Serializable {
    T of(Object value);
  }

  /** Where a Param has the setting's own values. */
  <P> Function1<P, Object> ofObjects() {
    return of(setting.type()::ofParam);
  }

  <P> Function1<P, Object> of(Reading<T> reading) {
    return new Refusal<>(setting, reading);
  }

  private static final class Refusal<P, T> extends AbstractFunction1<P, Object>
      implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Setting<T> setting;
    private final Reading<T> reading;

    Refusal(Setting<T> setting, Reading<T> reading) {
      this.setting = setting;
      this.reading = reading;
    }

    /**
     * @throws IllegalArgumentException as MLlib's Params do, naming the Param, the value and what
     *     it may be
     */
    @Override
    public Object apply(P value) {
      T read = value == null ? null : reading.of(value);
      String wrong =
          read == null
              ? "must be one of " + String.join(", ", setting.type().values())
              : setting.wrong(read);
      if (wrong != null) {
        throw new IllegalArgumentException(
            setting.name() + " " + Setting.text(value) + ": " + wrong);
      }
      return true;
    }
  }
}
