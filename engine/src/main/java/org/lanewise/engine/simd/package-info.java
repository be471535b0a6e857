/** The vector kernels: the only package that touches {@code jdk.incubator.vector}. Loaded by name, never linked to. */
package org.lanewise.engine.simd;
