package org.lanewise.bench;

import java.util.Map;
import org.lanewise.henaw.HenawConfig;
import org.lanewise.henaw.HenawModel;
import org.lanewise.henaw.HenawPredictor;
import org.lanewise.henaw.HenawTrainer;
import org.lanewise.henaw.data.Cohort;
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
    private Cohort cohort;
    private double[][] values;
    private int next;

    @Override
    void prepare() {
        HenawConfig config = HenawConfig.defaults();
        HenawModel model = new HenawTrainer(config.withEnsembles(oneEpoch(config.age()), oneEpoch(config.mortality())))
                .train(RepairedGenerator.generate(TRAINED_ON, 1)).orElseThrow();
        predictor = HenawPredictor.of(model);
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
    public HenawPredictor.Prediction one() {
        int i = next++ & (values.length - 1);
        return predictor.predict(values[i], cohort.age(i), cohort.sex(i));
    }

    @Benchmark
    public HenawPredictor.Batch batch() {
        return predictor.predict(cohort);
    }

    static Work work(String method, Map<String, String> parameters) {
        return Work.elements(method.equals("one") ? 1 : Double.parseDouble(parameters.get("people")));
    }
}
