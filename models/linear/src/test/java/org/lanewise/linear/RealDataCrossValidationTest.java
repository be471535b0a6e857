package org.lanewise.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lanewise.tabular.DesignMatrix;
import org.lanewise.tabular.JsonFiles;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.csv.Csv;
import org.lanewise.tabular.survival.Survival;
import tools.jackson.databind.JsonNode;

/** Cross-validated deviances on public data against cv.glmnet's: real_data_cv.R. Data that are not there are skipped. */
class RealDataCrossValidationTest {
    private static final JsonNode GOLDEN = Golden.read("real_data_cv.json");

    static Stream<String> names() {
        return StreamSupport.stream(GOLDEN.get("cases").spliterator(), false).map(c -> c.get("name").asString());
    }

    @ParameterizedTest
    @MethodSource("names")
    void theSameDeviancesAsGlmnet(String name) {
        JsonNode golden = StreamSupport.stream(GOLDEN.get("cases").spliterator(), false)
                .filter(c -> c.get("name").asString().equals(name)).findFirst().orElseThrow();
        List<String> columns = golden.get("columns").valueStream().map(JsonNode::asString).toList();
        String target = golden.get("target").asString();
        String[] needed = Stream.concat(columns.stream(), Stream.of(target)).toArray(String[]::new);
        Table table = Csv.read(file(golden.get("file").asString())).complete(needed);
        assertThat(table.rows()).isEqualTo(golden.get("rows").asInt());

        double[] y = table.numbers(target);
        Family family = family(golden.get("family").asString());
        Response response = golden.get("status").isNull() ? Response.of(y) : survival(table, y, golden);
        ElasticNetCv.Result cv = ElasticNetCv.run(
                ElasticNetParams.builder(family).l1Ratio(golden.get("l1_ratio").asDouble())
                        .alphas(JsonFiles.doubles(golden.get("lambda"))).tolerance(1e-10).build(),
                ColumnStore.of(DesignMatrix.of(table, columns.toArray(String[]::new))), response,
                ElasticNetGoldenTest.folds(y.length));

        double[] mean = JsonFiles.doubles(golden.get("mean"));
        double[] error = JsonFiles.doubles(golden.get("error"));
        for (int k = 0; k < mean.length; k++) {
            assertThat(cv.deviance()[k]).as("deviance " + k).isCloseTo(mean[k], withinPercentage(2e-3));
            assertThat(cv.standardError()[k]).as("error " + k).isCloseTo(error[k], withinPercentage(2e-2));
        }
        double best = golden.get("best").asDouble();
        double oneSe = golden.get("one_se").asDouble();
        assertThat(cv.alpha(ElasticNetCv.AlphaRule.MIN)).isCloseTo(best, within(1e-12 * best));
        assertThat(cv.alpha(ElasticNetCv.AlphaRule.ONE_SE)).isCloseTo(oneSe, within(1e-12 * oneSe));
    }

    private static Family family(String name) {
        return switch (name) {
            case "gaussian" -> Family.gaussian();
            case "binomial" -> Family.binomial();
            case "poisson" -> Family.poisson();
            case "multinomial" -> Family.multinomial(3);
            default -> Family.cox(Ties.BRESLOW);
        };
    }

    private static Response survival(Table table, double[] time, JsonNode golden) {
        double[] status = table.numbers(golden.get("status").asString());
        boolean[] event = new boolean[time.length];
        for (int i = 0; i < event.length; i++) {
            event[i] = status[i] == golden.get("event").asDouble();
        }
        return Response.survival(Survival.of(Arrays.stream(time).map(t -> t + 1).toArray(), event));
    }

    private static Path file(String name) {
        String variable = System.getenv("LANEWISE_DATA");
        if (variable != null && Files.exists(Path.of(variable, "tabular", name))) {
            return Path.of(variable, "tabular", name);
        }
        for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
            Path candidate = up.resolve("shared/data/tabular").resolve(name);
            if (Files.exists(candidate)) {
                return candidate;
            }
        }
        return Assumptions.abort("shared/data/tabular/" + name + " is not there: skipped");
    }
}
