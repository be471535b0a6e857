/** Tables in NumPy's and libsvm's formats, and files of any format told by their content. */
package org.lanewise.tabular.io;
