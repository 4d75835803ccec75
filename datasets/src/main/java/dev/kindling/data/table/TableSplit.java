package dev.kindling.data.table;

import java.io.Serializable;

/**
 * The part of one file that one task reads.
 *
 * @param file index among the table's files
 * @param start first byte of a text file, first row of a binary one
 * @param end one past the last
 */
record TableSplit(int file, long start, long end) implements Serializable {}
