/**
 * Elastic nets of tables: from columns of any type to a model that is saved with its schema and predicts other tables.
 */
package org.lanewise.linear.table;
