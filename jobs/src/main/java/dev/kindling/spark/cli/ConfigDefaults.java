package dev.kindling.spark.cli;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.kindling.BadInput;
import dev.kindling.DidYouMean;
import dev.kindling.data.LineReader;
import dev.kindling.data.Rejected;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Values of options that the command line does not give: Spark properties {@code
 * spark.kindling.<job>.<option>}, then {@code spark.kindling.<option>}, then the file of {@code
 * --config}, in it {@code <job>.<option>} before {@code <option>}. A job of two words has a dot
 * between them: {@code datasets.convert.input}.
 */
final class ConfigDefaults implements IDefaultValueProvider {
  private static final String PROPERTIES = "spark.kindling.";
  private static final Pattern OPTION = Pattern.compile("--[a-z][a-z-]*");

  private final Config file;
  private final Set<String> checked = new HashSet<>();
  private final Map<String, String> origins = new HashMap<>();

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
    requireText(path);
    try {
      return ConfigFactory.parseFile(
              path, ConfigParseOptions.defaults().setSyntax(syntax).setAllowMissing(false))
          .resolve();
    } catch (ConfigException e) {
      throw new BadInput("--config " + e.getMessage().replaceFirst(": (\\d+): ", ":$1: "), e);
    }
  }

  /** The parser would replace what is not UTF-8 in silence. */
  private static void requireText(File path) {
    try (LineReader lines = new LineReader(new FileInputStream(path), 0, Long.MAX_VALUE)) {
      try {
        while (lines.next()) {
          Objects.requireNonNull(lines.text());
        }
      } catch (Rejected e) {
        throw BadInput.of(e, "--config %s:%s: %s", path, lines.lines(), e.getMessage());
      }
    } catch (IOException e) {
      throw BadInput.of(e, "--config %s: cannot be read: %s", path, e.getMessage());
    }
  }

  /** File and line of a value; a properties file comes without lines, so its key is looked up. */
  private static String where(String key, ConfigOrigin origin) {
    int line = origin.lineNumber();
    if (line < 1) {
      Pattern definition = Pattern.compile("\\s*" + Pattern.quote(key) + "\\s*[=:\\s].*");
      try {
        List<String> lines = Files.readAllLines(Path.of(origin.filename()));
        line =
            1
                + lines.indexOf(
                    lines.stream().filter(definition.asMatchPredicate()).findFirst().orElse(null));
      } catch (IOException e) {
        throw new BadInput("--config " + origin.filename() + ": " + e.getMessage(), e);
      }
    }
    return origin.filename() + (line < 1 ? "" : ":" + line);
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
    String job = key(command);
    for (String longName : names(option)) {
      String name = longName.substring(2);
      for (String key : List.of(job + "." + name, name)) {
        String property = System.getProperty(PROPERTIES + key);
        if (property != null) {
          origins.put(longName, PROPERTIES + key);
          return property;
        }
      }
    }
    for (String longName : names(option)) {
      String name = longName.substring(2);
      for (String key : List.of(job + "." + name, name)) {
        if (file.hasPath(key) && file.getValue(key).valueType() != ConfigValueType.OBJECT) {
          origins.put(longName, "--config " + where(key, file.getValue(key).origin()));
          return text(file.getValue(key).unwrapped());
        }
      }
    }
    return null;
  }

  /** A message with the place before it where the first option in it got its value, if not here. */
  String located(String message) {
    Matcher option = OPTION.matcher(message);
    String where = option.find() ? origins.get(option.group()) : null;
    return where == null ? message : where + ": " + message;
  }

  /** A list as a command line has it, with commas. */
  private static String text(Object value) {
    return value instanceof List<?> list
        ? String.join(",", list.stream().map(String::valueOf).toList())
        : String.valueOf(value);
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
    for (String property : new TreeSet<>(System.getProperties().stringPropertyNames())) {
      if (property.startsWith(PROPERTIES)) {
        check(command, property.substring(PROPERTIES.length()), () -> property);
      }
    }
    for (Map.Entry<String, ConfigValue> entry : file.entrySet()) {
      String key = entry.getKey().replace("\"", "");
      check(command, key, () -> "--config " + where(key, entry.getValue().origin()));
    }
  }

  /** What has no job before it may be an option of any job: defaults are for several. */
  private static void check(CommandSpec command, String key, Supplier<String> where) {
    CommandSpec root = command.root();
    int dot = key.lastIndexOf('.');
    String job = dot < 0 ? key(command) : key.substring(0, dot);
    String name = dot < 0 ? key : key.substring(dot + 1);
    CommandLine sub = jobs(root).get(job);
    if (sub == null) {
      throw BadInput.of("%s: unknown job %s%s", where.get(), job, near(job, jobs(root).keySet()));
    }
    if (!sub.getCommandSpec().optionsMap().containsKey("--" + name)
        && (dot >= 0 || !isAnyonesOption(root, name))) {
      CommandSpec own = sub.getCommandSpec();
      String near = near("--" + name, own.optionsMap().keySet());
      throw BadInput.of(
          "%s: unknown option %s%s",
          where.get(), name, near.isEmpty() ? "; see " + own.qualifiedName() + " --help" : near);
    }
  }

  /** A job's words with dots between them. */
  private static String key(CommandSpec command) {
    String name = command.qualifiedName(".").substring(command.root().name().length());
    return name.replaceFirst("^\\.", "");
  }

  /** All jobs by their keys, those below others too. */
  private static Map<String, CommandLine> jobs(CommandSpec above) {
    Map<String, CommandLine> jobs = new TreeMap<>();
    for (CommandLine sub : above.subcommands().values()) {
      jobs.put(key(sub.getCommandSpec()), sub);
      jobs.putAll(jobs(sub.getCommandSpec()));
    }
    return jobs;
  }

  private static String near(String given, Set<String> known) {
    return DidYouMean.of(given, known)
        .map(n -> "; did you mean " + n.replaceFirst("^--", "") + "?")
        .orElse("");
  }

  private static boolean isAnyonesOption(CommandSpec root, String name) {
    return jobs(root).values().stream()
        .anyMatch(sub -> sub.getCommandSpec().optionsMap().containsKey("--" + name));
  }
}
