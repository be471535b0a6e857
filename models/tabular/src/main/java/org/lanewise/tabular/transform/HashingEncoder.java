package org.lanewise.tabular.transform;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.lanewise.tabular.Column;
import org.lanewise.tabular.FloatColumn;
import org.lanewise.tabular.Table;
import tools.jackson.databind.JsonNode;

/**
 * Adds up signed hashes (Weinberger et al. 2009): each {@code column=value} puts +1 or -1 into one of the columns
 * {@code hash_0 .. hash_<n - 1>}, which replace the chosen ones. Nothing is learnt, so no value is unseen; missing puts nothing
 * anywhere. Place and sign are those of scikit-learn's {@code FeatureHasher}.
 */
public final class HashingEncoder implements Step {
    static final String KIND = "hashing";

    private final ColumnChoice columns;
    private final int buckets;

    private HashingEncoder(ColumnChoice columns, int buckets) {
        this.columns = columns;
        this.buckets = buckets;
    }

    public static HashingEncoder of(ColumnChoice columns, int buckets) {
        if (buckets < 1) {
            throw new IllegalArgumentException(buckets + " buckets");
        }
        return new HashingEncoder(columns, buckets);
    }

    @Override
    public Transform fit(Table train, double[] target) {
        return new Learnt(List.copyOf(columns.of(train)), buckets);
    }

    static Transform restore(JsonNode state, String source) {
        State s = State.of(state, source);
        s.require(s.whole("buckets") > 0, s.whole("buckets") + " buckets");
        return new Learnt(s.texts("columns"), s.whole("buckets"));
    }

    /** MurmurHash3, 32 bits, seed 0 (Appleby 2011), of the UTF-8 bytes. */
    static int murmur3(String text) {
        byte[] data = text.getBytes(StandardCharsets.UTF_8);
        int hash = 0;
        int whole = data.length & ~3;
        for (int i = 0; i < whole; i += 4) {
            int k = data[i] & 0xff | (data[i + 1] & 0xff) << 8 | (data[i + 2] & 0xff) << 16 | data[i + 3] << 24;
            hash = Integer.rotateLeft(hash ^ mixed(k), 13) * 5 + 0xe6546b64;
        }
        int tail = 0;
        for (int i = data.length - 1; i >= whole; i--) {
            tail = tail << 8 | data[i] & 0xff;
        }
        hash ^= mixed(tail) ^ data.length;
        hash = (hash ^ hash >>> 16) * 0x85ebca6b;
        hash = (hash ^ hash >>> 13) * 0xc2b2ae35;
        return hash ^ hash >>> 16;
    }

    private static int mixed(int k) {
        return Integer.rotateLeft(k * 0xcc9e2d51, 15) * 0x1b873593;
    }

    private record Learnt(List<String> columns, int buckets) implements Transform {
        @Override
        public Table apply(Table table) {
            float[][] sums = new float[buckets][table.rows()];
            for (String name : columns) {
                Column column = table.column(name);
                List<String> levels = Levels.of(column);
                int[] hashes = levels.stream().mapToInt(level -> murmur3(name + "=" + level)).toArray();
                int[] codes = new Levels(levels).codes(column);
                for (int row = 0; row < codes.length; row++) {
                    if (codes[row] >= 0) {
                        int hash = hashes[codes[row]];
                        sums[(int) (Math.abs((long) hash) % buckets)][row] += hash >= 0 ? 1 : -1;
                    }
                }
            }
            List<Column> changed = new ArrayList<>(table.without(columns.toArray(String[]::new)).columns());
            for (int b = 0; b < buckets; b++) {
                changed.add(FloatColumn.of("hash_" + b, sums[b]));
            }
            return Table.of(table.source(), changed);
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
