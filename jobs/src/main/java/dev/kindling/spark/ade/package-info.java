/** Mahalanobis distances on Spark: nearest neighbours under a metric that is given or estimated. */
package dev.kindling.spark.ade;
