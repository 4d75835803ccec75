package dev.kindling;

import java.io.Serializable;

/**
 * A setting as a message names it, with a value or without. The caller's side prints it as its user
 * knows it: {@code --delimiter ';'} in a shell, {@code delimiter ;} in Java.
 *
 * @param setting its name in Java: {@code labelColumn}
 * @param value that it has or should have; null for none
 */
public record SettingName(String setting, String value) implements Serializable {
  public SettingName(String setting) {
    this(setting, null);
  }

  /** As Java has it. */
  @Override
  public String toString() {
    return value == null ? setting : setting + " " + value;
  }
}
