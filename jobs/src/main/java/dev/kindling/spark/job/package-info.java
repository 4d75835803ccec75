/**
 * What every job shares: its options, the run directory, stages with progress, tables, plans, exit
 * codes, and merging along the fixed tree. A job reads like its own table of contents; nothing of
 * this is its business.
 */
package dev.kindling.spark.job;
