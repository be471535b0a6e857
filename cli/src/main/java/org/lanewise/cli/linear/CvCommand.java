package org.lanewise.cli.linear;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import org.lanewise.cli.ExitCode;
import org.lanewise.cli.RunOptions;
import org.lanewise.cli.WorkCommand;
import org.lanewise.cli.report.HtmlReport;
import org.lanewise.cli.run.Interruption;
import org.lanewise.cli.run.Provenance;
import org.lanewise.cli.run.RunDirectory;
import org.lanewise.cli.terminal.Console;
import org.lanewise.cli.terminal.ConsoleTable;
import org.lanewise.linear.ElasticNetCv;
import org.lanewise.linear.ElasticNetPath;
import org.lanewise.linear.table.LinearConfig;
import org.lanewise.linear.table.LinearTrainer;
import org.lanewise.tabular.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code linear cv}: how well each alpha predicts rows held out; keeps no model.
 */
@Command(name = "cv", description = "Shows how well each alpha predicts rows held out.")
public final class CvCommand extends WorkCommand {
    @Mixin
    private RunOptions options;

    @Mixin
    private DataOptions data;

    @Option(names = "--resume", description = "Go on with the interrupted cross-validation in --out.")
    private boolean resume;

    /** For picocli. */
    public CvCommand() {}

    @Override
    protected RunOptions options() { return options; }

    @Override
    protected int work(Console console) throws Exception {
        LinearConfig config = data.applyTo(options.settings(LinearConfig.defaults())).build();
        try (RunDirectory run = RunDirectory.open(options.out(Path.of("runs", LinearCommand.NAME, "cv")));
                Interruption stop = Interruption.watch(options.quiet() ? null : System.err)) {
            Table table = data.read();
            Provenance provenance = data.provenance("linear cv", table, config);
            run.begin(config, provenance, resume);
            LinearTrainer.Trained trained = WatchedTraining.run(config, table, data.roles(), Map.of(), run, console,
                    stop);
            ElasticNetCv.Result cv = trained.cv();
            Map<String, Object> metrics = new LinkedHashMap<>();
            metrics.put("alphas", cv.path().alphas());
            metrics.put("deviance", cv.deviance());
            metrics.put("standard_error", cv.standardError());
            metrics.put("coefficients", cv.path().steps().stream().mapToInt(ElasticNetPath.Step::df).toArray());
            metrics.put("alpha_min", cv.alpha(ElasticNetCv.AlphaRule.MIN));
            metrics.put("alpha_one_se", cv.alpha(ElasticNetCv.AlphaRule.ONE_SE));
            run.writeMetrics(metrics);
            PathFigures path = new PathFigures(cv);
            Path page = run.writeReport(HtmlReport
                    .titled("Elastic net: cross-validation",
                            trained.model().model().family() + " model of " + data.roles().target() + ", "
                                    + table.source())
                    .section("Choice of alpha").figures(path.deviance(), path.sizes())
                    .table("Every alpha.", table(cv)).provenance(provenance.facts()));
            run.finish();
            console.print(table(cv).toText());
            console.print("report: " + page.toAbsolutePath().normalize());
            console.json(metrics);
        }
        return ExitCode.OK;
    }

    private static ConsoleTable table(ElasticNetCv.Result cv) {
        ConsoleTable table = ConsoleTable.of("alpha", "coefficients", "deviance", "standard error", "");
        int least = cv.index(ElasticNetCv.AlphaRule.MIN);
        int sparser = cv.index(ElasticNetCv.AlphaRule.ONE_SE);
        for (int k = 0; k < cv.path().size(); k++) {
            table.row(LinearReport.number(cv.path().alphas()[k]), cv.path().steps().get(k).df(),
                    LinearReport.number(cv.deviance()[k]), LinearReport.number(cv.standardError()[k]),
                    k == least ? "least" : k == sparser ? "one standard error" : "");
        }
        return table;
    }
}
