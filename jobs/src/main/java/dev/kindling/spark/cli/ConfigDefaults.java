package dev.kindling.spark.cli;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.kindling.BadInput;
import dev.kindling.DidYouMean;
import java.io.File;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Values of options that the command line does not give: Spark properties {@code
 * spark.kindling.<job>.<option>}, then {@code spark.kindling.<option>}, then the file of {@code
 * --config}, in it {@code <job>.<option>} before {@code <option>}.
 */
final class ConfigDefaults implements IDefaultValueProvider {
  private final Config file;
  private final Set<String> checked = new HashSet<>();

  private ConfigDefaults(Config file) {
    this.file = file;
  }

  /**
   * @throws BadInput if a file is named that cannot be read
   */
  static ConfigDefaults of(String[] args) {
    String name = null;
    for (int i = 0; i < args.length; i++) {
      if (args[i].equals("--config") && i + 1 < args.length) {
        name = args[i + 1];
      } else if (args[i].startsWith("--config=")) {
        name = args[i].substring("--config=".length());
      }
    }
    return new ConfigDefaults(name == null ? ConfigFactory.empty() : parse(name));
  }

  private static Config parse(String name) {
    File path = new File(name);
    if (!path.isFile()) {
      throw new BadInput("--config " + name + ": no such file");
    }
    ConfigSyntax syntax =
        name.endsWith(".properties") ? ConfigSyntax.PROPERTIES : ConfigSyntax.CONF;
    try {
      return ConfigFactory.parseFile(
              path, ConfigParseOptions.defaults().setSyntax(syntax).setAllowMissing(false))
          .resolve();
    } catch (ConfigException e) {
      throw new BadInput("--config " + e.getMessage(), e);
    }
  }

  @Override
  public String defaultValue(ArgSpec arg) {
    if (!(arg instanceof OptionSpec option) || option.usageHelp() || option.versionHelp()) {
      return null;
    }
    CommandSpec command = option.command();
    if (checked.add(command.qualifiedName())) {
      check(command);
    }
    String job = command.name();
    for (String longName : names(option)) {
      String name = longName.substring(2);
      for (String key : List.of(job + "." + name, name)) {
        String property = System.getProperty("spark.kindling." + key);
        if (property != null) {
          return property;
        }
      }
    }
    for (String longName : names(option)) {
      String name = longName.substring(2);
      for (String key : List.of(job + "." + name, name)) {
        if (file.hasPath(key) && file.getValue(key).valueType() != ConfigValueType.OBJECT) {
          return String.valueOf(file.getValue(key).unwrapped());
        }
      }
    }
    return null;
  }

  private static List<String> names(OptionSpec option) {
    List<String> names = new ArrayList<>();
    for (String name : option.names()) {
      if (name.startsWith("--")) {
        names.add(name);
      }
    }
    return names;
  }

  /** A key that no option has is a slip of the pen; a run that ignored it would mislead. */
  private void check(CommandSpec command) {
    CommandSpec root = command.root();
    for (Map.Entry<String, ConfigValue> entry : file.entrySet()) {
      String key = entry.getKey().replace("\"", "");
      int dot = key.indexOf('.');
      String job = dot < 0 ? command.name() : key.substring(0, dot);
      String name = dot < 0 ? key : key.substring(dot + 1);
      CommandLine sub =
          command.name().equals(job) ? command.commandLine() : root.subcommands().get(job);
      String where = entry.getValue().origin().description();
      if (sub == null) {
        throw new BadInput("--config " + where + ": unknown job " + job);
      }
      if (!sub.getCommandSpec().optionsMap().containsKey("--" + name)
          && (dot >= 0 || !isAnyonesOption(root, name))) {
        String near =
            DidYouMean.of("--" + name, sub.getCommandSpec().optionsMap().keySet())
                .map(n -> "; did you mean " + n.substring(2) + "?")
                .orElse("");
        throw new BadInput("--config " + where + ": unknown option " + name + near);
      }
    }
  }

  private static boolean isAnyonesOption(CommandSpec root, String name) {
    return root.subcommands().values().stream()
        .anyMatch(sub -> sub.getCommandSpec().optionsMap().containsKey("--" + name));
  }
}
