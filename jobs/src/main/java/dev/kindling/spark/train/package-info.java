/** Training perceptrons by mini-batches on Spark, with learning rates that need no search. */
package dev.kindling.spark.train;
