package org.lanewise.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lanewise.autograd.Parameter;
import org.lanewise.engine.Tensor;

class WeightAverageTest {

    private final Parameter p = new Parameter("p", Tensor.of(new float[] {0}, 1));
    private final Map<String, Parameter> parameters = Map.of("p", p);

    private void set(float value) {
        p.value().set(value, 0);
    }

    @Test
    void uniformAverageIsTheMeanOfAllUpdates() {
        var average = WeightAverage.uniform(parameters);
        for (float value : new float[] {3, 5, 10}) {
            set(value);
            average.update();
        }
        try (WeightAverage.Scope _ = average.swapIn()) {
            assertThat(p.value().get(0)).isCloseTo(6f, within(1e-6f));
        }
        assertThat(p.value().get(0)).isEqualTo(10f);
    }

    @Test
    void exponentialAverageForgetsItsStart() {
        set(100);
        var average = WeightAverage.exponential(parameters, 0.9);
        double expected = 100;
        for (int t = 0; t < 200; t++) {
            set(t);
            average.update();
            double d = Math.min(0.9, (1.0 + t) / (10.0 + t));
            expected = d * expected + (1 - d) * t;
        }
        try (WeightAverage.Scope _ = average.swapIn()) {
            assertThat((double) p.value().get(0)).isCloseTo(expected, within(1e-3));
        }
    }

    @Test
    void resumesFromItsState() {
        var average = WeightAverage.exponential(parameters, 0.99);
        set(1);
        average.update();
        var resumed = WeightAverage.exponential(parameters, 0.99);
        resumed.loadState(average.state());
        set(2);
        average.update();
        resumed.update();
        assertThat(resumed.count()).isEqualTo(2);
        assertThat(resumed.state().get("average.p").toArray()).isEqualTo(average.state().get("average.p").toArray());
        assertThatThrownBy(() -> resumed.loadState(Map.of())).hasMessageContaining("average.p");
    }
}
