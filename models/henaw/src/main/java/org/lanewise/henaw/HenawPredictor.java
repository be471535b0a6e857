package org.lanewise.henaw;

import java.util.List;
import java.util.Map;
import org.lanewise.henaw.clocks.Clock;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.Marker;
import org.lanewise.henaw.data.Disease;

/**
 * Predicts with a trained model of either variant: measurements in, numbers out. Immutable and thread-safe. A person gets the
 * same bits alone and in a batch.
 *
 * <pre>{@code
 * HenawPredictor henaw = HenawPredictor.of(HenawArtifacts.load(Path.of("runs/henaw/model")));
 * HenawPredictor.Prediction p = henaw.predict(new double[] {2.1, 36, 71, 44, 31, 13.1, 24}, 56, 1);
 * System.out.println(p.biologicalAge() + " years, risk " + p.risk());
 * }</pre>
 */
public abstract sealed class HenawPredictor implements Clock permits EnsemblePredictor, PublishedPredictor {
    /** For the variants. */
    HenawPredictor() {}

    /** A predictor of this model. */
    public static HenawPredictor of(HenawModel model) {
        return switch (model) {
            case EnsembleModel ensemble -> new EnsemblePredictor(ensemble);
            case PublishedModel published -> new PublishedPredictor(published);
        };
    }

    /**
     * What is predicted of one person. A figure that the model or the input does not allow is NaN.
     *
     * @param biologicalAge years: from the 10-year risk when the model was trained on mortality, else the guessed age
     * @param gap           how many years biological age is above what is usual at this age
     * @param risk          probability of dying within the model's horizon
     * @param logHazard     log hazard relative to the training people's mean
     * @param guessedAge    age guessed from markers and sex alone
     * @param guessedAgeSd  standard deviation of that guess, the ensemble's disagreement included
     * @param lower         lower end of the age interval
     * @param upper         upper end of the age interval
     * @param filled        how many of the model's markers were missing and replaced by their conditional mean
     */
    public record Prediction(double biologicalAge, double gap, double risk, double logHazard, double guessedAge,
            double guessedAgeSd, double lower, double upper, int filled) {}

    /** Predictions of many people, one array per figure, in the order of the rows. */
    public record Batch(double[] biologicalAge, double[] gap, double[] risk, double[] logHazard, double[] guessedAge,
            double[] guessedAgeSd, double[] lower, double[] upper, int[] filled) {
        /** Room for n people. */
        public static Batch of(int n) {
            return new Batch(new double[n], new double[n], new double[n], new double[n], new double[n], new double[n],
                    new double[n], new double[n], new int[n]);
        }

        /** Number of people. */
        public int size() {
            return risk.length;
        }

        /** One person's figures. */
        public Prediction row(int i) {
            return new Prediction(biologicalAge[i], gap[i], risk[i], logHazard[i], guessedAge[i], guessedAgeSd[i],
                    lower[i], upper[i], filled[i]);
        }
    }

    /** The markers of {@link #predict(double[], double, double)}, in order. */
    public abstract List<Marker> markers();

    /** The model. */
    public abstract HenawModel model();

    /**
     * One person.
     *
     * @param values one per marker of {@link #markers()} in its canonical unit, NaN where not measured; not modified
     * @param years  chronological age; NaN allowed when only the guessed age is wanted
     * @param sex    0 female, 1 male, NaN unknown
     * @throws IllegalArgumentException if there is not one value per marker
     */
    public abstract Prediction predict(double[] values, double years, double sex);

    /**
     * One person without allocating the result: for services that answer many.
     *
     * @param out receives the figures at {@code row}
     * @throws IllegalArgumentException if there is not one value per marker
     */
    public abstract void predict(double[] values, double years, double sex, Batch out, int row);

    /** Everybody, on the current worker pool; rows do not depend on one another. */
    public abstract Batch predict(Cohort people);

    /**
     * Further figures of many people, which only some variants have.
     *
     * @param diseases probability of each disease; empty if the variant has none
     * @param trained  those whose labels were trained on; the probabilities of others mean nothing
     * @param weights  share of each marker in the adaptive weighting; empty if it is not one weight per person
     */
    public record Details(Map<Disease, double[]> diseases, List<Disease> trained, Map<Marker, double[]> weights) {
        static final Details NONE = new Details(Map.of(), List.of(), Map.of());
    }

    /** What the variant can say of many people beyond {@link #predict(Cohort)}. */
    public Details details(Cohort people) {
        return Details.NONE;
    }

    /** Absolute risks of death by time t from log hazards, up to the model's horizon; NaN if the model has none. */
    public abstract double[] riskBy(double t, double[] logHazard);

    @Override
    public String label() {
        return "HENAW";
    }

    /** What ranks people: log hazard when trained on mortality, else the guessed age. */
    @Override
    public double[] apply(Cohort people) {
        Batch batch = predict(people);
        return model().hasMortality() ? batch.logHazard() : batch.guessedAge();
    }
}
