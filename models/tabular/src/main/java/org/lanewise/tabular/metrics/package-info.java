/** How good predictions are, and how sure that is: measures for numbers, classes and intervals; agreement; the bootstrap. */
package org.lanewise.tabular.metrics;
