package org.lanewise.linear.table;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.lanewise.linear.Family;
import org.lanewise.linear.LinearModel;

/**
 * Models as arrays of doubles, to the last bit: {@code intercepts} one after the other, and the coefficients other than 0 by compressed
 * rows, {@code starts}, {@code columns}, {@code values}, a row for each output of each model.
 */
final class SparseModels {
    private SparseModels() {
    }

    static Map<String, double[]> arrays(List<LinearModel> models) {
        int rows = models.stream().mapToInt(LinearModel::outputs).sum();
        double[] intercepts = new double[rows];
        double[] starts = new double[rows + 1];
        double[][] columns = new double[rows][];
        double[][] values = new double[rows][];
        int row = 0;
        for (LinearModel model : models) {
            for (int k = 0; k < model.outputs(); k++) {
                double[] b = model.coefficients(k);
                int[] chosen = IntStream.range(0, b.length).filter(j -> b[j] != 0).toArray();
                intercepts[row] = model.intercept(k);
                columns[row] = Arrays.stream(chosen).asDoubleStream().toArray();
                values[row] = Arrays.stream(chosen).mapToDouble(j -> b[j]).toArray();
                starts[row + 1] = starts[row] + chosen.length;
                row++;
            }
        }
        Map<String, double[]> arrays = new LinkedHashMap<>();
        arrays.put("intercepts", intercepts);
        arrays.put("starts", starts);
        arrays.put("columns", Arrays.stream(columns).flatMapToDouble(Arrays::stream).toArray());
        arrays.put("values", Arrays.stream(values).flatMapToDouble(Arrays::stream).toArray());
        return arrays;
    }

    /**
     * @param columns
     *            of every model
     *
     * @throws IllegalArgumentException
     *             if the arrays are not those of {@code count} models of the family
     */
    static List<LinearModel> models(Map<String, double[]> arrays, int count, Family family, int columns) {
        int outputs = family instanceof Family.Multinomial m ? m.classes() : 1;
        double[] intercepts = need(arrays, "intercepts");
        double[] starts = need(arrays, "starts");
        double[] places = need(arrays, "columns");
        double[] values = need(arrays, "values");
        if (intercepts.length != count * outputs || starts.length != intercepts.length + 1 || starts[0] != 0
                || starts[starts.length - 1] != values.length || places.length != values.length) {
            throw new IllegalArgumentException("arrays that do not belong together");
        }
        return IntStream.range(0, count).mapToObj(m -> {
            double[][] coefficients = new double[outputs][columns];
            for (int k = 0; k < outputs; k++) {
                fill(coefficients[k], m * outputs + k, starts, places, values);
            }
            double[] own = Arrays.copyOfRange(intercepts, m * outputs, (m + 1) * outputs);
            requireFinite(own);
            return LinearModel.of(family, own, coefficients);
        }).toList();
    }

    private static void fill(double[] coefficients, int row, double[] starts, double[] places, double[] values) {
        if (!(starts[row] <= starts[row + 1] && starts[row + 1] <= values.length)) {
            throw new IllegalArgumentException("starts that fall");
        }
        int last = -1;
        for (int i = (int) starts[row]; i < (int) starts[row + 1]; i++) {
            int j = (int) places[i];
            if (j != places[i] || j <= last || j >= coefficients.length) {
                throw new IllegalArgumentException("a coefficient of column " + places[i] + ", which is no column");
            }
            coefficients[j] = values[i];
            last = j;
        }
        requireFinite(coefficients);
    }

    private static void requireFinite(double[] values) {
        for (double value : values) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("a coefficient is " + value);
            }
        }
    }

    static double[] need(Map<String, double[]> arrays, String name) {
        double[] array = arrays.get(name);
        if (array == null) {
            throw new IllegalArgumentException("\"" + name + "\" is missing");
        }
        return array;
    }
}
