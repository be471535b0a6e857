package org.lanewise.mheight.network;

import java.util.LinkedHashMap;
import java.util.Map;

import org.lanewise.autograd.Tape;
import org.lanewise.autograd.Variable;
import org.lanewise.engine.Activation;
import org.lanewise.engine.Rng;
import org.lanewise.engine.Tensor;
import org.lanewise.mheight.data.CanonicalForm;
import org.lanewise.mheight.data.Symmetry;
import org.lanewise.mheight.exact.CodeShape;
import org.lanewise.mheight.exact.ExactSolver;
import org.lanewise.nn.Linear;
import org.lanewise.nn.TransformerEncoder;
import org.lanewise.nn.TransformerEncoderLayer;

/**
 * Learns from P alone, without minors: track t1. P is brought to its canonical form ({@link CanonicalForm}); each of its k rows and
 * n - k columns is a token, as the n columns of G are nodes of a graph whose edges are P's entries. An entry x is shown as x and
 * {@code log2 |x|}, for small entries and small minors make large heights. A transformer without positions mixes the tokens; their
 * mean and maximum give z, and
 *
 * <pre>
 * log2 h_m = softplus(z_1) + ... + softplus(z_m)
 * </pre>
 *
 * so the heights rise with m as they must. With one copy the canonical matrix is shown in its canonical order; with more, in training
 * and for predictions, with rows and columns in random orders and with random signs, and the predictions are averaged.
 */
public final class ColumnNetwork extends HeightNetwork {
    /** Numbers shown of an entry: itself, and its logarithm. */
    private static final int SHOWN = 2;
    /** Entries below this are shown as this. */
    private static final double TINY = 0x1p-20;
    /** What log2 h rises by from one m to the next, about; where the outputs start. */
    private static final float[] RISE = {6.5f, 1, 1, 2, 4.5f};

    /**
     * @param width  of a token
     * @param layers of the transformer
     * @param heads  of each layer
     * @param copies of a code whose predictions are averaged
     */
    public record Size(int width, int layers, int heads, int copies) {}

    private final Size size;
    private final TransformerEncoder encoder;
    private final Map<CodeShape, Linear> rows = new LinkedHashMap<>();
    private final Map<CodeShape, Linear> columns = new LinkedHashMap<>();
    private final Map<CodeShape, Linear> hidden = new LinkedHashMap<>();
    private final Map<CodeShape, Linear> out = new LinkedHashMap<>();
    private final Map<ExactSolver, CanonicalForm> forms = new java.util.concurrent.ConcurrentHashMap<>();

    public ColumnNetwork(Size size, Rng rng) {
        this.size = size;
        int width = size.width();
        encoder = child("encoder", new TransformerEncoder(TransformerEncoderLayer.Config.of(width, size.heads())
                .dropout(0).activation(Activation.GELU).normFirst(true), size.layers(), true, rng));
        for (int k = 4; k <= 6; k++) {
            CodeShape shape = new CodeShape(9, k);
            int r = shape.parity();
            rows.put(shape, child("row" + k, new Linear(SHOWN * r, width, rng)));
            columns.put(shape, child("column" + k, new Linear(SHOWN * k, width, rng)));
            hidden.put(shape, child("hidden" + k, new Linear(2 * width, 2 * width, Activation.GELU, rng)));
            Linear last = child("out" + k, new Linear(2 * width, r, rng));
            for (int m = 0; m < r; m++) last.bias().value().set(m == r - 1 ? RISE[4] : RISE[m], m);
            out.put(shape, last);
        }
    }

    @Override
    public int copies() {
        return size.copies();
    }

    /** {@code [count, entries]}, canonical. */
    @Override
    public Tensor input(ExactSolver solver, double[] p, int count, long copy) {
        CodeShape shape = solver.shape();
        double[] canonical = forms.computeIfAbsent(solver, CanonicalForm::new).of(p, count);
        int entries = shape.entries();
        float[] shown = new float[count * entries];
        Symmetry symmetry = new Symmetry(shape);
        Rng rng = Rng.of(copy).stream("copies");
        double[] twin = new double[entries];
        for (int i = 0; i < count; i++) {
            if (size.copies() == 1)
                System.arraycopy(canonical, i * entries, twin, 0, entries);
            else
                symmetry.twin(rng, canonical, i * entries, twin, 0);
            for (int e = 0; e < entries; e++) shown[i * entries + e] = (float) twin[e];
        }
        return Tensor.of(shown, count, entries);
    }

    @Override
    public Variable forward(Tape tape, CodeShape shape, Tensor input) {
        if (!out.containsKey(shape)) throw unknown(shape);
        int count = input.size(0);
        int k = shape.k();
        int r = shape.parity();
        float[] p = input.toArray();
        float[] byRow = new float[count * k * SHOWN * r];
        float[] byColumn = new float[count * r * SHOWN * k];
        for (int i = 0; i < count; i++)
            for (int a = 0; a < k; a++)
                for (int b = 0; b < r; b++) {
                    float x = p[(i * k + a) * r + b];
                    float log = (float) (Math.getExponent(Math.max(Math.abs(x), TINY)) + mantissa(x)) / 4 + 1;
                    int row = ((i * k + a) * r + b) * SHOWN;
                    int column = ((i * r + b) * k + a) * SHOWN;
                    byRow[row] = byColumn[column] = x;
                    byRow[row + 1] = byColumn[column + 1] = log;
                }
        Variable tokens = Variable.concat(1,
                rows.get(shape).forward(tape.constant(Tensor.of(byRow, count, k, SHOWN * r))),
                columns.get(shape).forward(tape.constant(Tensor.of(byColumn, count, r, SHOWN * k))));
        Variable mixed = encoder.forward(tokens);
        Variable pooled = Variable.concat(1, mixed.mean(false, 1), mixed.max(1, false));
        return out.get(shape).forward(hidden.get(shape).forward(pooled)).softplus().cumsum(1);
    }

    /** A piecewise linear logarithm to base 2 of the part behind the exponent: exact at powers of two, the same bits everywhere. */
    private static double mantissa(float x) {
        double size = Math.max(Math.abs(x), TINY);
        return size / Math.scalb(1.0, Math.getExponent(size)) - 1;
    }

    @Override
    public double flops(CodeShape shape) {
        double width = size.width();
        double tokens = shape.n();
        double encoded = size.layers() * tokens * (12 * width * width + 2 * tokens * width);
        double embedded = 2.0 * SHOWN * shape.entries() * width;
        return 2 * (encoded + embedded + 4 * width * width + 2 * width * shape.parity());
    }
}
