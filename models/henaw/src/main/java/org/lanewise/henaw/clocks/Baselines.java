package org.lanewise.henaw.clocks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.Disease;
import org.lanewise.henaw.data.Marker;
import org.lanewise.tabular.BadInputException;

/**
 * The simpler models that a HENAW has to beat, fitted on the same people when it is trained and kept with it. One that cannot
 * be fitted on the data (no outcomes, too few people) is absent.
 *
 * @param ageSex    Cox on age and sex
 * @param cox       Cox on age, sex and the markers
 * @param gompertz  Gompertz proportional hazards on the same
 * @param ols       least squares of age on sex and the markers
 * @param kdm       Klemera-Doubal age from the markers
 * @param disorder  homeostatic dysregulation
 * @param diseases  logistic regression of each disease on age and sex
 * @param medianAge of the training people
 */
public record Baselines(LinearClock ageSex, LinearClock cox, LinearClock gompertz, LinearClock ols, KlemeraDoubal kdm,
        HomeostaticDysregulation disorder, Map<Disease, LinearClock> diseases, double medianAge) {
    /** Copies. */
    public Baselines {
        diseases = diseases.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(diseases));
    }

    /**
     * Fits what can be fitted.
     *
     * @param forAge   people the age model was trained on
     * @param followed people the mortality model was trained on; null without outcomes
     */
    public static Baselines fit(Cohort forAge, Cohort followed, List<Marker> markers, double horizon) {
        double[] ages = java.util.Arrays.stream(forAge.age()).sorted().toArray();
        return new Baselines(
                followed == null ? null : tried(() -> LinearClock.cox("Cox, age + sex", followed, List.of(), horizon)),
                followed == null
                        ? null
                        : tried(() -> LinearClock.cox("Cox, age + sex + markers", followed, markers, horizon)),
                followed == null
                        ? null
                        : tried(() -> LinearClock.gompertz("Gompertz, age + sex + markers", followed, markers,
                                horizon)),
                tried(() -> LinearClock.age("least squares on age", forAge, markers)),
                tried(() -> KlemeraDoubal.fit(forAge, markers)),
                tried(() -> HomeostaticDysregulation.fit(forAge, markers)), Map.of(), ages[ages.length / 2]);
    }

    /** These and a logistic regression for every disease whose labels these people have. */
    public Baselines withDiseases(Cohort people, List<Disease> wanted) {
        Map<Disease, LinearClock> fitted = new EnumMap<>(Disease.class);
        for (Disease d : wanted)
            Optional.ofNullable(
                    tried(() -> LinearClock.logistic("logistic regression, age + sex", people, d, List.of())))
                    .ifPresent(line -> fitted.put(d, line));
        return new Baselines(ageSex, cox, gompertz, ols, kdm, disorder, fitted, medianAge);
    }

    /** A baseline that the data do not allow is absent: the table says so, the training goes on. */
    private static <T> T tried(Supplier<T> fit) {
        try {
            return fit.get();
        } catch (IllegalArgumentException | ArithmeticException | BadInputException e) {
            System.getLogger(Baselines.class.getName()).log(System.Logger.Level.DEBUG, "baseline left out", e);
            return null;
        }
    }

    /** Those that rank by risk or age, in the order of tables. */
    public List<Clock> clocks() {
        List<Clock> all = new ArrayList<>();
        for (Clock c : new Clock[] {ageSex, cox, gompertz, ols, kdm, disorder})
            Optional.ofNullable(c).ifPresent(all::add);
        return all;
    }

    /** What a model file keeps. */
    public Stored stored() {
        return new Stored(store(ageSex), store(cox), store(gompertz), store(ols), kdm == null ? null : kdm.stored(),
                disorder == null ? null : disorder.stored(), diseases.isEmpty() ? null : storedDiseases(), medianAge);
    }

    private Map<String, StoredLine> storedDiseases() {
        Map<String, StoredLine> lines = new TreeMap<>();
        diseases.forEach((disease, line) -> lines.put(disease.label(), store(line)));
        return lines;
    }

    private static StoredLine store(LinearClock c) {
        return c == null
                ? null
                : new StoredLine(c.label(), c.usesAge(), c.markers().stream().map(Marker::shortName).toList(),
                        Double.isNaN(c.crpFloor()) ? null : c.crpFloor(), c.intercept(), c.weights());
    }

    /** A {@link LinearClock} in plain values. */
    record StoredLine(String label, boolean usesAge, List<String> markers, Double crpFloor, double intercept,
            double[] weights) {
        LinearClock open() {
            return new LinearClock(label, usesAge, named(markers), crpFloor == null ? Double.NaN : crpFloor, intercept,
                    weights);
        }
    }

    static List<Marker> named(List<String> names) {
        return names.stream()
                .map(m -> Marker.named(m).orElseThrow(() -> new IllegalArgumentException("unknown marker " + m)))
                .toList();
    }

    /** Everything fitted, in plain values. */
    public record Stored(StoredLine ageSex, StoredLine cox, StoredLine gompertz, StoredLine ols,
            KlemeraDoubal.Stored kdm,
            HomeostaticDysregulation.Stored disorder, Map<String, StoredLine> diseases, double medianAge) {
        /** The clocks again. */
        public Baselines open() {
            return new Baselines(open(ageSex), open(cox), open(gompertz), open(ols), kdm == null ? null : kdm.open(),
                    disorder == null ? null : disorder.open(), openDiseases(), medianAge);
        }

        private Map<Disease, LinearClock> openDiseases() {
            Map<Disease, LinearClock> open = new EnumMap<>(Disease.class);
            if (diseases != null)
                diseases.forEach((label, line) -> open.put(Disease.named(label)
                        .orElseThrow(() -> new IllegalArgumentException("unknown disease " + label)), line.open()));
            return open;
        }

        private static LinearClock open(StoredLine line) {
            return line == null ? null : line.open();
        }
    }
}
