package org.lanewise.bench;

import java.util.Map;
import org.lanewise.henaw.HenawConfig;
import org.lanewise.henaw.HenawExplainer;
import org.lanewise.henaw.HenawModel;
import org.lanewise.henaw.HenawPredictor;
import org.lanewise.henaw.HenawTrainer;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.Marker;
import org.lanewise.henaw.features.HenawFeatures;
import org.lanewise.henaw.network.EnsembleConfig;
import org.lanewise.henaw.synth.RepairedGenerator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;

/** HENAW's predictor at its default size: one person from measurements to numbers, and a cohort. */
public class HenawBenchmark extends Timed {
    /** Enough to train on: one epoch, as the speed does not depend on what was learnt. */
    private static final int TRAINED_ON = 2_000;

    @Param({"100000"})
    public int people;

    private HenawPredictor predictor;
    private HenawExplainer explainer;
    private final HenawPredictor.Batch result = HenawPredictor.Batch.of(1);
    private Cohort cohort;
    private double[][] values;
    private int next;

    @Override
    void prepare() {
        HenawConfig config = HenawConfig.defaults();
        HenawModel model = new HenawTrainer(config.withEnsembles(oneEpoch(config.age()), oneEpoch(config.mortality())))
                .train(RepairedGenerator.generate(TRAINED_ON, 1)).orElseThrow();
        predictor = HenawPredictor.of(model);
        explainer = HenawExplainer.of(model);
        cohort = RepairedGenerator.generate(people, 2);
        values = new double[Math.min(people, 1024)][];
        for (int i = 0; i < values.length; i++) {
            int person = i;
            values[i] = predictor.markers().stream().mapToDouble(marker -> cohort.value(marker, person)).toArray();
        }
    }

    private static EnsembleConfig oneEpoch(EnsembleConfig e) {
        return new EnsembleConfig(e.members(), e.embed(), e.hidden(), e.dropout(), e.basis(), 1, e.batch(),
                e.skipRate(), e.deepRate(), e.decay(), e.net(), e.crossFit());
    }

    /** Timed call by call, for its percentiles. */
    @Benchmark
    @BenchmarkMode(Mode.SampleTime)
    public HenawPredictor.Batch one() {
        int i = next++ & (values.length - 1);
        predictor.predict(values[i], cohort.age(i), cohort.sex(i), result, 0);
        return result;
    }

    @Benchmark
    public HenawPredictor.Batch batch() {
        return predictor.predict(cohort);
    }

    /** Shapley values and integrated gradients of one person. */
    @Benchmark
    public HenawExplainer.Explanation explain() {
        int i = next++ & (values.length - 1);
        return explainer.explain(values[i], cohort.age(i), cohort.sex(i));
    }

    static Work work(String method, Map<String, String> parameters) {
        if (method.equals("explain")) return Work.elements(1);
        double rows = method.equals("one") ? 1 : Double.parseDouble(parameters.get("people"));
        return Work.flops(rows * flopsPerPerson(), rows);
    }

    private static double flopsPerPerson() {
        HenawConfig config = HenawConfig.defaults();
        Cohort few = RepairedGenerator.generate(300, 1);
        HenawFeatures age = HenawFeatures.fit(few, Marker.NINE, false, config.age().basis());
        HenawFeatures mortality = HenawFeatures.fit(few, Marker.NINE, true, config.mortality().basis());
        return 2.0 * (config.age().multiplyAdds(age, 2) + config.mortality().multiplyAdds(mortality, 1));
    }
}
