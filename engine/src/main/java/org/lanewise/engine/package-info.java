/** Tensors, kernels, matrix products, threads, random numbers and tensor files. */
package org.lanewise.engine;
