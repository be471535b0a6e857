package org.lanewise.henaw;

import java.util.Arrays;
import java.util.List;
import org.lanewise.engine.WorkerPool;
import org.lanewise.henaw.calibration.LabelConditionalIntervals;
import org.lanewise.henaw.clocks.Clock;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.Marker;
import org.lanewise.henaw.network.PackedEnsemble;
import org.lanewise.henaw.training.Task;

/**
 * Predicts with the repaired variant. Each thread keeps its own scratch, so a single person costs one small result and no
 * other lasting memory. A person gets the same bits alone and in a batch.
 */
final class EnsemblePredictor extends HenawPredictor {
    private final EnsembleModel model;
    private final PackedEnsemble age;
    private final PackedEnsemble mortality;
    private final List<Marker> markers;
    private final int[] agePositions;
    private final int[] mortalityPositions;
    private final ThreadLocal<Scratch> single = ThreadLocal.withInitial(() -> new Scratch(1));

    EnsemblePredictor(EnsembleModel model) {
        this.model = model;
        age = new PackedEnsemble(model.age().features(), model.age().members());
        mortality = model.hasMortality()
                ? new PackedEnsemble(model.mortality().features(), model.mortality().members())
                : null;
        markers = mortality == null ? age.features().markers() : mortality.features().markers();
        agePositions = positions(age.features().markers());
        mortalityPositions = mortality == null ? null : positions(markers);
    }

    private int[] positions(List<Marker> wanted) {
        int[] at = wanted.stream().mapToInt(markers::indexOf).toArray();
        if (Arrays.stream(at).anyMatch(i -> i < 0))
            throw new IllegalArgumentException("the model's parts use different markers: " + wanted + ", " + markers);
        return at;
    }

    @Override
    public List<Marker> markers() {
        return markers;
    }

    @Override
    public EnsembleModel model() {
        return model;
    }

    @Override
    public Prediction predict(double[] values, double years, double sex) {
        if (values.length != markers.size())
            throw new IllegalArgumentException(
                    "predict: " + values.length + " values for the " + markers.size() + " markers " + markers);
        Scratch s = single.get();
        int filled = s.enter(values, years, sex, 0);
        s.evaluate();
        Batch one = s.one;
        s.finish(0, years, sex, filled, one, 0);
        return one.row(0);
    }

    @Override
    public Batch predict(Cohort people) {
        int n = people.size();
        Batch out = Batch.of(n);
        int block = PackedEnsemble.BLOCK;
        int blocks = (n + block - 1) / block;
        int tasks = Math.min(blocks, WorkerPool.current().threads() * 4);
        WorkerPool.current().forEach(tasks, t -> {
            Scratch s = null;
            double[] values = new double[markers.size()];
            for (int b = (int) ((long) t * blocks / tasks); b < (int) ((long) (t + 1) * blocks / tasks); b++) {
                int from = b * block;
                int count = Math.min(block, n - from);
                if (s == null || s.n != count)
                    s = new Scratch(count);
                int[] filled = new int[count];
                for (int r = 0; r < count; r++) {
                    for (int j = 0; j < values.length; j++)
                        values[j] = people.value(markers.get(j), from + r);
                    filled[r] = s.enter(values, people.age(from + r), people.sex(from + r), r);
                }
                s.evaluate();
                for (int r = 0; r < count; r++)
                    s.finish(r, people.age(from + r), people.sex(from + r), filled[r], out, from + r);
            }
        });
        return out;
    }

    @Override
    public double[] riskBy(double t, double[] logHazard) {
        double h = model.mortality().baseline().at(t);
        return Arrays.stream(logHazard).map(eta -> -Math.expm1(-h * Math.exp(eta))).toArray();
    }

    /** Buffers for blocks of n people. */
    private final class Scratch {
        final int n;
        final Batch one = Batch.of(1);
        private final double[] picked;
        private final float[] ageIn;
        private final float[] ageOut;
        private final float[] riskIn;
        private final float[] riskOut;
        private final float[] work;

        Scratch(int n) {
            this.n = n;
            picked = new double[age.features().markers().size()];
            ageIn = new float[age.features().width() * n];
            ageOut = new float[age.columns() * n];
            riskIn = mortality == null ? null : new float[mortality.features().width() * n];
            riskOut = mortality == null ? null : new float[mortality.columns() * n];
            work = new float[Math.max(age.workSize(), mortality == null ? 0 : mortality.workSize()) * n];
        }

        /** Returns how many markers are missing. */
        int enter(double[] values, double years, double sex, int row) {
            int missing = 0;
            for (double v : values)
                missing += Double.isNaN(v) ? 1 : 0;
            for (int j = 0; j < picked.length; j++)
                picked[j] = values[agePositions[j]];
            age.features().write(picked, years, sex, ageIn, row, n);
            if (mortality != null)
                mortality.features().write(values, years, sex, riskIn, row, n);
            return missing;
        }

        void evaluate() {
            age.evaluate(ageIn, n, ageOut, work);
            if (mortality != null)
                mortality.evaluate(riskIn, n, riskOut, work);
        }

        void finish(int row, double years, double sex, int filled, Batch out, int at) {
            boolean nothing = filled == markers.size();
            out.filled()[at] = filled;
            guessAge(row, sex, nothing, out, at);
            if (mortality == null) {
                out.risk()[at] = Double.NaN;
                out.logHazard()[at] = Double.NaN;
                out.biologicalAge()[at] = out.guessedAge()[at];
                out.gap()[at] = model.age().bias().gap(out.guessedAge()[at], years);
                return;
            }
            EnsembleModel.MortalityPart part = model.mortality();
            double eta = nothing ? Double.NaN : 0;
            for (int m = 0; m < mortality.size(); m++)
                eta += (riskOut[m * n + row] - part.offsets()[m]) / mortality.size();
            double cumulative = part.baseline().at(part.baseline().horizon());
            out.logHazard()[at] = eta;
            out.risk()[at] = -Math.expm1(-cumulative * Math.exp(eta));
            out.biologicalAge()[at] = part.scale().years(Math.log(cumulative) + eta, sex);
            out.gap()[at] = part.bias().gap(out.biologicalAge()[at], years);
        }

        private void guessAge(int row, double sex, boolean nothing, Batch out, int at) {
            EnsembleModel.AgePart part = model.age();
            double mean = nothing ? Double.NaN : 0;
            double square = 0;
            double within = 0;
            int members = age.size();
            for (int m = 0; m < members; m++) {
                double mu = part.mean() + part.sd() * ageOut[2 * m * n + row];
                double sd = Task.Age.deviation(ageOut[(2 * m + 1) * n + row], part.sd());
                mean += mu / members;
                square += mu * mu / members;
                within += sd * sd / members;
            }
            double between = Math.max(square - mean * mean, 0);
            LabelConditionalIntervals.Years years = part.intervals().of(mean, sex);
            out.guessedAge()[at] = Math.min(Math.max(mean, part.youngest()), part.oldest());
            out.guessedAgeSd()[at] = nothing ? Double.NaN : Math.sqrt(within + between);
            out.lower()[at] = years.lower();
            out.upper()[at] = years.upper();
        }
    }
}
