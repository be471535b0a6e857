/** The four roles of a kernel: the interface, the scalar reference, the vector form and the provider that picks one. */
package org.lanewise.engine.kernels;
