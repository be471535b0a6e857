/**
 * How good predictions are, and how sure that is: measures for numbers, classes, rankings and intervals;
 * calibration; agreement; the bootstrap.
 */
package org.lanewise.tabular.metrics;
