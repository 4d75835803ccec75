/**
 * Distances d_A(x, y) = |U(x − y)| under a metric A = UᵀU that may change, exact and from sketches
 * ("Online Adaptive Mahalanobis Distance Estimation", arXiv 2309.01030: its operations; bounds and
 * constants are this project's).
 */
package dev.kindling.ade;
