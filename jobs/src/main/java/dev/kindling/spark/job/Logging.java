package dev.kindling.spark.job;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.appender.ConsoleAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilder;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilderFactory;
import org.apache.logging.log4j.core.config.builder.impl.BuiltConfiguration;

/**
 * Keeps Spark's log off a user's screen unless it is asked for. A configuration that the cluster
 * gives is left alone.
 */
public final class Logging {
  private Logging() {}

  public static void configure(boolean verbose) {
    if (System.getProperty("log4j2.configurationFile") != null
        || System.getProperty("log4j.configurationFile") != null) {
      return;
    }
    ConfigurationBuilder<BuiltConfiguration> builder =
        ConfigurationBuilderFactory.newConfigurationBuilder();
    builder.setStatusLevel(Level.OFF);
    builder.add(
        builder
            .newAppender("stderr", "Console")
            .addAttribute("target", ConsoleAppender.Target.SYSTEM_ERR)
            .add(
                builder
                    .newLayout("PatternLayout")
                    .addAttribute("pattern", "%d{HH:mm:ss} %p %c{1}: %m%n%ex")));
    builder.add(
        builder
            .newRootLogger(verbose ? Level.WARN : Level.OFF)
            .add(builder.newAppenderRef("stderr")));
    Configurator.reconfigure(builder.build());
  }
}
