/**
 * Graph Neural Tangent Kernels on Spark: blocks of graphs to colours, colours to levels, levels to
 * tiles of the Gram matrix, and kernel ridge on it.
 */
package dev.kindling.spark.gntk;
