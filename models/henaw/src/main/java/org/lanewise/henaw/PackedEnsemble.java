package org.lanewise.henaw;

import java.util.List;
import java.util.Map;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.WorkerPool;

/** The members of an ensemble over one set of features, ready to be evaluated in blocks of people. Immutable. */
final class PackedEnsemble {
    /** People per block: columns stay in the second-level cache. */
    static final int BLOCK = 256;

    private final HenawFeatures features;
    private final PackedNetwork[] members;

    PackedEnsemble(HenawFeatures features, List<Map<String, Tensor>> states) {
        this.features = features;
        this.members = states.stream().map(s -> new PackedNetwork(features.layout(), features.systems(), s))
                .toArray(PackedNetwork[]::new);
    }

    HenawFeatures features() {
        return features;
    }

    int size() {
        return members.length;
    }

    /** Output columns of all members together. */
    int columns() {
        return members.length * members[0].outputs();
    }

    int outputs() {
        return members[0].outputs();
    }

    /** Floats of scratch per person of a block. */
    int workSize() {
        return members[0].workSize();
    }

    /** Column {@code m * outputs + k} of {@code out} receives output k of member m, {@code [columns][n]}. */
    void evaluate(float[] x, int n, float[] out, float[] work) {
        for (int m = 0; m < members.length; m++)
            members[m].evaluate(x, n, out, m * outputs() * n, work);
    }

    /** All outputs of a cohort, {@code [columns][people]}, on the current worker pool. */
    float[][] evaluate(Cohort people) {
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
