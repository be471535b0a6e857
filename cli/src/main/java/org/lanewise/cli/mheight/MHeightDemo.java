package org.lanewise.cli.mheight;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.lanewise.cli.demo.Demo;
import org.lanewise.cli.run.Provenance;
import org.lanewise.cli.run.RunDirectory;
import org.lanewise.cli.terminal.Console;
import org.lanewise.mheight.MHeightArtifacts;
import org.lanewise.mheight.MHeightConfig;
import org.lanewise.mheight.MHeightEvaluation;
import org.lanewise.mheight.MHeightEvaluator;
import org.lanewise.mheight.MHeightModel;
import org.lanewise.mheight.MHeightTrainer;
import org.lanewise.mheight.data.CodeLaw;
import org.lanewise.mheight.exact.CodeShape;
import org.lanewise.mheight.search.CodeSearch;

/**
 * A network learns the heights of codes of length 9 from their minors, beside the exact solver; then a code of small height is
 * looked for.
 */
final class MHeightDemo implements Demo {
    private static final int STEPS = 90;
    private static final int CODES = 64;
    private static final int TEST = 3000;
    /** The published networks leave 0.5 to 1.2. */
    private static final double MOST_ERROR = .05;
    private static final double RATE = 100_000;
    /** The smallest published h_4 of a code of length 9 and dimension 5 is 80, with entries up to 8. */
    private static final double SMALL_HEIGHT = 80;

    MHeightDemo() {}

    @Override
    public String description() {
        return "m-height: " + STEPS * CODES
                + " codes of length 9 teach a network; exact values; a code of small height";
    }

    @Override
    public Result run(Path out, long seed, Console console) {
        try (RunDirectory run = RunDirectory.open(out)) {
            MHeightConfig defaults = MHeightConfig.defaults().withVariant(MHeightConfig.Variant.T2).withSeed(seed);
            MHeightConfig config = defaults.withPlans(defaults.published(), defaults.stream().shorter(STEPS, CODES));
            Provenance provenance = Provenance.of("demo").with("seed", seed);
            run.begin(config, provenance, false);
            MHeightModel model = new MHeightTrainer(config).train().orElseThrow();
            MHeightArtifacts.save(model, run.model());
            MHeightEvaluator evaluator = new MHeightEvaluator(model);
            evaluator.evaluate(CodeLaw.D1, TEST, seed + 1); // compiles what is timed below
            MHeightEvaluation result = evaluator.evaluate(CodeLaw.D1, TEST, seed);
            CodeSearch.Found found = new CodeSearch(
                    new CodeSearch.Plan(new CodeShape(9, 5), 4, 8, 64, 3000, .3, .01, seed))
                    .run(_ -> {}, () -> false);
            Map<String, Object> metrics = result.tree();
            metrics.put("search_h4", found.heights()[3]);
            run.writeMetrics(metrics);
            Path page = run.writeReport(new EvalReport(model, result).page(Map.of(), provenance));
            run.finish();
            return new Result(List.of(
                    new Figure("log2-MSE, mean of nine groups", result.log2Mse(), result.meanMse(), "training mean",
                            MOST_ERROR, false, 4, false),
                    new Figure("exact codes a second", result.exactPerSecond(), result.matricesPerSecond(),
                            "the network", RATE, true, 0, true),
                    new Figure("least h4 of " + found.codes() + " codes tried, entries to 8", found.heights()[3],
                            Double.NaN, "", SMALL_HEIGHT, false, 1, false)),
                    page);
        }
    }
}
