package org.lanewise.linear.table;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.lanewise.linear.ColumnStore;
import org.lanewise.linear.Family;
import org.lanewise.tabular.DesignMatrix;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.transform.Fitted;
import org.lanewise.tabular.transform.Transform;

/**
 * Makes the columns of fits: a {@link Preparation} learnt from some rows and applied to all.
 *
 * @param predictors
 *            of all rows, in the form of the schema
 * @param how
 *            they become numbers
 * @param target
 *            for encodings that look at it
 * @param groups
 *            of the rows, or null
 * @param seed
 *            of cross-fitted encodings
 */
record ColumnPreparation(Table predictors, Preparation how, TableTarget target, Object[] groups, long seed) {

    /**
     * @param transform
     *            what was learnt
     * @param names
     *            of the columns that come out
     * @param x
     *            all rows
     */
    record Ready(Transform transform, List<String> names, ColumnStore x) {
    }

    /** Learns from all rows that have a weight. */
    Ready all() {
        return learn(IntStream.range(0, predictors.rows()).toArray());
    }

    /** Learns from these rows, as far as they have a weight; the others are only changed by what was learnt. */
    Ready learn(int... training) {
        double[] weights = target.response().weights();
        int[] rows = Arrays.stream(training).filter(i -> weights == null || weights[i] > 0).toArray();
        Fitted fitted = how.steps(target.family(), take(groups, rows), seed).fitApply(
                rows.length == predictors.rows() ? predictors : predictors.take(rows), target(rows));
        String[] names = fitted.table().names().toArray(String[]::new);
        if (rows.length == predictors.rows()) {
            return new Ready(fitted.transform(), List.of(names),
                    ColumnStore.of(DesignMatrix.of(fitted.table(), names)));
        }
        boolean[] learnt = new boolean[predictors.rows()];
        for (int i : rows) {
            learnt[i] = true;
        }
        int[] others = IntStream.range(0, learnt.length).filter(i -> !learnt[i]).toArray();
        Table rest = fitted.transform().apply(predictors.take(others));
        double[][] columns = new double[names.length][learnt.length];
        for (int j = 0; j < names.length; j++) {
            put(fitted.table().numbers(names[j]), rows, columns[j]);
            put(rest.numbers(names[j]), others, columns[j]);
        }
        return new Ready(fitted.transform(), List.of(names),
                ColumnStore.of(DesignMatrix.ofColumns(List.of(names), columns)));
    }

    private double[] target(int[] rows) {
        return Arrays.stream(rows).mapToDouble(i -> target.family() instanceof Family.Cox
                ? target.response().survival().event(i) ? 1 : 0
                : target.response().y()[i]).toArray();
    }

    private static Object[] take(Object[] groups, int[] rows) {
        return groups == null ? null : Arrays.stream(rows).mapToObj(i -> groups[i]).toArray();
    }

    private static void put(double[] values, int[] rows, double[] column) {
        for (int i = 0; i < rows.length; i++) {
            column[rows[i]] = values[i];
        }
    }
}
