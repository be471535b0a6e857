package org.lanewise.linear;

/**
 * What {@link ProximalElasticNet} found for one alpha.
 *
 * @param model
 *            {@link LinearPredictor} or {@link CoxModel}, for the columns as they were given
 * @param alpha
 *            the penalty
 * @param objective
 *            its least value
 * @param kktResidual
 *            how far from a minimum: the largest element of a subgradient, as a share of the gradient at b = 0
 * @param steps
 *            taken
 */
public record ElasticNetFit<M>(M model, double alpha, double objective, double kktResidual, int steps) {
}
