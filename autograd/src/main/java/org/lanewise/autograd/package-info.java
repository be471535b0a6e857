/**
 * Reverse-mode differentiation: {@link org.lanewise.autograd.Variable}s on a {@link org.lanewise.autograd.Tape}, one {@link
 * org.lanewise.autograd.Rule} per operation.
 *
 * <p>Each family of operations is one file that holds, side by side, what is computed forward and the rule that
 * differentiates it: {@code Arithmetic}, {@code Unary}, {@code Reductions}, {@code Views}, {@code Joins}, {@code Indexing},
 * {@code Products}, {@code EinsteinSum}, {@code Softmax}; and the fused ones behind {@link
 * org.lanewise.autograd.Functions}: {@code Linear}, {@code RowNorm}, {@code ChannelNorm}, {@code Dropout}, {@code
 * Attention}, {@code CrossEntropy}, {@code PointwiseLoss}.
 *
 * <p>An operation computes its value with tensors, puts what its rule will need into a record, and hands both to {@link
 * org.lanewise.autograd.Tape#record}. {@link org.lanewise.autograd.Tape#backward} walks the recorded operations from the last
 * to the first; each rule puts gradients into {@link org.lanewise.autograd.InputGradients}, which sums them in place and
 * undoes broadcasting. The order of everything is that of recording, so results do not depend on threads.
 *
 * <p>A new operation gets a test with {@link org.lanewise.autograd.GradCheck} against a second implementation in double,
 * with broadcasting, no elements, operands that are not contiguous, and an operand used twice.
 */
package org.lanewise.autograd;
