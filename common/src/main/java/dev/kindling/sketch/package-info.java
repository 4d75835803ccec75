/**
 * Random linear maps that keep lengths, Π: R^k → R^m with E|Πv|² = |v|², and the law of their
 * errors.
 *
 * <p>Every number of a map is a function of its seed and its place alone, so that whoever needs the
 * map makes it: it travels as a few numbers.
 */
package dev.kindling.sketch;
