package org.lanewise.henaw.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lanewise.engine.Rng;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.WorkerPool;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.Marker;
import org.lanewise.henaw.features.HenawFeatures;
import org.lanewise.henaw.features.SkipBasis;
import org.lanewise.henaw.synth.RepairedGenerator;

/** One person at a time and blocks of people, bit for bit, for ensembles that fill their lanes and that do not. */
class PackedEnsembleTest {
    private static final Cohort PEOPLE = RepairedGenerator.generate(100, 5);

    @ParameterizedTest
    @CsvSource({"1,9,6", "2,9,8", "4,3,8", "5,1,4", "8,9,16", "11,3,5"})
    void aPersonGetsTheSameBitsAloneAndInABlock(int members, int markers, int embed) {
        HenawFeatures features = HenawFeatures.fit(PEOPLE, Marker.NINE.subList(0, markers), true,
                SkipBasis.Kind.LINEAR);
        List<Map<String, Tensor>> states = IntStream.range(0, members)
                .mapToObj(m -> new HenawNetwork(features, embed, 10, 0, 2, Rng.of(m)).stateDict()).toList();
        PackedEnsemble ensemble = new PackedEnsemble(features, states);
        float[][] together = ensemble.evaluate(PEOPLE);
        try (WorkerPool one = WorkerPool.of(1)) {
            one.run(() -> assertThat(ensemble.evaluate(PEOPLE)).isEqualTo(together));
        }
        PackedEnsemble.Evaluation alone = ensemble.person();
        double[] values = new double[markers];
        double[] logs = new double[markers];
        for (int i = 0; i < PEOPLE.size(); i++) {
            for (int j = 0; j < markers; j++)
                values[j] = PEOPLE.value(features.markers().get(j), i);
            HenawFeatures.logarithms(features.markers(), values, logs);
            alone.enter(0, values, logs, PEOPLE.age(i), PEOPLE.sex(i));
            alone.run();
            for (int m = 0; m < members; m++)
                for (int k = 0; k < 2; k++)
                    assertThat(alone.output(m, k, 0)).as("person " + i + ", member " + m)
                            .isEqualTo(together[m * 2 + k][i]).isFinite();
        }
        assertThat(together[0]).doesNotContain(together[0][0], org.assertj.core.data.Index.atIndex(1));
    }
}
