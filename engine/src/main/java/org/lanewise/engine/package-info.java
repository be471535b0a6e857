/**
 * Tensors, kernels, matrix products, threads, random numbers and tensor files.
 *
 * <ul>
 * <li>{@link org.lanewise.engine.Tensor} is where most code begins: views, broadcasting, reductions, sorting, products.
 * {@link org.lanewise.engine.Ops} has the same work for destinations that exist already,
 * {@link org.lanewise.engine.Einsum} products in index notation.
 * <li>{@link org.lanewise.engine.Gemm} multiplies matrices of plain arrays; {@link org.lanewise.engine.PackedMatrix} keeps
 * one factor ready.
 * <li>{@link org.lanewise.engine.Rng} gives random numbers from named streams.
 * <li>{@link org.lanewise.engine.WorkerPool} holds the threads, {@link org.lanewise.engine.Backend} says which kernels run.
 * </ul>
 *
 * <p>The package-private classes each hold one family of operations ({@code Elementwise}, {@code Reductions},
 * {@code Indexing}, ...). They check shapes, turn any layout into contiguous runs ({@code StridedLoop}), cut long runs into
 * chunks of fixed size ({@code Parallel}) and hand them to {@link org.lanewise.engine.kernels.Kernels}.
 */
package org.lanewise.engine;
