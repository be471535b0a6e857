package org.lanewise.tabular.transform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.lanewise.tabular.Column;
import org.lanewise.tabular.DoubleColumn;
import org.lanewise.tabular.JsonFiles;
import org.lanewise.tabular.Table;
import tools.jackson.databind.JsonNode;

/**
 * Fills missing numbers with their mean given all the other chosen columns of the row, under a multivariate normal law that is
 * fitted to the incomplete training rows by expectation-maximisation, round after round. Nothing is drawn at random. The columns
 * become DOUBLE; the cost of a round grows with the cube of their number for each pattern of missing values.
 *
 * <pre>{@code
 * Transform fill = ConditionalImputer.of(ColumnChoice.numeric()).fit(train, null);
 * }</pre>
 *
 * A column without any value in training is filled with 0.
 */
public final class ConditionalImputer implements Step {
    static final String KIND = "conditional-imputer";

    private final ColumnChoice columns;
    private final int maxRounds;
    private final double tolerance;

    private ConditionalImputer(ColumnChoice columns, int maxRounds, double tolerance) {
        this.columns = columns;
        this.maxRounds = maxRounds;
        this.tolerance = tolerance;
    }

    /** At most 100 rounds, until nothing moves by more than 1e-4 standard deviations. */
    public static ConditionalImputer of(ColumnChoice columns) {
        return new ConditionalImputer(columns, 100, 1e-4);
    }

    /**
     * @param tolerance
     *            in standard deviations, and in entries of the correlation matrix
     */
    public ConditionalImputer withRounds(int most, double tolerance) {
        if (most < 1 || !(tolerance >= 0)) {
            throw new IllegalArgumentException(most + " rounds, tolerance " + tolerance);
        }
        return new ConditionalImputer(columns, most, tolerance);
    }

    @Override
    public Transform fit(Table train, double[] target) {
        List<String> names = List.copyOf(columns.of(train));
        int p = names.size();
        double[] centre = new double[p];
        double[] scale = new double[p];
        for (int j = 0; j < p; j++) {
            double[] present = Scaler.present(train, names.get(j));
            double mean = present.length == 0 ? 0 : Arrays.stream(present).sum() / present.length;
            double squares = Arrays.stream(present).map(v -> (v - mean) * (v - mean)).sum();
            double sd = present.length == 0 ? 0 : Math.sqrt(squares / present.length);
            centre[j] = mean;
            scale[j] = sd > 1e-13 * Math.abs(mean) ? sd : 1;
        }
        GaussianLaw law = GaussianLaw.fit(rows(train, names, centre, scale), p, maxRounds, tolerance);
        return new Learnt(names, centre, scale, law.mean(), law.covariance());
    }

    private static double[][] rows(Table table, List<String> names, double[] centre, double[] scale) {
        double[][] rows = new double[table.rows()][names.size()];
        for (int j = 0; j < names.size(); j++) {
            double[] values = table.numbers(names.get(j));
            for (int i = 0; i < values.length; i++) {
                rows[i][j] = (values[i] - centre[j]) / scale[j];
            }
        }
        return rows;
    }

    static Transform restore(JsonNode state, String source) {
        State s = State.of(state, source);
        List<String> names = s.texts("columns");
        double[][] covariance = new double[names.size()][];
        JsonNode saved = s.array("covariance");
        boolean square = saved.size() == covariance.length;
        for (int j = 0; square && j < covariance.length; j++) {
            covariance[j] = JsonFiles.doubles(saved.get(j));
            square = covariance[j].length == covariance.length;
        }
        Learnt learnt = new Learnt(names, s.numbers("centre"), s.numbers("scale"), s.numbers("mean"), covariance);
        s.require(square && learnt.centre.length == names.size() && learnt.scale.length == names.size()
                && learnt.mean.length == names.size(), "columns, centre, scale, mean and covariance differ in size");
        return learnt;
    }

    private record Learnt(List<String> columns, double[] centre, double[] scale, double[] mean, double[][] covariance)
            implements
                Transform {
        @Override
        public Table apply(Table table) {
            double[][] rows = rows(table, columns, centre, scale);
            GaussianLaw law = new GaussianLaw(mean, covariance);
            Map<BitSet, double[][]> kept = new HashMap<>();
            double[] filled = new double[columns.size()];
            double[][] values = new double[columns.size()][];
            for (int j = 0; j < values.length; j++) {
                values[j] = table.numbers(columns.get(j));
            }
            for (int i = 0; i < rows.length; i++) {
                BitSet missing = new BitSet();
                for (int j = 0; j < filled.length; j++) {
                    missing.set(j, Double.isNaN(rows[i][j]));
                }
                if (!missing.isEmpty()) {
                    law.fill(rows[i], missing, kept.computeIfAbsent(missing, law::swept), filled);
                    for (int j = missing.nextSetBit(0); j >= 0; j = missing.nextSetBit(j + 1)) {
                        values[j][i] = filled[j] * scale[j] + centre[j];
                    }
                }
            }
            List<Column> changed = new ArrayList<>();
            for (int j = 0; j < values.length; j++) {
                changed.add(DoubleColumn.of(columns.get(j), values[j]));
            }
            return table.with(changed);
        }

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public Object state() {
            return this;
        }
    }
}
