package dev.kindling.data.table;

/** What a column of a file is to a table. */
enum Role {
  /** One number of the feature vector. */
  FEATURE,
  /** The whole feature vector. */
  VECTOR,
  LABEL,
  TARGET,
  WEIGHT,
  ID,
  /** Handed on as text. */
  CARRIED,
  IGNORED
}
