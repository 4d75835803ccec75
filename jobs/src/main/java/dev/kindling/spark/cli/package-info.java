/** The command line: its commands, its options from files, and how errors look. */
package dev.kindling.spark.cli;
