package org.lanewise.mheight;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.lanewise.autograd.Tape;
import org.lanewise.engine.Tensor;
import org.lanewise.mheight.data.Group;
import org.lanewise.mheight.exact.CodeShape;
import org.lanewise.mheight.exact.ExactSolver;
import org.lanewise.mheight.network.PublishedNetwork;
import org.lanewise.mheight.training.PublishedTraining;

/**
 * Predicts heights with a trained model. Immutable and thread-safe. Who wants the heights themselves should take
 * {@link ExactSolver}, which is faster than any of the networks.
 *
 * <pre>{@code
 * MHeightPredictor predictor = MHeightPredictor.of(MHeightArtifacts.load(Path.of("runs/mheight/model")));
 * float[] log2 = predictor.log2Heights(new CodeShape(9, 4), p, 1); // of m = 1 .. 5; NaN where the model has no such group
 * }</pre>
 */
public final class MHeightPredictor {
    private static final int AT_ONCE = 1024;

    private final MHeightModel model;
    private final Map<CodeShape, ExactSolver> solvers = new ConcurrentHashMap<>();

    private MHeightPredictor(MHeightModel model) {
        this.model = model;
    }

    public static MHeightPredictor of(MHeightModel model) {
        return new MHeightPredictor(model);
    }

    public MHeightModel model() {
        return model;
    }

    /**
     * The logarithms to base 2 of the heights.
     *
     * @param p     {@code count} matrices row by row, one after the other
     * @param count how many
     * @return for each code h_1 .. h_{n-k}; NaN for groups the model was not trained on
     * @throws IllegalArgumentException if the model knows no code of this shape, or the lengths do not fit
     */
    public float[] log2Heights(CodeShape shape, double[] p, int count) {
        if (p.length != (long) count * shape.entries())
            throw new IllegalArgumentException(count + " matrices of " + shape + " have "
                    + (long) count * shape.entries() + " entries, not " + p.length);
        if (Group.PUBLISHED.stream().noneMatch(g -> g.shape().equals(shape)))
            throw new IllegalArgumentException("the model knows codes of length 9 and dimension 4, 5, 6, not " + shape);
        float[] out = new float[count * shape.parity()];
        Arrays.fill(out, Float.NaN);
        switch (model) {
            case MHeightModel.Published published -> rows(published, shape, p, count, out);
            case MHeightModel.Stream stream -> {
                for (int from = 0; from < count; from += AT_ONCE) {
                    int some = Math.min(AT_ONCE, count - from);
                    stream(stream, shape,
                            Arrays.copyOfRange(p, from * shape.entries(), (from + some) * shape.entries()), some, out,
                            from * shape.parity());
                }
            }
        }
        return out;
    }

    private void stream(MHeightModel.Stream stream, CodeShape shape, double[] p, int count, float[] out, int at) {
        ExactSolver solver = solvers.computeIfAbsent(shape, ExactSolver::of);
        int copies = stream.network().copies();
        double[] sum = new double[count * shape.parity()];
        for (int copy = 0; copy < copies; copy++) {
            Tensor input = stream.network().input(solver, p, count, copy);
            try (Tape tape = Tape.inference()) {
                float[] some = stream.network().forward(tape, shape, input).value().toArray();
                for (int i = 0; i < sum.length; i++) sum[i] += some[i];
            }
        }
        for (int i = 0; i < sum.length; i++) out[at + i] = (float) (sum[i] / copies);
    }

    private static void rows(MHeightModel.Published model, CodeShape shape, double[] p, int count, float[] out) {
        double[][] rows = new double[count][];
        for (int i = 0; i < count; i++)
            rows[i] = Arrays.copyOfRange(p, i * shape.entries(), (i + 1) * shape.entries());
        for (MHeightModel.Part part : model.parts())
            for (Group group : part.groups()) {
                if (!group.shape().equals(shape)) continue;
                float[] log2 = rows(model, group, rows);
                for (int i = 0; i < count; i++) out[i * shape.parity() + group.m() - 1] = log2[i];
            }
    }

    /** What a published network, or the mean of its members, says about rows of one group. */
    static float[] rows(MHeightModel.Published model, Group group, double[][] rows) {
        MHeightModel.Part part = model.parts().stream().filter(p -> p.groups().contains(group)).findFirst()
                .orElseThrow();
        Group[] groups = new Group[rows.length];
        Arrays.fill(groups, group);
        double[] sum = new double[rows.length];
        for (PublishedNetwork network : part.members()) {
            float[] some = PublishedTraining.predict(network, model.features(), rows, groups);
            for (int i = 0; i < sum.length; i++) sum[i] += some[i];
        }
        float[] mean = new float[rows.length];
        for (int i = 0; i < mean.length; i++) mean[i] = (float) (sum[i] / part.members().size());
        return mean;
    }
}
