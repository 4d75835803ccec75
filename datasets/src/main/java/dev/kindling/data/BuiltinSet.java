package dev.kindling.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** A small set of data that travels inside the jar, so that a first command needs no download. */
public sealed interface BuiltinSet permits BuiltinTable, BuiltinGraphs {
  /** What {@code --data} calls it. */
  String name();

  /** {@code table} or {@code graphs}. */
  String kind();

  /** Rows of a table, graphs of a set of graphs. */
  int size();

  /** One line for a person who chooses among the sets. */
  String description();

  /** Under which terms the data may be passed on; the notices stand beside the resource. */
  String licence();

  /** Where the data comes from; how it was prepared is in the PROVENANCE.md beside the resource. */
  String source();

  /** Absolute path of the resource, without a leading slash. */
  String resource();

  /** The whole resource, for the driver to ship: executors open no resource of their own. */
  default byte[] bytes() {
    return read(resource());
  }

  /** A whole resource of the jar. */
  static byte[] read(String resource) {
    try (InputStream in = BuiltinSet.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is missing from the jar");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(resource, e);
    }
  }
}
