package org.lanewise.mheight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.lanewise.engine.Rng;
import org.lanewise.mheight.data.CodeLaw;
import org.lanewise.mheight.data.Group;
import org.lanewise.mheight.data.HeightRows;
import org.lanewise.mheight.data.HeightSplit;
import org.lanewise.mheight.network.PublishedNetwork;
import org.lanewise.mheight.training.PublishedPlan;
import org.lanewise.mheight.training.RowFeatures;

/** What a published network's evaluation says about its own rows, by one that has not learnt anything. */
class SplitEvaluationTest {
    private static MHeightModel.Published untrained(boolean leak) {
        MHeightConfig config = MHeightConfig.defaults().withPlans(new PublishedPlan(60, .2, 1, 64, 1e-3, 1e-4, 5, 2,
                -1, 0, false, 0, 0, false, false, 1, PublishedPlan.Models.ONE, leak),
                MHeightConfig.defaults().stream());
        HeightSplit split = SplitEvaluator.split(config);
        PublishedNetwork network = new PublishedNetwork(PublishedNetwork.Form.B, 0, 10, Rng.of(1));
        network.eval();
        return new MHeightModel.Published(config, RowFeatures.fit(split.train()),
                List.of(new MHeightModel.Part("one", Group.PUBLISHED, List.of(network))), split.train().means(),
                Map.of());
    }

    @Test
    void honestRowsShareNothingAndLeakingRowsMostlyDo() {
        MHeightModel.Published model = untrained(false);
        MHeightEvaluation result = new MHeightEvaluator(model).evaluate(CodeLaw.D1, 300, 3);
        SplitEvaluation honest = result.split().orElseThrow();
        assertThat(honest.leak()).isFalse();
        assertThat(honest.sharedOrbits()).isZero();
        assertThat(honest.sharedRows()).isZero();
        HeightRows valid = SplitEvaluator.split(model.config()).valid();
        assertThat(honest.groups().stream().mapToInt(SplitEvaluation.GroupErrors::rows).sum()).isEqualTo(valid.size());
        assertThat(honest.fresh()).isCloseTo(result.log2Mse(), within(1e-12));

        // the error on validation rows, the long way round
        SplitEvaluation.GroupErrors hard = honest.groups().get(3);
        double squares = 0;
        for (int row : valid.rowsOf(3)) {
            float said = MHeightPredictor.of(model).log2Heights(hard.group().shape(), valid.p()[row], 1)[4];
            squares += (said - valid.log2()[row]) * (said - valid.log2()[row]);
        }
        assertThat(hard.validation()).isCloseTo(squares / hard.rows(), within(1e-3));
        assertThat(hard.gained()).isEqualTo(hard.fresh() - hard.validation());

        SplitEvaluation leaking = new MHeightEvaluator(untrained(true)).evaluate(CodeLaw.D1, 300, 3).split()
                .orElseThrow();
        assertThat(leaking.leak()).isTrue();
        assertThat(leaking.sharedOrbits()).isGreaterThan(.95);
        assertThat(leaking.sharedRows()).isBetween(.8, .97);
    }

    @Test
    void onlyBesideFreshCodesOfTheTrainingsKind() {
        assertThat(new MHeightEvaluator(untrained(false)).evaluate(CodeLaw.D2, 100, 3).split()).isEmpty();
    }

    @Test
    void targetsAreThePublishedOnes() {
        SplitEvaluation split = new SplitEvaluation(false, 0, 0,
                List.of(new SplitEvaluation.GroupErrors(new Group(9, 4, 2), 10, .1, .2),
                        new SplitEvaluation.GroupErrors(new Group(9, 4, 5), 10, .59, .9)),
                .2);
        assertThat(split.targets()).extracting(SplitEvaluation.Target::isMetInValidation)
                .containsExactly(true, true, true, false);
        assertThat(split.targets()).extracting(SplitEvaluation.Target::isMetOnFreshCodes)
                .containsExactly(false, false, false, false);
        assertThat(split.targets().getLast().validation()).isCloseTo(.345 / .2, within(1e-9));
    }

    @Test
    void tailsPoolTheGroupsOfOneExponent() {
        MHeightEvaluation result = new MHeightEvaluator(untrained(false)).evaluate(CodeLaw.D1, 399, 3);
        assertThat(result.tails()).extracting(MHeightEvaluation.Tail::codimension).containsExactly(1, 2, 3, 4);
        assertThat(result.tails()).extracting(MHeightEvaluation.Tail::rows).containsExactly(1197, 1197, 798, 399);
        MHeightEvaluation.Tail easiest = result.tails().getLast();
        MHeightEvaluation.Score only = result.scores().getFirst();
        assertThat(easiest.log2Mse()).isCloseTo(only.log2Mse(), within(1e-9));
        assertThat(easiest.explained()).isCloseTo(1 - only.log2Mse() / only.variance(), within(1e-9));
        double[] residuals = new double[only.rows()];
        for (int i = 0; i < residuals.length; i++) residuals[i] = only.predicted()[i] - only.truth()[i];
        assertThat(easiest.bias()).isCloseTo(Arrays.stream(residuals).average().orElseThrow(), within(1e-4));
        Arrays.sort(residuals);
        assertThat(easiest.low()).isCloseTo(residuals[19], within(1e-6));
        assertThat(easiest.high()).isCloseTo(residuals[379], within(1e-6));
    }
}
