/** Mahalanobis distances on Spark: exact, by sketches, and by sketches that stand under attack. */
package dev.kindling.spark.ade;
