package org.lanewise.optim.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lanewise.engine.io.FileFormatException;
import org.lanewise.engine.io.TextScanner;

/** Settings and trials as lines of JSON, and back. Numbers are written so that they are read as the same bits. */
final class TrialLines {

    private static final String FORMAT = "lanewise.search.1";

    private TrialLines() {}

    static String header(Map<String, String> settings) {
        StringBuilder out = new StringBuilder("{\"format\":\"").append(FORMAT).append('"');
        settings.forEach((key, value) -> {
            TextScanner.quote(out.append(','), key).append(':');
            TextScanner.quote(out, value);
        });
        return out.append("}\n").toString();
    }

    /** {@code place} starts the message of every fault, here and below. */
    static Map<String, String> header(String line, String place) throws FileFormatException {
        TextScanner in = new TextScanner(line, place);
        var settings = new LinkedHashMap<String, String>();
        in.expect('{');
        do {
            String key = in.string('"');
            in.expect(':');
            settings.put(key, in.string('"'));
        } while (in.take(','));
        in.expect('}');
        in.expectEnd();
        if (!FORMAT.equals(settings.get("format"))) throw in.fault("not a search of this version");
        return settings;
    }

    static String trial(TrialResult trial) {
        StringBuilder out = new StringBuilder("{\"trial\":").append(trial.number());
        out.append(",\"state\":\"").append(trial.state().name().toLowerCase(Locale.ROOT)).append('"');
        switch (trial.state()) {
            case COMPLETE -> out.append(",\"score\":").append(trial.score());
            case FAILED -> TextScanner.quote(out.append(",\"reason\":"), trial.reason());
            case PRUNED -> {
            }
        }
        out.append(",\"values\":{");
        String comma = "";
        for (Map.Entry<String, Object> entry : trial.values().entrySet()) {
            TextScanner.quote(out.append(comma), entry.getKey()).append(':');
            if (entry.getValue() instanceof String text) TextScanner.quote(out, text);
            else out.append(entry.getValue());
            comma = ",";
        }
        out.append("},\"reports\":[");
        comma = "";
        for (TrialResult.Report report : trial.reports()) {
            out.append(comma).append('[').append(report.step()).append(',').append(report.value()).append(']');
            comma = ",";
        }
        return out.append("]}\n").toString();
    }

    static TrialResult trial(String line, String place, SearchSpace space) throws FileFormatException {
        TextScanner in = new TextScanner(line, place);
        in.expect('{');
        key(in, "trial");
        int number = whole(in);
        in.expect(',');
        key(in, "state");
        TrialResult.State state = switch (in.string('"')) {
            case "complete" -> TrialResult.State.COMPLETE;
            case "pruned" -> TrialResult.State.PRUNED;
            case "failed" -> TrialResult.State.FAILED;
            default -> throw in.fault("an unknown state");
        };
        in.expect(',');
        double score = Double.NaN;
        String reason = "";
        if (state == TrialResult.State.COMPLETE) {
            key(in, "score");
            score = in.decimal();
            in.expect(',');
        } else if (state == TrialResult.State.FAILED) {
            key(in, "reason");
            reason = in.string('"');
            in.expect(',');
        }
        key(in, "values");
        Map<String, Object> values = values(in, space);
        in.expect(',');
        key(in, "reports");
        List<TrialResult.Report> reports = reports(in);
        if (state == TrialResult.State.PRUNED && reports.isEmpty()) throw in.fault("a pruned trial without reports");
        in.expect('}');
        in.expectEnd();
        return new TrialResult(number, values, state, score, reports, reason);
    }

    private static void key(TextScanner in, String name) throws FileFormatException {
        if (!in.string('"').equals(name)) throw in.fault("\"" + name + "\" was expected");
        in.expect(':');
    }

    private static Map<String, Object> values(TextScanner in, SearchSpace space) throws FileFormatException {
        var values = new LinkedHashMap<String, Object>();
        in.expect('{');
        do {
            String name = in.string('"');
            in.expect(':');
            Dimension dimension = space.dimension(name);
            if (dimension == null) throw in.fault("the space has no '" + name + "'");
            Object value = switch (dimension.kind()) {
                case REAL -> in.decimal();
                case INTEGER -> integer(in);
                case CATEGORY -> in.string('"');
            };
            if (values.put(name, value) != null) throw in.fault("'" + name + "' comes a second time");
        } while (in.take(','));
        in.expect('}');
        return values;
    }

    private static List<TrialResult.Report> reports(TextScanner in) throws FileFormatException {
        var reports = new ArrayList<TrialResult.Report>();
        in.expect('[');
        if (in.take(']')) return reports;
        do {
            in.expect('[');
            int step = whole(in);
            if (!reports.isEmpty() && step <= reports.getLast().step()) throw in.fault("a step that does not grow");
            in.expect(',');
            reports.add(new TrialResult.Report(step, in.decimal()));
            in.expect(']');
        } while (in.take(','));
        in.expect(']');
        return reports;
    }

    private static int integer(TextScanner in) throws FileFormatException {
        double value = in.decimal();
        if (value != (int) value) throw in.fault("a whole number was expected");
        return (int) value;
    }

    private static int whole(TextScanner in) throws FileFormatException {
        long n = in.number();
        if (n > Integer.MAX_VALUE) throw in.fault("an impossible number");
        return (int) n;
    }
}
