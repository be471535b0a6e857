package org.lanewise.henaw.network;

import java.util.List;
import java.util.Map;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.WorkerPool;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.features.HenawFeatures;

/** The members of an ensemble over one set of features, ready to be evaluated in blocks of people. Immutable. */
public final class PackedEnsemble {
    /** People per block: columns stay in the second-level cache. */
    public static final int BLOCK = 256;

    private final HenawFeatures features;
    private final PackedNetwork[] members;

    /** Packs the weights of networks that read these features. */
    public PackedEnsemble(HenawFeatures features, List<Map<String, Tensor>> states) {
        this.features = features;
        this.members = states.stream().map(s -> new PackedNetwork(features.layout(), features.systems(), s))
                .toArray(PackedNetwork[]::new);
    }

    /** What the members read. */
    public HenawFeatures features() {
        return features;
    }

    /** Number of members. */
    public int size() {
        return members.length;
    }

    /** Output columns of all members together. */
    public int columns() {
        return members.length * members[0].outputs();
    }

    /** Output columns of one member. */
    public int outputs() {
        return members[0].outputs();
    }

    /** Floats of scratch per person of a block. */
    public int workSize() {
        return members[0].workSize();
    }

    /** Column {@code m * outputs + k} of {@code out} receives output k of member m, {@code [columns][n]}. */
    public void evaluate(float[] x, int n, float[] out, float[] work) {
        for (int m = 0; m < members.length; m++)
            members[m].evaluate(x, n, out, m * outputs() * n, work);
    }

    /** All outputs of a cohort, {@code [columns][people]}, on the current worker pool. */
    public float[][] evaluate(Cohort people) {
        int n = people.size();
        float[][] all = new float[columns()][n];
        WorkerPool.current().forEach((n + BLOCK - 1) / BLOCK, b -> {
            int from = b * BLOCK;
            int count = Math.min(BLOCK, n - from);
            float[] x = new float[features.width() * count];
            double[] values = new double[features.markers().size()];
            for (int r = 0; r < count; r++) {
                for (int j = 0; j < values.length; j++)
                    values[j] = people.value(features.markers().get(j), from + r);
                features.write(values, people.age(from + r), people.sex(from + r), x, r, count);
            }
            float[] out = new float[columns() * count];
            evaluate(x, count, out, new float[workSize() * count]);
            for (int c = 0; c < all.length; c++)
                System.arraycopy(out, c * count, all[c], from, count);
        });
        return all;
    }
}
