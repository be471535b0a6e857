package org.lanewise.tabular.transform;

import org.lanewise.tabular.Table;

/**
 * What a step learnt, and the training rows as a learner should see them.
 *
 * @param transform
 *            for rows to come
 * @param table
 *            the training rows, changed
 */
public record Fitted(Transform transform, Table table) {
}
