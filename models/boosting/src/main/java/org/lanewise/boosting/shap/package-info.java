/**
 * What each feature contributed to a prediction, exactly: {@link org.lanewise.boosting.shap.TreeShap} against the training
 * data as the trees remember it, {@link org.lanewise.boosting.shap.InterventionalShap} against given background rows.
 */
package org.lanewise.boosting.shap;
