/** What the benches of all systems share. */
package dev.kindling.spark.bench;
