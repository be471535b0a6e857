package org.lanewise.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lanewise.tabular.JsonFiles;
import tools.jackson.databind.JsonNode;

class LearnersComparisonTest {

    @TempDir
    Path folder;

    /** Parts in this virtual machine. */
    private static int here(String type, List<String> arguments, String heap) throws Exception {
        String[] args = arguments.toArray(String[]::new);
        switch (type) {
            case "BoostingComparison" -> BoostingComparison.run(args);
            case "ElasticNetComparison" -> ElasticNetComparison.run(args);
            case "RealDataComparison" -> RealDataComparison.run(args);
            default -> ElasticNetRealData.run(args);
        }
        return 0;
    }

    @Test
    void oneReportOfEverything() throws Exception {
        assertThat(
                LearnersComparison.run(LearnersComparisonTest::here, "quick", "shapes=small,2000x20000", "peers=none",
                        "fits=2", "sets=pbc", "data=" + folder, "out=" + folder))
                .isTrue();
        assertThat(folder.resolve("learners.md")).content().contains("### Boosted trees: 100 of 63 leaves")
                .contains("| small 1000 x 9 | lanewise INT15, first fit |")
                .contains("| small 1000 x 9 | lanewise INT15 |")
                .contains("### Elastic net paths").contains("| 200 x 2000 | lanewise |")
                .contains("pbc: skipped, there is no").doesNotContain("recipe");
        JsonNode json = JsonFiles.read(folder.resolve("learners.json"));
        JsonNode trees = json.get("tables").get(0).get("rows").get(1);
        assertThat(trees.get("accuracy").asDouble()).isBetween(0.6, 1.0);
        assertThat(trees.get("ratio").asDouble()).isEqualTo(1);
        assertThat(json.get("tables").get(1).get("rows").get(1).get("largest gap").asDouble()).isBetween(0.0, 2e-6);
    }

    @Test
    void partsAndTheirArguments() throws Exception {
        List<String> runs = new ArrayList<>();
        LearnersComparison.run((type, arguments, heap) -> {
            runs.add(type + " " + String.join(" ", arguments.subList(0, arguments.size() - 1)) + " " + heap);
            return 1;
        }, "boosting", "elastic-net", "shapes=long,2000x200000,100000x100", "peers=none", "heap=3g", "out=" + folder);
        assertThat(runs).containsExactly("BoostingComparison long threads=2 peers=none fits=3 3g",
                "ElasticNetComparison 2000x200000 peers=none fits=3 folds=0 3g",
                "ElasticNetComparison 100000x100 peers=none fits=3 folds=5 3g");
    }

    @Test
    void aPartThatFailsIsNamedAndTheRestIsDone() throws Exception {
        List<String> runs = new ArrayList<>();
        boolean complete = LearnersComparison.run((type, _, _) -> {
            runs.add(type);
            return 3;
        }, "boosting", "shapes=long,small", "peers=none", "out=" + folder);
        assertThat(complete).isFalse();
        assertThat(runs).hasSize(2);
        assertThat(folder.resolve("learners.md")).content()
                .contains("BoostingComparison long threads=2 peers=none fits=3: failed with exit status 3");
    }

    @Test
    void whatIsNotKnownIsNamed() {
        assertThatThrownBy(() -> LearnersComparison.run(LearnersComparisonTest::here, "trees"))
                .hasMessageContaining("no part trees");
        assertThatThrownBy(() -> LearnersComparison.run(LearnersComparisonTest::here, "rows=5"))
                .hasMessageContaining("no option rows=5");
        assertThatThrownBy(() -> BoostingComparison.run("circle")).hasMessageContaining("no shape circle");
        assertThatThrownBy(() -> BoostingComparison.run("small", "peers=catboost"))
                .hasMessageContaining("no peer catboost");
        assertThatThrownBy(() -> ElasticNetComparison.run("wide")).hasMessageContaining("2000x20000");
        assertThatThrownBy(() -> ElasticNetRealData.run("iris")).hasMessageContaining("no data iris");
    }
}
