package org.lanewise.nn.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lanewise.autograd.GradCheck;
import org.lanewise.autograd.Tape;
import org.lanewise.autograd.Variable;
import org.lanewise.engine.Rng;
import org.lanewise.engine.ShapeException;
import org.lanewise.engine.Tensor;

class CoxLossTest {
    private static final Path DATA = Path.of("../src-test-data/nn");

    /** The definition, O(n^2): every risk set is summed anew. */
    private static double reference(double[] eta, float[] time, boolean[] event, float[] weight, int[] stratum,
            boolean efron) {
        double total = 0;
        for (int i = 0; i < eta.length; i++) {
            if (!event[i] || weight[i] == 0) continue;
            int rank = 0; // of this death among those at its time
            int count = 0;
            double mass = 0;
            double risk = 0;
            double dying = 0;
            for (int j = 0; j < eta.length; j++) {
                if (stratum[j] != stratum[i] || weight[j] == 0) continue;
                if (time[j] >= time[i]) risk += weight[j] * Math.exp(eta[j]);
                if (time[j] == time[i] && event[j]) {
                    dying += weight[j] * Math.exp(eta[j]);
                    mass += weight[j];
                    if (j < i) rank++;
                    count++;
                }
            }
            double gone = efron ? (double) rank / count : 0;
            total += weight[i] * eta[i] - mass / count * Math.log(risk - gone * dying);
        }
        return total;
    }

    private record Cohort(float[] time, boolean[] event, float[] weight, int[] stratum, Tensor eta) {
        static Cohort random(long seed, int n, int times) {
            Rng rng = Rng.of(seed);
            float[] time = new float[n];
            boolean[] event = new boolean[n];
            float[] weight = new float[n];
            int[] stratum = new int[n];
            for (int i = 0; i < n; i++) {
                time[i] = rng.nextInt(times);
                event[i] = rng.nextFloat() < 0.6f;
                weight[i] = rng.nextInt(5) / 2f; // some are 0
                stratum[i] = rng.nextInt(3) - 1;
            }
            return new Cohort(time, event, weight, stratum, rng.normal(Tensor.zeros(n), 0, 1.5f));
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1", "2,1", "7,3", "40,1", "40,6", "40,1000000"})
    void agreesWithTheDefinitionInDouble(int n, int times) {
        for (int seed = 1; seed <= 3; seed++) {
            Cohort c = Cohort.random(seed, n, times);
            for (boolean efron : new boolean[] {false, true}) {
                CoxLoss loss = (efron ? CoxLoss.efron() : CoxLoss.breslow()).weights(c.weight).strata(c.stratum).sum();
                GradCheck.of(in -> loss.apply(in[0], c.time, c.event), c.eta).check(
                        in -> new double[] {-reference(in[0], c.time, c.event, c.weight, c.stratum, efron)});
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"breslow.plain", "breslow.weighted", "breslow.strata", "efron.plain", "efron.weighted",
            "efron.strata"})
    void agreesWithSurvivalInR(String name) throws IOException {
        Properties logLikelihoods = new Properties();
        try (Reader reader = Files.newBufferedReader(DATA.resolve("cox.properties"))) {
            logLikelihoods.load(reader);
        }
        double expected = Double.parseDouble(logLikelihoods.getProperty(name));

        List<String> lines = Files.readAllLines(DATA.resolve("cox.csv"));
        int column = List.of(lines.get(0).split(",")).indexOf(name);
        int n = lines.size() - 1;
        double[] eta = new double[n];
        double[] residuals = new double[n];
        float[] time = new float[n];
        boolean[] event = new boolean[n];
        float[] weight = name.endsWith("plain") ? null : new float[n];
        int[] stratum = name.endsWith("strata") ? new int[n] : null;
        for (int i = 0; i < n; i++) {
            String[] cells = lines.get(i + 1).split(",");
            eta[i] = Double.parseDouble(cells[0].trim());
            time[i] = Float.parseFloat(cells[1].trim());
            event[i] = cells[2].trim().equals("1");
            if (weight != null) weight[i] = Float.parseFloat(cells[3].trim());
            if (stratum != null) stratum[i] = Integer.parseInt(cells[4].trim());
            residuals[i] = Double.parseDouble(cells[column].trim());
        }
        CoxRisk risk = new CoxRisk(eta, time, event, weight, stratum, name.startsWith("efron"));
        assertThat(risk.logLikelihood).isCloseTo(expected, within(1e-9));
        for (int i = 0; i < n; i++) assertThat(risk.gradient[i]).as("row " + i).isCloseTo(residuals[i], within(1e-9));
    }

    @Test
    void isTheMeanOverDeaths() {
        float[] time = {1, 2, 3};
        boolean[] event = {true, false, true};
        try (Tape tape = Tape.inference()) {
            Variable eta = tape.constant(Tensor.zeros(3, 1));
            assertThat(CoxLoss.efron().apply(eta, time, event).item()).isCloseTo((float) Math.log(3) / 2,
                    within(1e-6f));
            assertThat(CoxLoss.efron().sum().apply(eta, time, event).item()).isCloseTo((float) Math.log(3),
                    within(1e-6f));
        }
    }

    @Test
    void hazardsFarApartNeitherOverflowNorVanish() {
        // the late risk set has hazards e^-2000 of the early one's, and still its own comparison counts
        float[] time = {1, 5, 6};
        boolean[] event = {true, true, true};
        double[] eta = {1000, -1000, -1001};
        CoxRisk risk = new CoxRisk(eta, time, event, null, null, true);
        double late = Math.log1p(Math.exp(-1));
        assertThat(risk.logLikelihood).isCloseTo(-late, within(1e-12));
        double share = 1 / (1 + Math.exp(-1));
        assertThat(risk.gradient[1]).isCloseTo(1 - share, within(1e-12));
        assertThat(risk.gradient[2]).isCloseTo(-(1 - share), within(1e-12));
    }

    @Test
    void withoutADeathIsZero() {
        try (Tape tape = Tape.recording(1)) {
            Variable eta = tape.leaf(Tensor.ones(3));
            Variable loss = CoxLoss.breslow().apply(eta, new float[3], new boolean[3]);
            assertThat(loss.item()).isZero();
            assertThat(tape.backward(loss).of(eta).toArray()).containsOnly(0f);
            Variable none = tape.leaf(Tensor.zeros(0));
            assertThat(CoxLoss.efron().apply(none, new float[0], new boolean[0]).item()).isZero();
        }
    }

    @Test
    void orderOfSubjectsChangesNothingButRounding() {
        Cohort c = Cohort.random(5, 200, 20);
        int[] p = Rng.of(9).permutation(200);
        double[] eta = new double[200];
        double[] shuffledEta = new double[200];
        float[] time = new float[200];
        boolean[] event = new boolean[200];
        for (int i = 0; i < 200; i++) eta[i] = c.eta.get(i);
        for (int i = 0; i < 200; i++) {
            shuffledEta[i] = eta[p[i]];
            time[i] = c.time[p[i]];
            event[i] = c.event[p[i]];
        }
        CoxRisk straight = new CoxRisk(eta, c.time, c.event, null, null, true);
        CoxRisk shuffled = new CoxRisk(shuffledEta, time, event, null, null, true);
        assertThat(shuffled.logLikelihood).isCloseTo(straight.logLikelihood, within(1e-9));
        for (int i = 0; i < 200; i++)
            assertThat(shuffled.gradient[i]).isCloseTo(straight.gradient[p[i]], within(1e-12));
    }

    @Test
    void faultsAreNamed() {
        try (Tape tape = Tape.inference()) {
            Variable eta = tape.constant(Tensor.zeros(2));
            boolean[] event = new boolean[2];
            assertThatThrownBy(() -> CoxLoss.efron().apply(eta, new float[3], new boolean[3]))
                    .isInstanceOf(ShapeException.class).hasMessageContaining("[2]").hasMessageContaining("[3]");
            assertThatThrownBy(() -> CoxLoss.efron().apply(eta, new float[2], new boolean[3]))
                    .isInstanceOf(ShapeException.class).hasMessageContaining("3 events for 2 times");
            assertThatThrownBy(() -> CoxLoss.efron().apply(eta, new float[] {1, Float.NaN}, event))
                    .hasMessageContaining("time 1 is NaN");
            assertThatThrownBy(() -> CoxLoss.efron().weights(new float[] {1, -1}).apply(eta, new float[2], event))
                    .hasMessageContaining("weight 1 is -1");
        }
    }
}
