/** Columns and tables, CSV, splits and metrics. */
package org.lanewise.tabular;
