/**
 * What is done to columns before learning: filling missing values, turning categories into numbers, scaling. A
 * {@link org.lanewise.tabular.transform.Step} is fitted on training rows only and gives a
 * {@link org.lanewise.tabular.transform.Transform}, which is saved with the model and applied to every row to be predicted.
 */
package org.lanewise.tabular.transform;
