package dev.kindling.spark.job;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.logging.log4j.CloseableThreadContext;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.appender.ConsoleAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilder;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilderFactory;
import org.apache.logging.log4j.core.config.builder.api.LayoutComponentBuilder;
import org.apache.logging.log4j.core.config.builder.impl.BuiltConfiguration;
import org.apache.spark.SparkContext;

/**
 * What stands on stderr: Spark's log is kept off a user's screen unless it is asked for, and with
 * {@code --log json} every line, Kindling's own and Spark's, is an object that names job, run and
 * stage. A configuration that the cluster gives is left alone.
 */
public final class Logging {
  /** How a line looks. */
  public enum Format {
    text,
    json
  }

  /** Control and bidirectional format characters, for a pattern that takes no braces. */
  private static final String STEERING =
      "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]";

  private static final String OWN = "dev.kindling";

  /** Inline, because log4j may not see the classes that spark-submit loads. */
  private static final String EVENT =
      """
      {"ts": {"$resolver": "timestamp",
              "pattern": {"format": "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", "timeZone": "UTC"}},
       "level": {"$resolver": "level", "field": "name"},
       "job": {"$resolver": "mdc", "key": "job"},
       "run": {"$resolver": "mdc", "key": "run"},
       "stage": {"$resolver": "mdc", "key": "stage"},
       "msg": {"$resolver": "message", "stringified": true},
       "logger": {"$resolver": "logger", "field": "name"},
       "exception": {"$resolver": "exception", "field": "className"},
       "trace": {"$resolver": "exception", "field": "stackTrace",
                 "stackTrace": {"stringified": true}}}""";

  private static volatile Format format = Format.text;
  private static volatile Map<String, String> names = Map.of();

  private Logging() {}

  /** To be called before Spark starts. */
  public static void configure(boolean verbose, Format wanted) {
    format = wanted;
    boolean launched = Boolean.getBoolean("kindling.launched");
    boolean given =
        System.getProperty("log4j2.configurationFile") != null
            || System.getProperty("log4j.configurationFile") != null;
    // In cluster deploy mode the driver's log is a file, for whoever looks for it there.
    boolean elsewhere = "cluster".equals(System.getProperty("spark.submit.deployMode"));
    if (elsewhere || (given && !launched)) {
      return;
    }
    ConfigurationBuilder<BuiltConfiguration> builder =
        ConfigurationBuilderFactory.newConfigurationBuilder();
    builder.setStatusLevel(Level.OFF);
    builder.add(
        builder
            .newAppender("stderr", "Console")
            .addAttribute("target", ConsoleAppender.Target.SYSTEM_ERR)
            .addAttribute("follow", true)
            .add(layout(builder)));
    builder.add(
        builder
            .newRootLogger(verbose ? Level.WARN : Level.OFF)
            .add(builder.newAppenderRef("stderr")));
    builder.add(builder.newLogger(OWN, Level.INFO));
    Configurator.reconfigure(builder.build());
  }

  private static LayoutComponentBuilder layout(ConfigurationBuilder<BuiltConfiguration> builder) {
    return format == Format.json
        ? builder.newLayout("JsonTemplateLayout").addAttribute("eventTemplate", EVENT)
        : builder
            .newLayout("PatternLayout")
            .addAttribute(
                "pattern", "%d{HH:mm:ss} %p %c{1}: %replace{%m}{" + STEERING + "}{?}%n%ex");
  }

  /** What all lines from now on name: the run, and the stage where there is one. */
  static void runs(String job, String run, String stage) {
    Map<String, String> now = new LinkedHashMap<>();
    now.put("job", job);
    now.put("run", run);
    if (stage != null) {
      now.put("stage", stage);
    }
    names = now;
  }

  /** The same for the tasks of a Spark job, whose logs the executors write. */
  static void runs(SparkContext context, String job, String run, String stage) {
    context.setLocalProperty("mdc.job", job);
    context.setLocalProperty("mdc.run", run);
    context.setLocalProperty("mdc.stage", stage);
  }

  /** A line of progress, of a stage that may have ended by now; null: of the one that is known. */
  static void line(PrintStream err, String stage, String text) {
    Map<String, String> named = new LinkedHashMap<>(names);
    if (stage != null) {
      named.put("stage", stage);
    }
    print(err, Level.INFO, named, text);
  }

  /** An error, in one line. */
  public static void error(PrintStream err, String text) {
    print(err, Level.ERROR, names, text);
  }

  @SuppressWarnings("try") // closing it is what it is for
  private static void print(PrintStream err, Level level, Map<String, String> named, String text) {
    if (format == Format.json) {
      try (CloseableThreadContext.Instance context = CloseableThreadContext.putAll(named)) {
        LogManager.getLogger(OWN).log(level, text);
      }
    } else {
      Screen.line(err, text);
    }
  }
}
