package org.lanewise.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * The table of a run: times, the peers beside them, and shares of the limits that {@link LimitsBenchmark} found in the same
 * run.
 *
 * <pre>
 * java -cp bench/target/lanewise-bench.jar org.lanewise.bench.Report runs/bench/results.json
 * </pre>
 *
 * <p>Columns: time per call (median of the forks' means), the peer's time, the peer's time over ours (above 1: Lanewise is
 * faster), the rate, its share of the multiply-add peak or the copy bandwidth of as many threads, the range of the forks over
 * their median, bytes allocated per call.
 */
public final class Report {
    private static final String LIMITS = "Limits";
    private static final String[] HEADINGS = {"benchmark", "time", "peer", "peer's time", "ratio", "rate", "share",
            "spread", "B/op"};

    private final List<Result> results;

    private Report(List<Result> results) {
        this.results = results;
    }

    /** @param args JSON files that JMH has written */
    public static void main(String[] args) {
        System.out.print(of(Stream.of(args).map(Path::of).toList()));
    }

    /** The table of these result files, as text. */
    public static String of(List<Path> files) {
        return text(read(files).rows());
    }

    /** The table as Markdown. */
    static String markdown(List<Path> files) {
        List<String[]> rows = read(files).rows();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < rows.size(); i++) {
            text.append("| ").append(String.join(" | ", rows.get(i))).append(" |\n");
            if (i == 0) text.append("|---|---:|---|---:|---:|---:|---:|---:|---:|\n");
        }
        return text.toString();
    }

    /** The table as JSON: an array of objects, times in microseconds, the share and the spread as fractions. */
    static String json(List<Path> files) {
        Report report = read(files);
        List<Map<String, Object>> lines = new ArrayList<>();
        for (Result ours : report.results) {
            if (!ours.peer().isEmpty()) continue;
            List<Result> peers = report.peersOf(ours);
            if (peers.isEmpty()) lines.add(report.fields(ours, null));
            for (Result peer : peers) lines.add(report.fields(ours, peer));
        }
        return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(lines);
    }

    private static Report read(List<Path> files) {
        ObjectMapper mapper = new ObjectMapper();
        List<Result> results = new ArrayList<>();
        for (Path file : files) {
            for (JsonNode json : mapper.readTree(file.toFile())) results.add(Result.of(json));
        }
        return new Report(results);
    }

    private List<Result> peersOf(Result ours) {
        return results.stream().filter(r -> !r.peer().isEmpty() && ours.comparableTo(r)).toList();
    }

    private Map<String, Object> fields(Result ours, Result peer) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("benchmark", ours.group() + "." + ours.method());
        fields.put("parameters", ours.parameters());
        fields.put("micros", ours.micros());
        fields.put("forks", ours.forks());
        if (!Double.isNaN(ours.p50())) {
            fields.put("p50", ours.p50());
            fields.put("p99", ours.p99());
        }
        if (peer != null) {
            fields.put("peer", peer.peer());
            fields.put("peerMicros", peer.micros());
            fields.put("ratio", peer.micros() / ours.micros());
        }
        double share = shareOf(ours.work(), ours);
        if (share > 0) fields.put("share", share);
        if (!Double.isNaN(ours.spread())) fields.put("spread", ours.spread());
        if (!Double.isNaN(ours.allocated())) fields.put("bytesPerCall", ours.allocated());
        return fields;
    }

    private List<String[]> rows() {
        List<String[]> rows = new ArrayList<>();
        rows.add(HEADINGS);
        for (Result ours : results) {
            if (!ours.peer().isEmpty()) continue;
            List<Result> peers = peersOf(ours);
            rows.add(row(ours, peers.isEmpty() ? null : peers.getFirst()));
            for (Result further : peers.subList(Math.min(1, peers.size()), peers.size())) {
                String[] row = row(ours, further);
                row[0] = "";
                rows.add(row);
            }
        }
        return rows;
    }

    private String[] row(Result ours, Result peer) {
        Work work = ours.work();
        return new String[] {name(ours), time(ours), peer == null ? "" : peer.peer(),
                peer == null ? "" : time(peer), peer == null ? "" : number("%.2f", peer.micros() / ours.micros()),
                rate(work, ours.micros()), share(work, ours), number("%.0f %%", 100 * ours.spread()),
                number("%.0f", ours.allocated())};
    }

    private static String name(Result r) {
        String parameters = r.parameters().entrySet().stream().map(p -> p.getKey() + "=" + p.getValue())
                .collect(Collectors.joining(" "));
        return r.group() + "." + r.method() + (parameters.isEmpty() ? "" : " " + parameters);
    }

    private static String time(Result r) {
        return Double.isNaN(r.p50()) ? micros(r.micros()) : "p50 " + micros(r.p50()) + " p99 " + micros(r.p99());
    }

    private static String micros(double micros) {
        return micros < 10
                ? number("%.2f us", micros)
                : micros < 10_000
                        ? number("%.1f us", micros)
                        : number("%.1f ms", micros / 1000);
    }

    private static String rate(Work work, double micros) {
        if (work.flops() > 0) {
            String results = work.elements() > 0 ? number("%.3g M/s, ", work.elements() / micros) : "";
            return results + number("%.1f GFLOP/s", work.flops() / micros / 1e3);
        }
        if (work.bytes() > 0) return number("%.1f GB/s", work.bytes() / micros / 1e3);
        return number("%.3g M/s", work.elements() / micros);
    }

    /** Of the limit with as many threads, empty if that was not measured. */
    private String share(Work work, Result ours) {
        double share = shareOf(work, ours);
        return share > 0 ? number("%.0f %%", 100 * share) : "";
    }

    /** NaN or 0 where there is no limit. */
    private double shareOf(Work work, Result ours) {
        if (ours.group().equals(LIMITS)) return Double.NaN;
        double ideal = work.flops() > 0
                ? work.flops() * timePerUnit("multiplyAdd", ours)
                : work.bytes() * timePerUnit("copy", ours);
        return ideal / ours.micros();
    }

    /** Microseconds per flop or byte at the limit, NaN if unknown. */
    private double timePerUnit(String limit, Result like) {
        String threads = like.parameters().getOrDefault("threads", "1");
        return results.stream()
                .filter(r -> r.group().equals(LIMITS) && r.method().equals(limit)
                        && r.parameters().get("threads").equals(threads))
                .mapToDouble(r -> r.micros() / Math.max(r.work().flops(), r.work().bytes())).findFirst()
                .orElse(Double.NaN);
    }

    private static String number(String format, double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, format, value);
    }

    private static String text(List<String[]> rows) {
        int[] width = new int[HEADINGS.length];
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) width[i] = Math.max(width[i], row[i].length());
        }
        StringBuilder text = new StringBuilder();
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.length; i++) {
                String padding = " ".repeat(width[i] - row[i].length());
                boolean left = i == 0 || i == 2;
                line.append(left ? row[i] + padding : padding + row[i]).append("  ");
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
