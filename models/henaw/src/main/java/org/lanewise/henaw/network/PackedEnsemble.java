package org.lanewise.henaw.network;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.WorkerPool;
import org.lanewise.engine.kernels.KernelProvider;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.features.HenawFeatures;

/**
 * The members of an ensemble over one set of features, ready to be evaluated: on {@value #BLOCK} people at once, one member after
 * the other, or on one person, all members at once. A person gets the same bits either way. Immutable.
 */
public final class PackedEnsemble {
    /** People evaluated at once: two vectors of the widest registers, so that a block's columns stay in the caches. */
    public static final int BLOCK = 32;
    private static final int BLOCKS_PER_TASK = 8;

    private final HenawFeatures features;
    private final int outputs;
    private final PackedNetwork[] members;
    private final PackedGradient[] gradients;
    /** Members of one person are evaluated in groups of so many lanes. */
    private final int lanes;
    private final PackedNetwork[] sideBySide;

    /** Packs the weights of networks that read these features. */
    public PackedEnsemble(HenawFeatures features, List<Map<String, Tensor>> states) {
        this.features = features;
        NetworkShape shape = NetworkShape.of(features.layout(), features.systems(), states.getFirst());
        List<float[]> packed = states.stream().map(state -> NetworkPacking.pack(shape, state)).toList();
        outputs = shape.outputs();
        members = packed.stream().map(weights -> PackedNetwork.shared(shape, weights, BLOCK))
                .toArray(PackedNetwork[]::new);
        gradients = packed.stream().map(weights -> new PackedGradient(shape, weights, BLOCK))
                .toArray(PackedGradient[]::new);
        lanes = members.length > 4 && KernelProvider.get().bits() >= 256 ? 8 : 4;
        sideBySide = new PackedNetwork[(members.length + lanes - 1) / lanes];
        for (int g = 0; g < sideBySide.length; g++)
            sideBySide[g] = PackedNetwork.sideBySide(shape,
                    packed.subList(g * lanes, Math.min((g + 1) * lanes, members.length)), lanes);
    }

    /** What the members read. */
    public HenawFeatures features() {
        return features;
    }

    /** Number of members. */
    public int size() {
        return members.length;
    }

    /** Buffers for {@value #BLOCK} people at once, for one thread. */
    public Evaluation people() {
        return new Evaluation(false);
    }

    /** Buffers for one person at a time, for one thread. */
    public Evaluation person() {
        return new Evaluation(true);
    }

    /** All outputs of a cohort, {@code [member * outputs + output][people]}, on the current worker pool. */
    public float[][] evaluate(Cohort people) {
        int n = people.size();
        float[][] all = new float[size() * outputs][n];
        int perTask = BLOCK * BLOCKS_PER_TASK;
        WorkerPool.current().forEach((n + perTask - 1) / perTask, task -> {
            Evaluation block = people();
            double[] values = new double[features.markers().size()];
            double[] logs = new double[values.length];
            int end = Math.min(n, (task + 1) * perTask);
            for (int from = task * perTask; from < end; from += BLOCK) {
                int count = Math.min(BLOCK, end - from);
                for (int r = 0; r < count; r++) {
                    for (int j = 0; j < values.length; j++)
                        values[j] = people.value(features.markers().get(j), from + r);
                    HenawFeatures.logarithms(features.markers(), values, logs);
                    block.enter(r, values, logs, people.age(from + r), people.sex(from + r));
                }
                block.run();
                for (int c = 0; c < all.length; c++)
                    for (int r = 0; r < count; r++)
                        all[c][from + r] = block.output(c / outputs, c % outputs, r);
            }
        });
        return all;
    }

    /**
     * The mean derivative of the members' first outputs on the straight line between two input rows, by the midpoint rule, on the
     * current worker pool. The rows have the same age and sex.
     *
     * @param from  input row as {@link HenawFeatures#write(double[], double, double, float[], int, int)} gives it
     * @param to    another
     * @param steps midpoints, a multiple of {@value #BLOCK}
     * @return a number per column; 0 for the columns of weights and context, in which the rows do not differ
     */
    public double[] meanSlopes(float[] from, float[] to, int steps) {
        int width = features.width();
        int weights = features.layout().markers() * BLOCK;
        float[][] path = new float[steps / BLOCK][width * BLOCK];
        for (int t = 0; t < steps; t++)
            for (int c = 0; c < width; c++)
                path[t / BLOCK][c * BLOCK + t % BLOCK] = from[c] + (t + .5f) / steps * (to[c] - from[c]);
        for (float[] block : path)
            KernelProvider.get().log(block, 0, block, 0, weights);
        double[][] sums = new double[members.length][width];
        WorkerPool.current().forEach(members.length, m -> {
            float[] slopes = new float[width * BLOCK];
            float[] work = new float[gradients[m].workSize()];
            for (float[] block : path) {
                gradients[m].evaluate(block, slopes, work);
                for (int i = 0; i < slopes.length; i++)
                    sums[m][i / BLOCK] += slopes[i];
            }
        });
        double[] mean = new double[width];
        for (double[] sum : sums)
            for (int c = 0; c < width; c++)
                mean[c] += sum[c] / (steps * members.length);
        return mean;
    }

    /** Input and output of one evaluation, and the room to do it in. Not for several threads. */
    public final class Evaluation {
        private final boolean single;
        private final int n;
        private final float[] row;
        private final float[] x;
        private final float[] out;
        private final float[] work;
        private final double[] scratch = new double[features.scratchSize()];

        private Evaluation(boolean single) {
            this.single = single;
            n = single ? lanes : BLOCK;
            row = new float[features.width()];
            x = new float[features.width() * n];
            out = new float[outputs * n * networks().length];
            work = new float[networks()[0].workSize()];
        }

        /**
         * Enters one person.
         *
         * @param r      place in the block; 0 for a single person
         * @param values one per marker of the features, NaN where missing; not modified
         * @param logs   as {@link HenawFeatures#logarithms} gives them; not modified
         */
        public void enter(int r, double[] values, double[] logs, double age, double sex) {
            if (single)
                features.write(values, logs, age, sex, scratch, row, 0, 1);
            else
                features.write(values, logs, age, sex, scratch, x, r, n);
        }

        /** Evaluates all members on whoever was entered. */
        public void run() {
            if (single)
                for (int c = 0; c < row.length; c++)
                    Arrays.fill(x, c * n, (c + 1) * n, row[c]);
            int p = features.markers().size();
            KernelProvider.get().log(x, features.layout().weights() * n, x, features.layout().weights() * n, p * n);
            PackedNetwork[] networks = networks();
            for (int g = 0; g < networks.length; g++)
                networks[g].evaluate(x, out, g * outputs * n, work);
        }

        private PackedNetwork[] networks() {
            return single ? sideBySide : members;
        }

        /** Output {@code k} of a member for the person at place {@code r}. */
        public float output(int member, int k, int r) {
            return single
                    ? out[(member / n * outputs + k) * n + member % n]
                    : out[(member * outputs + k) * n + r];
        }
    }
}
