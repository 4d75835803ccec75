package dev.kindling.ade;

import dev.kindling.linalg.Matrix;
import java.io.Serializable;

/**
 * Location and scatter that a minority of far points does not move.
 *
 * @param location d numbers
 * @param scatter d×d, positive definite
 * @param squaredDistances of the n points from the location, under the inverse of the scatter
 * @param cutOff the squared distance above which a point is flagged
 * @param support the h points that determine the raw estimate, ascending
 * @param logDeterminant of their covariance, with h below
 */
@SuppressWarnings("ArrayRecordComponent") // a result that nobody compares
public record RobustCovariance(
    double[] location,
    Matrix scatter,
    double[] squaredDistances,
    double cutOff,
    int[] support,
    double logDeterminant)
    implements Serializable {}
