package org.lanewise.cli.linear;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.lanewise.cli.ExitCode;
import org.lanewise.cli.RunOptions;
import org.lanewise.cli.WorkCommand;
import org.lanewise.cli.run.Provenance;
import org.lanewise.cli.run.RunDirectory;
import org.lanewise.cli.terminal.Console;
import org.lanewise.cli.terminal.ConsoleTable;
import org.lanewise.cli.terminal.Quantity;
import org.lanewise.linear.ElasticNetCv;
import org.lanewise.linear.table.LinearConfig;
import org.lanewise.linear.table.LinearTrainer;
import org.lanewise.tabular.DataFingerprint;
import org.lanewise.tabular.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code linear cv}: how well each alpha predicts rows held out; keeps no model.
 */
@Command(name = "cv", description = "Shows how well each alpha predicts rows held out.")
public final class CvCommand extends WorkCommand {
    @Mixin
    private RunOptions options;

    @Mixin
    private DataOptions data;

    /** For picocli. */
    public CvCommand() {}

    @Override
    protected RunOptions options() { return options; }

    @Override
    protected int work(Console console) {
        LinearConfig config = data.applyTo(options.settings(LinearConfig.defaults())).build();
        try (RunDirectory run = RunDirectory.open(options.out(Path.of("runs", LinearCommand.NAME, "cv")))) {
            Table table = data.read();
            Provenance provenance = Provenance.of("linear cv").with("seed", config.seed())
                    .with("source", table.source()).with("data", "sha256 " + DataFingerprint.of(table));
            run.begin(config, provenance, false);
            ElasticNetCv.Result cv = new LinearTrainer(config).train(table, data.roles(), Map.of()).cv();
            ConsoleTable shown = ConsoleTable.of("alpha", "coefficients", "deviance", "standard error", "");
            int best = cv.index(ElasticNetCv.AlphaRule.MIN);
            int sparser = cv.index(ElasticNetCv.AlphaRule.ONE_SE);
            for (int k = 0; k < cv.path().size(); k++) {
                shown.row(Quantity.figure(cv.path().alphas()[k], 6), cv.path().steps().get(k).df(),
                        Quantity.figure(cv.deviance()[k], 5), Quantity.figure(cv.standardError()[k], 5),
                        k == best ? "least" : k == sparser ? "one standard error" : "");
            }
            Map<String, Object> metrics = new LinkedHashMap<>();
            metrics.put("alphas", cv.path().alphas());
            metrics.put("deviance", cv.deviance());
            metrics.put("standard_error", cv.standardError());
            metrics.put("coefficients", cv.path().steps().stream().mapToInt(s -> s.df()).toArray());
            metrics.put("alpha_min", cv.alpha(ElasticNetCv.AlphaRule.MIN));
            metrics.put("alpha_one_se", cv.alpha(ElasticNetCv.AlphaRule.ONE_SE));
            run.writeMetrics(metrics);
            run.finish();
            console.print(shown.toText());
            console.json(metrics);
        }
        return ExitCode.OK;
    }
}
