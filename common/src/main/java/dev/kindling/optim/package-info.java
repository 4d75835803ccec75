/**
 * Base optimizers, and the rules that decide their learning rates: delta-bar-delta and regrettable
 * delta-bar-delta (arXiv 2310.11291, reconstructed from its abstract) beside their peers.
 */
package dev.kindling.optim;
