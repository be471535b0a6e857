package org.lanewise.cli.henaw;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.lanewise.cli.CommonOptions;
import org.lanewise.cli.ExitCode;
import org.lanewise.cli.WorkCommand;
import org.lanewise.cli.report.HtmlReport;
import org.lanewise.cli.run.Provenance;
import org.lanewise.cli.run.RunDirectory;
import org.lanewise.cli.terminal.Console;
import org.lanewise.henaw.HenawModel;
import org.lanewise.henaw.data.Cohort;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code henaw report}: a page about one person, or about a population.
 */
@Command(name = "report", description = "Writes a page about one person, or about the people in a file.")
public final class ReportCommand extends WorkCommand {
    @Mixin
    private CommonOptions options;

    @Mixin
    private ModelOption model;

    @Mixin
    private PeopleOptions who;

    @Option(names = "--out", paramLabel = "DIR", defaultValue = "runs/henaw/report", description = "Where report.html goes (default: ${DEFAULT-VALUE}).")
    private Path out;

    /** For picocli. */
    public ReportCommand() {}

    @Override
    protected CommonOptions options() { return options; }

    @Override
    protected int work(Console console) {
        boolean population = who.isFile();
        try (RunDirectory run = RunDirectory.open(out)) {
            HenawModel loaded = model.load();
            Cohort people = who.read();
            Provenance provenance = Provenance.of("henaw report").with("model", model.path())
                    .with("source", people.source());
            HtmlReport page = population
                    ? PopulationReport.of(loaded, people, provenance)
                    : PersonReport.of(loaded, people, provenance);
            Path file = run.writeReport(page);
            Map<String, Object> summary = new LinkedHashMap<>();
            summary.put("people", people.size());
            summary.put("report", file.toString());
            console.print("report: " + file.toAbsolutePath().normalize());
            console.json(summary);
        }
        return ExitCode.OK;
    }
}
