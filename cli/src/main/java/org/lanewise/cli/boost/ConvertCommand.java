package org.lanewise.cli.boost;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import org.lanewise.boosting.format.LightGbmFormat;
import org.lanewise.boosting.format.XgboostFormat;
import org.lanewise.boosting.table.BoostArtifacts;
import org.lanewise.boosting.table.TableModel;
import org.lanewise.cli.CommandException;
import org.lanewise.cli.CommonOptions;
import org.lanewise.cli.ExitCode;
import org.lanewise.cli.OutputFile;
import org.lanewise.cli.WorkCommand;
import org.lanewise.cli.terminal.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code boost convert}: a model from one library's form into another's.
 */
@Command(name = "convert", description = "Moves a model between our folder, LightGBM's text (.txt) and XGBoost's JSON or UBJSON (.json, .ubj).")
public final class ConvertCommand extends WorkCommand {
    @Mixin
    private CommonOptions options;

    @Option(names = "--model", paramLabel = "PATH", required = true, description = "The model: a folder, or a file named .txt, .json or .ubj.")
    private Path model;

    @Option(names = "--out", paramLabel = "PATH", required = true, description = "Where it goes; the name says the form, a name without one of these endings is a folder of ours.")
    private Path out;

    /** For picocli. */
    public ConvertCommand() {}

    @Override
    protected CommonOptions options() { return options; }

    @Override
    protected int work(Console console) {
        TableModel loaded = BoostArtifacts.load(model);
        String name = out.toString().toLowerCase(Locale.ROOT);
        boolean xgboost = name.endsWith(".json") || name.endsWith(".ubj");
        if (xgboost || name.endsWith(".txt")) {
            OutputFile.check("--out", out);
            if (xgboost) XgboostFormat.write(loaded.model(), out);
            else LightGbmFormat.write(loaded.model(), out);
        } else {
            if (Files.isRegularFile(out))
                throw CommandException.badInput("--out " + out + ": is a file; a model of ours is a folder");
            OutputFile.checkFolder("--out " + out, out);
            BoostArtifacts.save(loaded, out);
        }
        if (xgboost)
            console.note("XGBoost compares and adds floats: inputs that are not floats may fall on the "
                    + "other side of a threshold there");
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("model", loaded.model().toString());
        summary.put("file", out.toString());
        console.print(loaded.model() + ": " + out);
        console.json(summary);
        return ExitCode.OK;
    }
}
