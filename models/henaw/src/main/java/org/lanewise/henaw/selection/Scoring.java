package org.lanewise.henaw.selection;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.lanewise.henaw.clocks.PhenoAge;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.Marker;
import org.lanewise.tabular.survival.Concordance;
import org.lanewise.tabular.survival.Survival;

/**
 * C in every fold, of any method on the same people: those with every marker, and with PhenoAge's inputs when most of them
 * have those.
 */
final class Scoring {
    /** A concordance of fewer deaths is not worth a figure. */
    static final int FEWEST_DEATHS = 5;
    private static final double YOUNGEST = 40;
    private static final double OLDEST = 70;

    private final List<Marker> markers;
    private final double horizon;
    private final boolean withPhenoAge;

    Scoring(Cohort people, List<Marker> markers, double horizon) {
        this.markers = markers;
        this.horizon = horizon;
        double[] pheno = PhenoAge.BIOAGE.apply(people);
        long complete = IntStream.range(0, people.size()).filter(i -> people.isComplete(markers, i)).count();
        long both = IntStream.range(0, people.size())
                .filter(i -> people.isComplete(markers, i) && !Double.isNaN(pheno[i])).count();
        withPhenoAge = both > 0 && 2 * both >= complete;
    }

    boolean withPhenoAge() {
        return withPhenoAge;
    }

    /** Who is counted, in words. */
    String rows() {
        return "followed people with all markers of the model" + (withPhenoAge ? " and of PhenoAge" : "");
    }

    /** @param risk of the fold's held-out people; higher dies sooner */
    FoldScores of(List<Fold> folds, Function<Fold, double[]> risk) {
        double[] all = new double[folds.size()];
        double[] middle = new double[folds.size()];
        for (int f = 0; f < all.length; f++) {
            Cohort test = folds.get(f).test();
            double[] values = risk.apply(folds.get(f));
            double[] pheno = withPhenoAge ? PhenoAge.BIOAGE.apply(test) : null;
            int[] rows = IntStream.range(0, test.size()).filter(i -> test.isComplete(markers, i)
                    && (pheno == null || !Double.isNaN(pheno[i])) && !Double.isNaN(values[i])).toArray();
            all[f] = c(test, values, rows);
            middle[f] = c(test, values, IntStream.of(rows)
                    .filter(i -> test.age(i) >= YOUNGEST && test.age(i) <= OLDEST).toArray());
        }
        return new FoldScores(all, middle);
    }

    private double c(Cohort people, double[] risk, int[] rows) {
        if (rows.length == 0)
            return Double.NaN;
        Survival outcome = Survival.of(IntStream.of(rows).mapToDouble(people::time).toArray(),
                IntStream.of(rows).mapToDouble(people::event).toArray()).censoredAt(horizon);
        return outcome.eventCount() < FEWEST_DEATHS
                ? Double.NaN
                : Concordance.harrell(outcome, IntStream.of(rows).mapToDouble(i -> risk[i]).toArray()).index();
    }
}
