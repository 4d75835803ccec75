/**
 * Graph Neural Tangent Kernels (Du et al. 2019, arXiv 1905.13192) by exact colour compression.
 *
 * <p>Σ^l and Θ^l at a pair of nodes depend on the nodes' colours only ({@link
 * dev.kindling.gntk.ColorSet}), so the recursion runs on colours instead of nodes: Σ^l = B_l
 * Σ^{l−1} B_lᵀ, Θ likewise, and K = factor Σ_l H_l Θ^l H_lᵀ with a histogram H_l of colours a
 * graph.
 */
package dev.kindling.gntk;
