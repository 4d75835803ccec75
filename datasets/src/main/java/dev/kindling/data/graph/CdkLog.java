package dev.kindling.data.graph;

import org.openscience.cdk.tools.ILoggingTool;

/**
 * Keeps CDK quiet: what is wrong with a record, its reader's caller says. Public, and with {@link
 * #create}, because CDK makes it by reflection.
 */
public final class CdkLog implements ILoggingTool {
  private CdkLog() {}

  /** Called by CDK's LoggingToolFactory. */
  public static ILoggingTool create(Class<?> source) {
    return new CdkLog();
  }

  @Override
  public void dumpSystemProperties() {}

  @Override
  public void setStackLength(int length) {}

  @Override
  public void dumpClasspath() {}

  @Override
  public void debug(Object object) {}

  @Override
  public void debug(Object object, Object... objects) {}

  @Override
  public void error(Object object) {}

  @Override
  public void error(Object object, Object... objects) {}

  @Override
  public void fatal(Object object) {}

  @Override
  public void info(Object object) {}

  @Override
  public void info(Object object, Object... objects) {}

  @Override
  public void warn(Object object) {}

  @Override
  public void warn(Object object, Object... objects) {}

  @Override
  public boolean isDebugEnabled() {
    return false;
  }

  @Override
  public void setLevel(int level) {}

  @Override
  public int getLevel() {
    return FATAL;
  }
}
