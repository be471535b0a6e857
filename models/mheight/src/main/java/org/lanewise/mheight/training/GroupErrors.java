package org.lanewise.mheight.training;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import org.lanewise.optim.Callback;

/**
 * Sums squared errors of log2 h, unweighted, for each group. As a callback it is kept in checkpoints, so that the figure of an epoch
 * that was interrupted is the uninterrupted one's.
 */
final class GroupErrors implements Callback {
    private final double[] squares;
    private final long[] rows;
    private double total;

    GroupErrors(int groups) {
        squares = new double[groups];
        rows = new long[groups];
    }

    void add(int group, double error) {
        total += error * error;
        squares[group] += error * error;
        rows[group]++;
    }

    boolean has(int group) {
        return rows[group] > 0;
    }

    /** The mean squared error of one group; NaN without rows. */
    double of(int group) {
        return squares[group] / rows[group];
    }

    /** The mean squared error, each row counting alike; NaN without rows. */
    double overRows() {
        return total / Arrays.stream(rows).sum();
    }

    /** The mean of the groups' mean squared errors, of those that have rows; NaN without any. */
    double overGroups() {
        double sum = 0;
        int groups = 0;
        for (int g = 0; g < squares.length; g++) {
            if (!has(g)) continue;
            sum += of(g);
            groups++;
        }
        return sum / groups;
    }

    void clear() {
        total = 0;
        Arrays.fill(squares, 0);
        Arrays.fill(rows, 0);
    }

    @Override
    public Map<String, String> state() {
        Map<String, String> state = new LinkedHashMap<>();
        state.put("total", Double.toString(total));
        for (int g = 0; g < squares.length; g++) state.put("group." + g, squares[g] + " " + rows[g]);
        return state;
    }

    @Override
    public void loadState(Map<String, String> state) {
        total = Double.parseDouble(state.get("total"));
        for (int g = 0; g < squares.length; g++) {
            String[] sums = state.get("group." + g).split(" ");
            squares[g] = Double.parseDouble(sums[0]);
            rows[g] = Long.parseLong(sums[1]);
        }
    }
}
