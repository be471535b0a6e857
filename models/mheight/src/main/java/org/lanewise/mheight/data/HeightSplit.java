package org.lanewise.mheight.data;

import java.util.Arrays;
import java.util.stream.IntStream;

import org.lanewise.engine.Rng;

/** Training and validation rows of one set. */
public record HeightSplit(HeightRows train, HeightRows valid) {

    /**
     * By orbit: all rows with one key, that is all m of a matrix and all its symmetric twins, go to the same side, which a hash of
     * the key and the seed decides.
     *
     * @param share of validation, in (0, 1)
     */
    public static HeightSplit byOrbit(HeightRows rows, double share, long seed) {
        boolean[] valid = new boolean[rows.size()];
        for (int i = 0; i < valid.length; i++)
            valid[i] = (OrbitKey.mix(rows.key()[i] ^ OrbitKey.mix(seed)) >>> 11) * 0x1p-53 < share;
        return of(rows, valid);
    }

    /**
     * The published leak, for an ablation only: rows are copied before they are split at random, most of them twice, so most
     * validation rows have their like in training. The copies are as many as those of the published set, whose three sources
     * contained one another: of 56,365 rows 32,087 occurred three times and 12,312 twice.
     */
    public static HeightSplit leaking(HeightRows rows, double share, long seed) {
        Rng rng = Rng.of(seed).stream("leak");
        int[] copies = new int[3 * rows.size()];
        int size = 0;
        for (int i = 0; i < rows.size(); i++) {
            int draw = rng.nextInt(56_365);
            int times = draw < 32_087 ? 3 : draw < 32_087 + 12_312 ? 2 : 1;
            for (int t = 0; t < times; t++) copies[size++] = i;
        }
        HeightRows copied = rows.select(Arrays.copyOf(copies, size));
        boolean[] valid = new boolean[size];
        for (int i = 0; i < size; i++) valid[i] = rng.nextDouble() < share;
        return of(copied, valid);
    }

    /** The share of validation rows whose code or a symmetric twin of it is in training, with any m; 0 for an honest split. */
    public double sharedOrbits() {
        return shared(train.key(), valid.key());
    }

    /** The share of validation rows of which training has a copy or a symmetric twin with the same m, and so with the label. */
    public double sharedRows() {
        return shared(withGroup(train), withGroup(valid));
    }

    private static long[] withGroup(HeightRows rows) {
        return IntStream.range(0, rows.size()).mapToLong(i -> OrbitKey.mix(rows.key()[i] + rows.group()[i])).toArray();
    }

    private static double shared(long[] train, long[] valid) {
        long[] sorted = train.clone();
        Arrays.sort(sorted);
        return Arrays.stream(valid).filter(key -> Arrays.binarySearch(sorted, key) >= 0).count()
                / (double) valid.length;
    }

    private static HeightSplit of(HeightRows rows, boolean[] valid) {
        return new HeightSplit(rows.select(IntStream.range(0, valid.length).filter(i -> !valid[i]).toArray()),
                rows.select(IntStream.range(0, valid.length).filter(i -> valid[i]).toArray()));
    }
}
