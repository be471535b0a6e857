package org.lanewise.tabular.resample;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.lanewise.tabular.CategoricalColumn;
import org.lanewise.tabular.metrics.Quantiles;

/** The rows of one class, and who is near whom. */
final class ClassRows {
    private final double[][] numbers;
    private final int[][] codes;
    private final int[] levels;
    private final int neighbours;
    /** What a differing category adds to a squared distance. */
    private final double difference;
    private final int[][] nearest;

    ClassRows(List<double[]> columns, List<CategoricalColumn> categories, List<Integer> rows, int neighbours) {
        this.neighbours = Math.min(neighbours, rows.size() - 1);
        numbers = new double[rows.size()][columns.size()];
        codes = new int[rows.size()][categories.size()];
        levels = categories.stream().mapToInt(c -> c.levels().size()).toArray();
        for (int i = 0; i < numbers.length; i++) {
            for (int j = 0; j < columns.size(); j++) {
                numbers[i][j] = columns.get(j)[rows.get(i)];
            }
            for (int j = 0; j < categories.size(); j++) {
                codes[i][j] = categories.get(j).code(rows.get(i));
            }
        }
        double[] spread = IntStream.range(0, columns.size()).mapToDouble(this::deviation).toArray();
        double median = spread.length == 0 ? 1 : Quantiles.median(spread);
        difference = median * median;
        nearest = new int[rows.size()][];
    }

    private double deviation(int j) {
        double mean = Arrays.stream(numbers).mapToDouble(row -> row[j]).sum() / numbers.length;
        return Math.sqrt(Arrays.stream(numbers).mapToDouble(row -> (row[j] - mean) * (row[j] - mean)).sum()
                / numbers.length);
    }

    /** The k nearest other rows; among equally near ones, the first. */
    int[] nearest(int from) {
        if (nearest[from] == null) {
            int[] best = new int[neighbours];
            double[] distance = new double[neighbours];
            int count = 0;
            for (int i = 0; i < numbers.length; i++) {
                if (i == from) {
                    continue;
                }
                double d = distance(from, i, count == neighbours ? distance[count - 1] : Double.POSITIVE_INFINITY);
                if (count == neighbours && d >= distance[count - 1]) {
                    continue;
                }
                int at = count < neighbours ? count++ : count - 1;
                while (at > 0 && distance[at - 1] > d) {
                    distance[at] = distance[at - 1];
                    best[at] = best[at - 1];
                    at--;
                }
                distance[at] = d;
                best[at] = i;
            }
            nearest[from] = best;
        }
        return nearest[from];
    }

    /** The squared distance, or something not below {@code limit} when it is certain not to be. */
    private double distance(int a, int b, double limit) {
        double[] mine = numbers[a];
        double[] theirs = numbers[b];
        double sum = 0;
        for (int j = 0; j < codes[a].length; j++) {
            sum += codes[a][j] == codes[b][j] ? 0 : difference;
        }
        for (int j = 0; j < mine.length && sum < limit; j++) {
            double d = mine[j] - theirs[j];
            sum += d * d;
        }
        return sum;
    }

    double[] between(int from, int to, double place) {
        double[] row = new double[numbers[from].length];
        Arrays.setAll(row, j -> numbers[from][j] + place * (numbers[to][j] - numbers[from][j]));
        return row;
    }

    /** The most frequent category of each column, the first among equals. */
    int[] usual(int[] rows) {
        int[] usual = new int[levels.length];
        for (int j = 0; j < usual.length; j++) {
            int[] counts = new int[levels[j]];
            for (int row : rows) {
                counts[codes[row][j]]++;
            }
            for (int code = 1; code < counts.length; code++) {
                usual[j] = counts[code] > counts[usual[j]] ? code : usual[j];
            }
        }
        return usual;
    }
}
