/** Boosted trees on tables: what the target is, splits, training, measuring, and models that know the columns they expect. */
package org.lanewise.boosting.table;
