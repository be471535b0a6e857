package org.lanewise.cli.mheight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.lanewise.cli.run.Provenance;
import org.lanewise.engine.Rng;
import org.lanewise.mheight.MHeightConfig;
import org.lanewise.mheight.MHeightEvaluation;
import org.lanewise.mheight.MHeightEvaluator;
import org.lanewise.mheight.MHeightModel;
import org.lanewise.mheight.data.CodeLaw;
import org.lanewise.mheight.data.Group;
import org.lanewise.mheight.data.HeightRows;
import org.lanewise.mheight.network.PublishedNetwork;
import org.lanewise.mheight.training.PublishedPlan;
import org.lanewise.mheight.training.RowFeatures;
import org.lanewise.tabular.JsonFiles;

/** What a report says about a published network that has learnt nothing from rows that leak. */
class EvalReportTest {
    @Test
    void publishedFiguresLeakAndTargets() {
        MHeightConfig config = MHeightConfig.defaults().withPlans(new PublishedPlan(50, .2, 1, 64, 1e-3, 1e-4, 5, 2,
                -1, 0, false, 0, 0, false, false, 1, PublishedPlan.Models.ONE, true),
                MHeightConfig.defaults().stream());
        HeightRows rows = HeightRows.draw(CodeLaw.D1, Group.PUBLISHED, 50, config.seed());
        PublishedNetwork network = new PublishedNetwork(PublishedNetwork.Form.B, 0, 20, Rng.of(1));
        network.eval();
        MHeightModel model = new MHeightModel.Published(config, RowFeatures.fit(rows),
                List.of(new MHeightModel.Part("one", Group.PUBLISHED, List.of(network))), rows.means(), Map.of());
        MHeightEvaluation result = new MHeightEvaluator(model).evaluate(CodeLaw.D1, 200, 1);
        EvalReport report = new EvalReport(model, result);
        assertThat(report.text()).contains("better than the best public network in 0 of 9 groups; not overall: ",
                "against 0.582 (harshwadhawe)", "Run 1*", "0.103", "100.0 % of the validation rows have their code",
                "with the label (published.leak)",
                "worst group", "missed", "Honest validation does not meet", "explained");
        assertThat(report.page(Map.of(), Provenance.of("test")).toHtml()).contains("Beside public networks",
                "Shruti*", "comparable", "Own validation rows", "Residuals by a");
        String json = JsonFiles.text(result.tree());
        assertThat(json).contains("\"best_public\"", "\"shared_orbits\"", "\"gained\"", "\"published_targets\"");
    }
}
