package org.lanewise.linear.table;

import java.util.List;
import org.lanewise.linear.Family;
import org.lanewise.tabular.Column;
import org.lanewise.tabular.ColumnType;
import org.lanewise.tabular.Split;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.transform.ColumnChoice;
import org.lanewise.tabular.transform.OneHotEncoder;
import org.lanewise.tabular.transform.Pipeline;
import org.lanewise.tabular.transform.SimpleImputer;
import org.lanewise.tabular.transform.TargetEncoder;

/**
 * How predictors become numbers. Missing numbers are filled, missing categories become the commonest one; a column of categories becomes
 * one column for each, or, if there are very many, the mean target of each ({@link TargetEncoder}; for survival the share of events).
 * Scaling is part of the fit. All of this is learnt from training rows only: in cross-validation from those of each fold.
 *
 * @param fill
 *            what stands in for missing numbers
 * @param indicators
 *            whether columns with missing numbers get a column that says so
 * @param mostLevels
 *            up to so many categories get a column each
 */
public record Preparation(Fill fill, boolean indicators, int mostLevels) {
    private static final int TARGET_FOLDS = 5;

    /** Which number stands in for missing ones. */
    public enum Fill {
        MEDIAN, MEAN
    }

    public Preparation {
        java.util.Objects.requireNonNull(fill);
        if (mostLevels < 1) {
            throw new IllegalArgumentException("mostLevels must be at least 1");
        }
    }

    /** Medians, no indicators, up to 100 columns for the categories of one. */
    public static Preparation defaults() {
        return new Preparation(Fill.MEDIAN, false, 100);
    }

    /**
     * @param groups
     *            of the training rows, which cross-fitted means keep together; or null
     */
    Pipeline steps(Family family, Object[] groups, long seed) {
        ColumnChoice numbers = ColumnChoice.numeric();
        SimpleImputer filled = fill == Fill.MEAN ? SimpleImputer.mean(numbers) : SimpleImputer.median(numbers);
        TargetEncoder means = TargetEncoder.of(this::manyLevels, train -> folds(train, groups, seed));
        return Pipeline.of(indicators ? filled.withIndicator() : filled,
                SimpleImputer.mostFrequent(ColumnChoice.categorical()),
                SimpleImputer.mostFrequent(ColumnChoice.ofType(ColumnType.BOOLEAN)),
                family instanceof Family.Multinomial m ? means.withClasses(m.classes()) : means,
                OneHotEncoder.of(ColumnChoice.categorical()));
    }

    private List<String> manyLevels(Table train) {
        return ColumnChoice.categorical().of(train).stream().filter(name -> levels(train.column(name)) > mostLevels)
                .toList();
    }

    private static long levels(Column column) {
        return java.util.Arrays.stream(column.texts()).distinct().count();
    }

    private static List<Split.Fold> folds(Table train, Object[] groups, long seed) {
        long units = groups == null ? train.rows() : java.util.Arrays.stream(groups).distinct().count();
        int k = (int) Math.min(TARGET_FOLDS, units);
        if (k < 2) { // One group: nothing to cross-fit with.
            return Split.folds(train.rows(), Math.min(TARGET_FOLDS, train.rows()), seed);
        }
        return groups == null ? Split.folds(train.rows(), k, seed) : Split.groupedFolds(groups, k, seed);
    }

    /** Whether preparing these columns learns nothing from them, so that one result serves all folds. */
    static boolean learnsNothing(Table predictors) {
        return predictors.columns().stream().allMatch(
                c -> c.type().isNumeric() && c.type() != ColumnType.BOOLEAN && c.missingCount() == 0);
    }
}
