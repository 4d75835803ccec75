/** What learning with a kernel matrix shares, whatever the learner. */
package dev.kindling.kernel;
