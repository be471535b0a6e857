package org.lanewise.boosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lanewise.boosting.objective.Link;
import org.lanewise.boosting.objective.Metric;
import org.lanewise.boosting.objective.Objective;
import org.lanewise.boosting.objective.Target;
import org.lanewise.engine.Rng;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.survival.Survival;

/** Gradients are the derivatives of the losses, and each objective learns what it is for. */
class ObjectivesTest {

    private interface Loss {
        double of(double f, int row);
    }

    /** A loss of one row, written down independently of the objective. */
    private record Case(Objective objective, Target target, Loss loss, double hessianFactor) {
        @Override
        public String toString() {
            return objective.name();
        }
    }

    static Stream<Case> smoothLosses() {
        double[] y = {0.3, 1.7, 4, 2.2, 0.9};
        double[] w = {1, 2, 0.5, 1, 3};
        Target amounts = Target.of(y).withWeights(w);
        double[] binary = {0, 1, 1, 0, 1};
        double[] soft = {0, 0.2, 1, 0.7, 0.5};
        double[] upper = {0.3, 2.5, Double.POSITIVE_INFINITY, 2.2, Double.POSITIVE_INFINITY};
        Target times = Target.interval(y, upper);
        return Stream.of(new Case(Objective.squared(), amounts, (f, i) -> w[i] * (f - y[i]) * (f - y[i]) / 2, 1),
                new Case(Objective.logistic(), Target.of(binary),
                        (f, i) -> Math.log1p(Math.exp(binary[i] == 1 ? -f : f)), 1),
                new Case(Objective.parse("binary sigmoid:1.5"), Target.of(binary),
                        (f, i) -> Math.log1p(Math.exp(1.5 * (binary[i] == 1 ? -f : f))), 1),
                new Case(Objective.crossEntropy(), Target.of(soft).withWeights(w),
                        (f, i) -> w[i] * (Math.log1p(Math.exp(f)) - soft[i] * f), 1),
                new Case(Objective.poisson(), amounts, (f, i) -> w[i] * (Math.exp(f) - y[i] * f), Math.exp(0.7)),
                new Case(Objective.gamma(), amounts, (f, i) -> w[i] * (f + y[i] * Math.exp(-f)), 1),
                new Case(Objective.tweedie(1.3), amounts,
                        (f, i) -> w[i] * (Math.exp(0.7 * f) / 0.7 + y[i] * Math.exp(-0.3 * f) / 0.3), 1),
                new Case(Objective.aft("logistic", 0.8), times, (f, i) -> aft(f, y[i], upper[i], 0.8), 1),
                new Case(Objective.cox(), Target
                        .of(Survival.of(new double[] {3, 1, 2, 2, 5}, new boolean[] {true, true, true, true, false})),
                        null, 1));
    }

    private static double aft(double f, double lower, double upper, double scale) {
        double zl = 1 / (1 + Math.exp(-(Math.log(lower) - f) / scale));
        if (lower == upper) return -Math.log(zl * (1 - zl) / scale);
        double zu = upper == Double.POSITIVE_INFINITY ? 1 : 1 / (1 + Math.exp(-(Math.log(upper) - f) / scale));
        return -Math.log(zu - zl);
    }

    /** Minus the log partial likelihood of the five rows above, summed pair by pair. */
    private static double cox(double[] f) {
        double[] time = {3, 1, 2, 2, 5};
        double loss = 0;
        for (int i = 0; i < 4; i++) {
            double risk = 0;
            for (int j = 0; j < 5; j++) risk += time[j] >= time[i] ? Math.exp(f[j]) : 0;
            loss -= f[i] - Math.log(risk);
        }
        return loss;
    }

    @ParameterizedTest
    @MethodSource("smoothLosses")
    void derivativesAreThoseOfTheLoss(Case c) {
        double[] f = {0.4, -0.7, 1.1, 0.2, 0.6};
        float[] g = new float[5];
        float[] h = new float[5];
        c.objective().bind(c.target()).gradients(f, g, h);
        for (int i = 0; i < 5; i++) {
            double step = 1e-4;
            double[] value = new double[3];
            for (int s = -1; s <= 1; s++) {
                double[] moved = f.clone();
                moved[i] += s * step;
                value[s + 1] = c.loss() == null ? cox(moved) : c.loss().of(moved[i], i);
            }
            assertThat((double) g[i]).as("gradient, row " + i).isCloseTo((value[2] - value[0]) / (2 * step),
                    within(1e-5));
            assertThat((double) h[i]).as("hessian, row " + i)
                    .isCloseTo(c.hessianFactor() * (value[2] - 2 * value[1] + value[0]) / (step * step),
                            within(1e-5 + 1e-5 * h[i]));
        }
    }

    @Test
    void softmaxGradients() {
        double[] f = {0.1, 0.5, -1, 0.3, 2, 0.2}; // two rows, three classes, class after class
        float[] g = new float[6];
        float[] h = new float[6];
        Objective.softmax(3).bind(Target.of(2, 0)).gradients(f, g, h);
        for (int i = 0; i < 2; i++) {
            double sum = Math.exp(f[i]) + Math.exp(f[2 + i]) + Math.exp(f[4 + i]);
            for (int c = 0; c < 3; c++) {
                double p = Math.exp(f[2 * c + i]) / sum;
                assertThat((double) g[2 * c + i]).isCloseTo(p - (c == (i == 0 ? 2 : 0) ? 1 : 0), within(1e-6));
                assertThat((double) h[2 * c + i]).isCloseTo(1.5 * p * (1 - p), within(1e-6));
            }
        }
    }

    @Test
    void aCustomLossIsTheBuiltInOne() {
        TestData data = TestData.regression(3_000, 6, 1);
        double mean = Arrays.stream(data.label()).average().orElseThrow();
        Objective mine = Objective.custom("mine", Link.IDENTITY, mean, (f, y) -> f - y, (f, y) -> 1);
        double[] own = fit(mine, data).predict(data.x());
        double[] builtIn = fit(Objective.squared(), data).predict(data.x());
        for (int i = 0; i < own.length; i++) assertThat(own[i]).isCloseTo(builtIn[i], within(0.1));
        assertThat(Metric.rmse().of(own, data.target())).isCloseTo(Metric.rmse().of(builtIn, data.target()),
                within(0.01));
    }

    private static BoostingModel fit(Objective objective, TestData data) {
        return new GradientBoosting(BoostingParams.builder(objective).trees(40).leaves(15).build()).fit(data.bins(),
                data.target());
    }

    @Test
    void aQuantileLiesAboveItsShareOfRows() {
        TestData data = TestData.regression(8_000, 6, 2);
        double[] q = fit(Objective.quantile(0.8), data).predict(data.x());
        double share = IntStream.range(0, q.length).filter(i -> data.label()[i] <= q[i]).count() / (double) q.length;
        assertThat(share).isBetween(0.77, 0.83);
    }

    @Test
    void rankingPutsTheRelevantFirst() {
        Rng rng = Rng.of(3);
        int queries = 200;
        double[] x = new double[queries * 10 * 3];
        double[] y = new double[queries * 10];
        for (int i = 0; i < y.length; i++) {
            for (int j = 0; j < 3; j++) x[3 * i + j] = rng.nextGaussian();
            y[i] = Math.max(0, Math.min(4, Math.rint(x[3 * i] + 2 * Math.abs(x[3 * i + 1]))));
        }
        int[] groups = new int[queries];
        Arrays.fill(groups, 10);
        Target target = Target.of(y).withGroups(groups);
        Features f = Features.ofRows(x, 3);
        BoostingModel model = new GradientBoosting(
                BoostingParams.builder(Objective.lambdaMart()).trees(50).leaves(15).build()).fit(f, target);
        double[] none = new double[y.length];
        assertThat(Metric.parse("ndcg@5").of(none, target)).isLessThan(0.75);
        assertThat(Metric.parse("ndcg@5").of(model.predict(f), target)).isGreaterThan(0.97);
        assertThatThrownBy(() -> new GradientBoosting(BoostingParams.of(Objective.lambdaMart())).fit(f, Target.of(y)))
                .hasMessageContaining("groups");
    }

    @Test
    void survivalObjectivesOrderRisks() {
        Rng rng = Rng.of(4);
        double[] x = new double[4_000 * 2];
        double[] time = new double[4_000];
        boolean[] event = new boolean[4_000];
        for (int i = 0; i < time.length; i++) {
            x[2 * i] = rng.nextGaussian();
            x[2 * i + 1] = rng.nextGaussian();
            double death = -Math.log(1 - rng.nextDouble()) * Math.exp(-x[2 * i] - (x[2 * i + 1] > 0 ? 1 : 0));
            double leaves = -2 * Math.log(1 - rng.nextDouble());
            time[i] = Math.min(death, leaves) + 1e-6;
            event[i] = death <= leaves;
        }
        Features f = Features.ofRows(x, 2);
        Target target = Target.of(Survival.of(time, event));
        double[] hazard = new GradientBoosting(BoostingParams.builder(Objective.cox()).trees(50).leaves(8).build())
                .fit(f, target).predict(f);
        assertThat(Metric.parse("concordance").of(hazard, target)).isBetween(0.74, 0.82);
        double[] when = new GradientBoosting(
                BoostingParams.builder(Objective.aft("extreme", 1)).trees(50).leaves(8).build()).fit(f, target)
                .predict(f);
        double[] risk = Arrays.stream(when).map(t -> -t).toArray();
        assertThat(Metric.parse("concordance").of(risk, target)).isBetween(0.74, 0.82);
    }

    @Test
    void labelsOutOfRangeAreNamed() {
        assertThatThrownBy(() -> Objective.logistic().bind(Target.of(0, 1, 2))).isInstanceOf(BadInputException.class)
                .hasMessageContaining("row 3")
                .hasMessageContaining("\"2.0\"");
        assertThatThrownBy(() -> Objective.poisson().bind(Target.of(1, -1))).hasMessageContaining("row 2");
        assertThatThrownBy(() -> Objective.gamma().bind(Target.of(1, 0))).hasMessageContaining("row 2");
        assertThatThrownBy(() -> Target.of(1, Double.NaN)).hasMessageContaining("row 2");
        assertThatThrownBy(() -> Objective.cox().bind(Target.of(Survival.of(new double[] {1, 2}, new boolean[2]))))
                .hasMessageContaining("event");
        assertThatThrownBy(() -> Objective.parse("nonsense")).hasMessageContaining("nonsense")
                .hasMessageContaining("binary");
    }

    @Test
    void namesAreReadBack() {
        for (Objective o : new Objective[] {Objective.squared(), Objective.absolute(), Objective.huber(0.7),
                Objective.quantile(0.25), Objective.poisson(),
                Objective.gamma(), Objective.tweedie(1.3), Objective.logistic(), Objective.crossEntropy(),
                Objective.softmax(5),
                Objective.oneVersusAll(4), Objective.lambdaMart(), Objective.cox(), Objective.aft("normal", 1.5)}) {
            assertThat(Objective.parse(o.name())).isEqualTo(o);
        }
    }
}
