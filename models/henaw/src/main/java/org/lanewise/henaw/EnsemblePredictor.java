package org.lanewise.henaw;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.lanewise.engine.WorkerPool;
import org.lanewise.henaw.calibration.LabelConditionalIntervals;
import org.lanewise.henaw.clocks.Clock;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.Marker;
import org.lanewise.henaw.features.HenawFeatures;
import org.lanewise.henaw.network.PackedEnsemble;
import org.lanewise.henaw.training.Task;

/**
 * Predicts with the repaired variant. Each thread keeps its own scratch, so a single person costs one small result and no
 * other lasting memory. A person gets the same bits alone and in a batch.
 */
final class EnsemblePredictor extends HenawPredictor {
    private static final int BLOCK = PackedEnsemble.BLOCK;
    /** Enough tasks that threads end together. */
    private static final int TASKS_PER_THREAD = 8;

    private final EnsembleModel model;
    private final PackedEnsemble age;
    private final PackedEnsemble mortality;
    private final DiseasePredictor diseases;
    private final List<Marker> markers;
    private final int[] agePositions;
    /** Cumulative baseline hazard at the horizon, and its logarithm. */
    private final double cumulative;
    private final double logCumulative;
    private final ThreadLocal<Scratch> single = ThreadLocal.withInitial(() -> new Scratch(true));

    EnsemblePredictor(EnsembleModel model) {
        this.model = model;
        age = new PackedEnsemble(model.age().features(), model.age().members());
        mortality = model.hasMortality()
                ? new PackedEnsemble(model.mortality().features(), model.mortality().members())
                : null;
        diseases = new DiseasePredictor(model);
        markers = mortality == null ? age.features().markers() : mortality.features().markers();
        agePositions = positions(age.features().markers());
        cumulative = mortality == null
                ? Double.NaN
                : model.mortality().baseline().at(model.mortality().baseline().horizon());
        logCumulative = Math.log(cumulative);
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
    public Details details(Cohort people) {
        return new Details(diseases.predict(people), diseases.all(), Map.of());
    }

    @Override
    public Prediction predict(double[] values, double years, double sex) {
        Scratch s = single.get();
        predict(values, years, sex, s.one, 0);
        return s.one.row(0);
    }

    @Override
    public void predict(double[] values, double years, double sex, Batch out, int row) {
        if (values.length != markers.size())
            throw new IllegalArgumentException(
                    "predict: " + values.length + " values for the " + markers.size() + " markers " + markers);
        Scratch s = single.get();
        s.enter(values, years, sex, 0);
        s.run();
        s.finish(0, years, sex, out, row);
    }

    @Override
    public Batch predict(Cohort people) {
        int n = people.size();
        Batch out = Batch.of(n);
        double[][] columns = markers.stream().map(people::column).toArray(double[][]::new);
        int blocks = (n + BLOCK - 1) / BLOCK;
        int tasks = Math.min(blocks, WorkerPool.current().threads() * TASKS_PER_THREAD);
        WorkerPool.current().forEach(tasks, t -> {
            Scratch s = new Scratch(false);
            double[] values = new double[columns.length];
            for (int b = (int) ((long) t * blocks / tasks); b < (int) ((long) (t + 1) * blocks / tasks); b++) {
                int from = b * BLOCK;
                int count = Math.min(BLOCK, n - from);
                for (int r = 0; r < count; r++) {
                    for (int j = 0; j < values.length; j++)
                        values[j] = columns[j][from + r];
                    s.enter(values, people.age(from + r), people.sex(from + r), r);
                }
                s.run();
                for (int r = 0; r < count; r++)
                    s.finish(r, people.age(from + r), people.sex(from + r), out, from + r);
            }
        });
        return out;
    }

    @Override
    public double[] riskBy(double t, double[] logHazard) {
        double h = model.mortality().baseline().at(t);
        return Arrays.stream(logHazard).map(eta -> -Math.expm1(-h * Math.exp(eta))).toArray();
    }

    /** One thread's buffers, for one person or a block of people. */
    private final class Scratch {
        private final Batch one = Batch.of(1);
        private final PackedEnsemble.Evaluation guess;
        private final PackedEnsemble.Evaluation hazard;
        private final double[] logs = new double[markers.size()];
        private final double[] ageValues = new double[agePositions.length];
        private final double[] ageLogs = new double[agePositions.length];
        private final int[] filled;

        Scratch(boolean single) {
            guess = single ? age.person() : age.people();
            hazard = mortality == null ? null : single ? mortality.person() : mortality.people();
            filled = new int[single ? 1 : BLOCK];
        }

        void enter(double[] values, double years, double sex, int row) {
            int missing = 0;
            for (double v : values)
                missing += Double.isNaN(v) ? 1 : 0;
            filled[row] = missing;
            HenawFeatures.logarithms(markers, values, logs);
            for (int j = 0; j < ageValues.length; j++) {
                ageValues[j] = values[agePositions[j]];
                ageLogs[j] = logs[agePositions[j]];
            }
            guess.enter(row, ageValues, ageLogs, years, sex);
            if (hazard != null)
                hazard.enter(row, values, logs, years, sex);
        }

        void run() {
            guess.run();
            if (hazard != null)
                hazard.run();
        }

        void finish(int row, double years, double sex, Batch out, int at) {
            boolean nothing = filled[row] == markers.size();
            out.filled()[at] = filled[row];
            guessAge(row, sex, nothing, out, at);
            if (mortality == null) {
                out.risk()[at] = Double.NaN;
                out.logHazard()[at] = Double.NaN;
                out.biologicalAge()[at] = out.guessedAge()[at];
                out.gap()[at] = model.age().bias().gap(out.guessedAge()[at], years);
                return;
            }
            EnsembleModel.MortalityPart part = model.mortality();
            double[] offsets = part.offsets();
            double eta = nothing ? Double.NaN : 0;
            for (int m = 0; m < offsets.length; m++)
                eta += (hazard.output(m, 0, row) - offsets[m]) / offsets.length;
            out.logHazard()[at] = eta;
            out.risk()[at] = -Math.expm1(-cumulative * Math.exp(eta));
            out.biologicalAge()[at] = part.scale().years(logCumulative + eta, sex);
            out.gap()[at] = part.bias().gap(out.biologicalAge()[at], years);
        }

        private void guessAge(int row, double sex, boolean nothing, Batch out, int at) {
            EnsembleModel.AgePart part = model.age();
            double mean = nothing ? Double.NaN : 0;
            double square = 0;
            double within = 0;
            int members = age.size();
            for (int m = 0; m < members; m++) {
                double mu = part.mean() + part.sd() * guess.output(m, 0, row);
                double sd = Task.Age.deviation(guess.output(m, 1, row), part.sd());
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
