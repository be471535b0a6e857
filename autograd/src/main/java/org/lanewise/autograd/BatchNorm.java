package org.lanewise.autograd;

import org.lanewise.engine.Tensor;

/**
 * The result of {@link Functions#batchNorm}: the normalised batch, and the statistics it was normalised by, from which a
 * module updates its running averages.
 *
 * @param output in the shape of the input
 * @param mean of each channel [C]
 * @param variance of each channel [C], divided by {@code count}
 * @param count elements per channel; running averages conventionally take the unbiased {@code variance * count / (count - 1)}
 */
public record BatchNorm(Variable output, Tensor mean, Tensor variance, int count) {
}
