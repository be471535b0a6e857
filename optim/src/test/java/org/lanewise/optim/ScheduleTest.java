package org.lanewise.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ScheduleTest {

    private static final Map<String, Schedule> SCHEDULES = Map.of(
            "step", Schedule.step(4, 0.3),
            "cosine", Schedule.cosine(10, 0.1),
            "warm_restarts", Schedule.warmRestarts(4, 2, 0.05),
            "linear", Schedule.linear(8, 0.2),
            "one_cycle", Schedule.oneCycle(20, 0.3, 25, 1e4));

    @ParameterizedTest
    @ValueSource(strings = {"step", "cosine", "warm_restarts", "linear", "one_cycle"})
    void followsPyTorch(String name) {
        double[] expected = Golden.doubles(Golden.ROOT.get("schedules").get(name));
        double[] factors = LongStream.range(0, expected.length).mapToDouble(SCHEDULES.get(name)::factor).toArray();
        assertThat(factors).containsExactly(expected, within(1e-9));
    }

    @Test
    void holdsTheFloorAfterTheEnd() {
        assertThat(Schedule.cosine(10, 0.1).factor(1000)).isEqualTo(0.1);
        assertThat(Schedule.linear(10, 0.2).factor(1000)).isEqualTo(0.2);
        assertThat(Schedule.oneCycle(20, 0.3, 25, 1e4).factor(1000)).isCloseTo(4e-6, within(1e-12));
    }

    @Test
    void warmsUpLinearlyAndThenStartsTheOther() {
        Schedule schedule = Schedule.warmUp(4, Schedule.step(1, 0.5));
        assertThat(LongStream.range(0, 7).mapToDouble(schedule::factor).toArray()).containsExactly(0.25, 0.5, 0.75, 1,
                1, 0.5,
                0.25);
    }

    @Test
    void plateauFollowsPyTorchAndResumes() {
        JsonNode golden = Golden.ROOT.get("plateau");
        double[] losses = Golden.doubles(golden.get("losses"));
        double[] expected = Golden.doubles(golden.get("factors"));
        var plateau = new Plateau(0.5, 2, 1e-4, 0.2);
        for (int i = 0; i < losses.length; i++) {
            assertThat(plateau.observe(losses[i])).as("after %d", i).isCloseTo(expected[i], within(1e-12));
            var resumed = new Plateau(0.5, 2, 1e-4, 0.2);
            resumed.state(plateau.state());
            plateau = resumed;
        }
    }
}
