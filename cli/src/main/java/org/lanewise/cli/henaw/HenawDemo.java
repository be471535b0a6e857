package org.lanewise.cli.henaw;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.lanewise.cli.CommandException;
import org.lanewise.cli.demo.Demo;
import org.lanewise.cli.run.Interruption;
import org.lanewise.cli.run.Provenance;
import org.lanewise.cli.run.RunDirectory;
import org.lanewise.cli.terminal.Console;
import org.lanewise.cli.terminal.Progress;
import org.lanewise.henaw.HenawArtifacts;
import org.lanewise.henaw.HenawConfig;
import org.lanewise.henaw.HenawEvaluator;
import org.lanewise.henaw.HenawModel;
import org.lanewise.henaw.HenawTrainer;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.synth.RepairedGenerator;

/**
 * Trains on generated people whose truth is known, and measures on others how near the model comes to the best possible.
 */
final class HenawDemo implements Demo {
    private static final int PEOPLE = 12_000;
    private static final int TRAINING = 8_000;
    private static final int REPLICATES = 200;
    /** No more than three per cent above the least possible error, and 95 % of the possible concordance above chance. */
    private static final double MOST_REGRET = 1.03;
    private static final double LEAST_SHARE = 0.95;

    HenawDemo() {}

    @Override
    public String description() {
        return "biological age and mortality of " + PEOPLE + " generated people, " + TRAINING + " of them for training";
    }

    @Override
    public Result run(Path out, long seed, Console console) throws Exception {
        try (RunDirectory run = RunDirectory.open(out)) {
            Cohort everybody = RepairedGenerator.generate(PEOPLE, seed);
            Cohort training = everybody.select(IntStream.range(0, TRAINING).toArray());
            Cohort held = everybody.select(IntStream.range(TRAINING, PEOPLE).toArray());
            HenawConfig config = HenawConfig.defaults().withSeed(seed);
            Provenance provenance = Provenance.of("demo").with("seed", seed).with("source", everybody.source());
            run.begin(config, provenance, false);
            HenawModel model = train(config, training, run, console);
            HenawArtifacts.save(model, run.model());
            console.note("henaw: measuring on " + held.size() + " other people");
            Map<String, Object> metrics = new HenawEvaluator(model).replicates(REPLICATES).seed(seed).evaluate(held);
            run.writeMetrics(metrics);
            EvalReport report = new EvalReport(model, held, metrics);
            Path page = run.writeReport(report.page(provenance));
            run.finish();
            return new Result(figures(report), page);
        }
    }

    private static HenawModel train(HenawConfig config, Cohort people, RunDirectory run, Console console)
            throws Exception {
        HenawTrainer trainer = new HenawTrainer(config).checkpoints(run.checkpoint());
        try (Interruption interruption = Interruption.watch(null);
                Progress progress = console.progress("henaw: training", trainer.totalEpochs(people), "epochs");
                TrainingCurves curves = new TrainingCurves(progress, run.tensorBoard())) {
            return trainer.stopWhen(interruption).listener(curves).train(people)
                    .orElseThrow(() -> CommandException.interrupted("interrupted"));
        }
    }

    private static List<Figure> figures(EvalReport report) {
        List<Figure> figures = new ArrayList<>();
        figures.add(new Figure("error of age (years)", report.number("/age/mae"),
                report.number("/age/median_guess_mae"), "median guess",
                MOST_REGRET * report.number("/age/oracle_mae"), false, 2, false));
        figures.add(new Figure("C, 10-year mortality", report.number("/mortality/all/c"),
                report.number("/mortality/all/c_age_sex"),
                "age + sex", 0.5 + LEAST_SHARE * (report.number("/mortality/oracle_c") - 0.5), true, 3, false));
        figures.add(new Figure("coverage of 90 % intervals (%)", 100 * report.number("/intervals/coverage90"),
                Double.NaN, "", 88, true, 1, false));
        figures.add(
                new Figure("one person, median (us)", report.number("/latency_us/p50"), Double.NaN, "", 10, false, 1,
                        true));
        figures.add(new Figure("one person, 99th percentile (us)", report.number("/latency_us/p99"), Double.NaN, "",
                100, false, 1, true));
        return figures;
    }
}
