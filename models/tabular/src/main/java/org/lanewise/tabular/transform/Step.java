package org.lanewise.tabular.transform;

import org.lanewise.tabular.Table;

/**
 * Something to be learnt from training rows. Immutable; fitting twice on the same rows gives the same result.
 *
 * <pre>{@code
 * Pipeline steps = Pipeline.of(SimpleImputer.median(ColumnChoice.numeric()),
 *         OneHotEncoder.of(ColumnChoice.categorical()), Scaler.standard(ColumnChoice.named("age", "bmi")));
 * Fitted fitted = steps.fitApply(train, target);
 * Table ready = fitted.table();
 * Table toPredict = fitted.transform().apply(fresh);
 * Transforms.write(Path.of("transform.json"), fitted.transform());
 * }</pre>
 */
public interface Step {
    /**
     * Learns from training rows.
     *
     * @param target
     *            one number per row, or {@code null} for a step that does not look at it
     */
    Transform fit(Table train, double[] target);

    /**
     * Learns from training rows and changes them as a learner should see them. That is {@link Transform#apply} except for steps
     * that look at the target, which must not show a row its own.
     */
    default Fitted fitApply(Table train, double[] target) {
        Transform transform = fit(train, target);
        return new Fitted(transform, transform.apply(train));
    }
}
