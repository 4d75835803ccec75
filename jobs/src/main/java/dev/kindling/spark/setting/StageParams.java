package dev.kindling.spark.setting;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** The settings of a group as Params of one stage: a Param knows its parent. */
public final class StageParams implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Map<Setting<?>, Param<?>> params = new LinkedHashMap<>();

  StageParams(SettingGroup group, Params stage) {
    group.onStages().forEach(setting -> params.put(setting, param(setting, group, stage)));
  }

  private static <T> Param<?> param(Setting<T> setting, SettingGroup group, Params stage) {
    return setting
        .type()
        .param(stage, setting.name(), group.doc(setting), new Validator<>(setting));
  }

  /**
   * All Params of a stage, by name: for its {@code params()}, which Spark's own constructors call
   * before a stage has any of ours.
   *
   * @param inherited Spark's own
   * @param own null as long as there are none
   */
  public static Param<?>[] all(Param<?>[] inherited, StageParams own) {
    return own == null
        ? inherited
        : Stream.concat(Arrays.stream(inherited), own.params.values().stream())
            .sorted(Comparator.comparing(Param::name))
            .toArray(Param<?>[]::new);
  }

  /** Gives a stage the defaults. */
  public void setDefaults(Params stage) {
    params.keySet().forEach(setting -> setDefault(stage, setting));
  }

  private <T> void setDefault(Params stage, Setting<T> setting) {
    setting.standard().ifPresent(v -> stage.setDefault(param(setting), setting.type().toParam(v)));
  }

  /** The Param of a setting. */
  @SuppressWarnings("unchecked") // its values are what the setting's type makes of the setting's
  Param<Object> param(Setting<?> setting) {
    return (Param<Object>) params.get(setting);
  }

  <T> void set(Params stage, Setting<T> setting, T value) {
    stage.set(param(setting), setting.type().toParam(value));
  }

  /** Sets what is given of the settings that the stage has. */
  void adopt(Params stage, Settings values) {
    params.keySet().stream().filter(values::isGiven).forEach(s -> adopt(stage, s, values));
  }

  private <T> void adopt(Params stage, Setting<T> setting, Settings values) {
    set(stage, setting, values.get(setting));
  }

  <T> T get(Params stage, Setting<T> setting) {
    return setting.type().ofParam(stage.getOrDefault(param(setting)));
  }

  /**
   * Whether a saved value means that nothing was given: earlier versions wrote 0, infinity or no
   * text for that, which a setting without a default refuses.
   */
  public boolean isNone(Param<?> saved, Object value) {
    return params.entrySet().stream()
        .anyMatch(
            e ->
                e.getValue().name().equals(saved.name())
                    && e.getKey().standard().isEmpty()
                    && isWrong(e.getKey(), value));
  }

  private static <T> boolean isWrong(Setting<T> setting, Object value) {
    T read = setting.type().ofParam(value);
    return read == null || setting.wrong(read) != null;
  }

  /** What was set on a stage; the defaults that it has, if they are others than today's. */
  public Settings values(Params stage) {
    Map<Setting<?>, Object> given = new HashMap<>();
    Map<Setting<?>, Object> standard = new HashMap<>();
    params.forEach(
        (setting, param) -> {
          if (stage.isDefined(param)) {
            Object value = get(stage, setting);
            (stage.isSet(param) ? given : standard).put(setting, value);
          }
        });
    return new Settings(given, standard);
  }
}
