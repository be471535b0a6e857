package org.lanewise.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lanewise.engine.WorkerPool;
import org.lanewise.tabular.DesignMatrix;
import org.lanewise.tabular.JsonFiles;
import org.lanewise.tabular.Split;
import org.lanewise.tabular.survival.Survival;
import tools.jackson.databind.JsonNode;

/** Against cv.glmnet, elastic_net.R. */
class AlphaSearchTest {
    private static final JsonNode GOLDEN = Golden.read("elastic_net.json");
    private static final JsonNode SEARCH = GOLDEN.get("search");
    private static final DesignMatrix X = Golden.columns(GOLDEN.get("cox"));
    private static final double[] WEIGHTS = JsonFiles.doubles(GOLDEN.get("cox").get("weights"));
    private static final double[] ALPHAS = JsonFiles.doubles(SEARCH.get("alphas"));
    private static final ProximalElasticNet NET = ProximalElasticNet.defaults().withTies(Ties.BRESLOW)
            .withTolerance(1e-10);

    private static List<Split.Fold> folds() {
        int[] fold = Golden.ints(SEARCH.get("fold"));
        List<Split.Fold> folds = new ArrayList<>();
        for (int f = 1; f <= 5; f++) {
            int wanted = f;
            folds.add(new Split.Fold(IntStream.range(0, fold.length).filter(i -> fold[i] != wanted).toArray(),
                    IntStream.range(0, fold.length).filter(i -> fold[i] == wanted).toArray()));
        }
        return folds;
    }

    private static void same(AlphaSearch ours, JsonNode golden) {
        double[] deviance = JsonFiles.doubles(golden.get("deviance"));
        double[] error = JsonFiles.doubles(golden.get("standard_error"));
        for (int k = 0; k < deviance.length; k++) {
            assertThat(ours.deviance()[k]).isCloseTo(deviance[k], withinPercentage(1e-4));
            assertThat(ours.standardError()[k]).isCloseTo(error[k], withinPercentage(1e-2));
        }
        assertThat(ours.best()).isCloseTo(golden.get("best").asDouble(), within(1e-12));
        assertThat(ours.oneStandardError()).isCloseTo(golden.get("one_se").asDouble(), within(1e-12));
    }

    @Test
    void coxEqualsGlmnet() {
        Survival outcome = Survival.of(JsonFiles.doubles(SEARCH.get("time")),
                JsonFiles.doubles(GOLDEN.get("cox").get("status")));
        same(AlphaSearch.cox(NET.withL1Ratio(0.5), X, outcome, SurvivalRows.none(), ALPHAS, folds()),
                SEARCH.get("cox"));
    }

    @Test
    void gaussianEqualsGlmnetWithAnyNumberOfThreads() throws Exception {
        double[] y = X.column(5);
        DesignMatrix x = X.select("age", "sex", "ph.ecog", "wt.loss", "meal.cal");
        double[] alphas = Arrays.stream(ALPHAS).map(a -> 10 * a).toArray();
        AlphaSearch[] searches = new AlphaSearch[2];
        for (int threads = 1; threads <= 2; threads++) {
            try (WorkerPool pool = WorkerPool.of(threads)) {
                searches[threads - 1] = pool
                        .call(() -> AlphaSearch.gaussian(NET.withL1Ratio(1), x, y, WEIGHTS, alphas, folds()));
            }
        }
        same(searches[0], SEARCH.get("gaussian"));
        assertThat(searches[1].deviance()).containsExactly(searches[0].deviance());
    }
}
