/** Distribution functions that intervals and tests need. */
package org.lanewise.tabular.stats;
