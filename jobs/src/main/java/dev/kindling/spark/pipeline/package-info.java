/** Several jobs in a row: what is done already is skipped, what fails is tried again. */
package dev.kindling.spark.pipeline;
