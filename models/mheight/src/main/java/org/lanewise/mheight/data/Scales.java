package org.lanewise.mheight.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.lanewise.engine.Rng;
import org.lanewise.tabular.ColumnType;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.csv.Csv;
import org.lanewise.tabular.csv.CsvOptions;

/**
 * The scales of the course's first data set (codes of length 9, autumn 2025): how many of its distinct matrices have which largest
 * magnitude, by k. Peaks are at 2, 4, 8, 16, 32, 50, 64 and 100. {@code src-test-data/mheight/scales.py} made the file.
 */
final class Scales {
    private static final TreeMap<Integer, Scales> BY_K = read();

    private final int[] scale;
    /** Matrices up to and with each scale. */
    private final int[] cumulative;

    private Scales(List<int[]> counts) {
        scale = new int[counts.size()];
        cumulative = new int[counts.size()];
        int sum = 0;
        for (int i = 0; i < scale.length; i++) {
            scale[i] = counts.get(i)[0];
            sum += counts.get(i)[1];
            cumulative[i] = sum;
        }
    }

    static Scales of(int k) {
        Map.Entry<Integer, Scales> below = BY_K.floorEntry(k);
        return below == null ? BY_K.firstEntry().getValue() : below.getValue();
    }

    int draw(Rng rng) {
        int wanted = rng.nextInt(cumulative[cumulative.length - 1]);
        int i = 0;
        while (cumulative[i] <= wanted) i++;
        return scale[i];
    }

    private static TreeMap<Integer, Scales> read() {
        try (var in = Scales.class.getResourceAsStream("scales.csv")) {
            String text = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            String rows = text.substring(text.indexOf('\n') + 1); // the first line says where it comes from
            Table table = Csv.read("scales.csv", rows.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                    CsvOptions.defaults().withType("k", ColumnType.INT));
            Map<Integer, List<int[]>> counts = new TreeMap<>();
            double[] k = table.numbers("k");
            double[] scale = table.numbers("scale");
            double[] matrices = table.numbers("matrices");
            for (int i = 0; i < k.length; i++)
                counts.computeIfAbsent((int) k[i], _ -> new ArrayList<>())
                        .add(new int[] {(int) scale[i], (int) matrices[i]});
            TreeMap<Integer, Scales> scales = new TreeMap<>();
            counts.forEach((dimension, list) -> scales.put(dimension, new Scales(list)));
            return scales;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
