/**
 * Fixed blocks of rows, and merging what was computed on them in an order that nothing but their
 * number decides.
 */
package dev.kindling.block;
