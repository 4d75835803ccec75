/**
 * Options of a fit, each declared once: on the command line, as a Param, in checks, records and
 * pages.
 */
package dev.kindling.spark.setting;
