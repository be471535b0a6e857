/** Reading and writing CSV: strict, streaming, with errors that say where. */
package org.lanewise.tabular.csv;
