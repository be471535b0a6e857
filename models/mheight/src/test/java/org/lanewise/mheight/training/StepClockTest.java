package org.lanewise.mheight.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.lanewise.engine.WorkerPool;

class StepClockTest {
    private long now;

    private StepClock clock() {
        return new StepClock(() -> now, 1, 3);
    }

    private void step(StepClock clock, int kind, double milliseconds) {
        now += 12_345_678; // a validation
        clock.begin(kind);
        now += (long) (milliseconds * 1e6);
        clock.afterStep(null);
    }

    @Test
    void quantilesOfEachKindCountAlike() {
        StepClock clock = clock();
        assertThat(clock.stepSeconds(.5)).isNaN();
        for (int i = 1; i <= 100; i++) step(clock, 0, i);
        assertThat(clock.stepSeconds(.5)).isCloseTo(.050, withinPercentage(.5));
        assertThat(clock.stepSeconds(.1)).isCloseTo(.010, withinPercentage(.5));
        step(clock, 1, 150);
        assertThat(clock.stepSeconds(.5)).isCloseTo(.100, withinPercentage(.5));
    }

    @Test
    void checkpointsKeepTheStepsOfTheSameThreads() {
        StepClock clock = clock();
        for (int i = 1; i <= 9; i++) step(clock, i % 2, i);
        Map<String, String> state = clock.state();
        StepClock resumed = clock();
        resumed.loadState(state);
        assertThat(resumed.stepSeconds(.5)).isEqualTo(clock.stepSeconds(.5));
        try (WorkerPool others = WorkerPool.of(WorkerPool.current().threads() + 1)) {
            StepClock elsewhere = clock();
            others.run(() -> elsewhere.loadState(state));
            assertThat(elsewhere.stepSeconds(.5)).isNaN();
        }
    }

    @Test
    void costsOfSeveralNetworksAreMeansByTheirSteps() {
        TrainingCost two = new TrainingCost(10, 4, 2, 300, .01, .008, 1e9)
                .plus(new TrainingCost(5, 0, 1, 100, .03, .024, 2e9));
        assertThat(two).isEqualTo(TrainingCost.NONE.plus(two))
                .isEqualTo(new TrainingCost(15, 4, 3, 400, 6. / 400, 4.8 / 400, 1.25e9));
        assertThat(two.withLastPart(7).seconds()).isEqualTo(11);
    }
}
