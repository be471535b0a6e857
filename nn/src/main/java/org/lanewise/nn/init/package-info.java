/** Initial values of parameters: the laws of PyTorch's defaults, and the usual others. */
package org.lanewise.nn.init;
