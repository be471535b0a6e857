/** Tensor files: NumPy's npy and npz, safetensors; half-precision storage; files that appear whole or not at all. */
package org.lanewise.engine.io;
