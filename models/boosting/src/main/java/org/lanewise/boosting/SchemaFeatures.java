package org.lanewise.boosting;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.lanewise.tabular.BadInputException;

/** Data seen through the columns a model was trained on: found by name, levels of categories numbered as in training. */
final class SchemaFeatures implements Features {
    private final Features data;
    private final List<FeatureBins> bins;
    private final int[] source;
    /** For a column whose levels have other numbers than in training: the training number of each, -1 if it has none. */
    private final int[][] recode;

    SchemaFeatures(Features data, List<FeatureBins> bins) {
        this.data = data;
        this.bins = bins;
        source = new int[bins.size()];
        recode = new int[bins.size()][];
        Map<String, Integer> place = new HashMap<>();
        for (int j = 0; j < data.columns(); j++) place.put(data.name(j), j);
        for (int j = 0; j < source.length; j++) {
            FeatureBins b = bins.get(j);
            Integer at = place.get(b.name());
            if (at == null)
                throw BadInputException.at(data.source()).column(b.name())
                        .because("missing; the model was trained with it");
            if (data.categorical(at) && !b.categorical()) {
                throw BadInputException.at(data.source()).column(b.name())
                        .because("holds categories; the model was trained on numbers");
            }
            source[j] = at;
            List<String> mine = data.levels(at);
            if (b.categorical() && !mine.equals(b.levels()) && !b.levels().isEmpty()) {
                if (mine.isEmpty()) {
                    throw BadInputException.at(data.source()).column(b.name())
                            .because("holds numbers; the model was trained on named categories");
                }
                recode[j] = mine.stream().mapToInt(b.levels()::indexOf).toArray();
            }
        }
    }

    @Override
    public int rows() {
        return data.rows();
    }

    @Override
    public int columns() {
        return source.length;
    }

    @Override
    public String name(int column) {
        return bins.get(column).name();
    }

    @Override
    public boolean categorical(int column) {
        return bins.get(column).categorical();
    }

    @Override
    public List<String> levels(int column) {
        return bins.get(column).levels();
    }

    @Override
    public void copy(int column, int from, int count, double[] out) {
        data.copy(source[column], from, count, out);
        int[] codes = recode[column];
        if (codes == null) return;
        Arrays.setAll(out,
                i -> i >= count || Double.isNaN(out[i])
                        ? out[i]
                        : codes[(int) out[i]] < 0 ? Double.NaN : codes[(int) out[i]]);
    }

    @Override
    public String source() {
        return data.source();
    }
}
