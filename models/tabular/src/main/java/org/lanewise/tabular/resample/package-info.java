/** Artificial rows for rare classes. */
package org.lanewise.tabular.resample;
