package org.lanewise.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * One line of JMH's results.
 *
 * @param group      what is measured: the class without {@code Benchmark} or the peer's name
 * @param peer       whose figures these are; empty for Lanewise's
 * @param method     the benchmark method
 * @param parameters by name
 * @param micros     microseconds per call: the median of the forks' means
 * @param forks      the mean of each fork
 * @param p99        microseconds not exceeded by 99 % of calls, NaN unless calls were timed one by one
 * @param p50        their median, NaN likewise
 * @param allocated  bytes allocated per call on the Java heap, NaN if not measured
 */
record Result(String type, String group, String peer, String method, Map<String, String> parameters, double micros,
        double[] forks, double p50, double p99, double allocated) {

    private static final List<String> PEERS = List.of("Torch", "Netlib", "LightGbm");
    private static final String OURS = "Benchmark";

    static Result of(JsonNode json) {
        String name = json.path("benchmark").asString();
        int dot = name.lastIndexOf('.');
        String type = name.substring(0, dot);
        Map<String, String> parameters = new TreeMap<>();
        json.path("params").properties().forEach(p -> parameters.put(p.getKey(), p.getValue().asString()));
        JsonNode metric = json.path("primaryMetric");
        double unit = micros(metric.path("scoreUnit").asString());
        double[] forks = forks(metric, unit);
        boolean sampled = json.path("mode").asString().equals("sample");
        JsonNode percentiles = metric.path("scorePercentiles");
        return new Result(type, group(type), peer(type), name.substring(dot + 1), parameters, median(forks), forks,
                sampled ? percentiles.path("50.0").asDouble() * unit : Double.NaN,
                sampled ? percentiles.path("99.0").asDouble() * unit : Double.NaN,
                json.path("secondaryMetrics").path("gc.alloc.rate.norm").path("score").asDouble(Double.NaN));
    }

    /** Whose figures a class measures; empty for Lanewise's. */
    static String peer(String type) {
        return PEERS.stream().filter(type::endsWith).findFirst().orElse("");
    }

    /** What a class measures: its name without package and {@code Benchmark} or the peer's name. */
    static String group(String type) {
        String simple = type.substring(type.lastIndexOf('.') + 1);
        String suffix = peer(type).isEmpty() ? OURS : peer(type);
        return simple.endsWith(suffix) ? simple.substring(0, simple.length() - suffix.length()) : simple;
    }

    /** Microseconds of one unit of the score. */
    private static double micros(String unit) {
        return switch (unit) {
            case "ns/op" -> 1e-3;
            case "us/op" -> 1;
            case "ms/op" -> 1e3;
            case "s/op" -> 1e6;
            default -> throw new IllegalArgumentException("benchmarks report a time per call, not " + unit);
        };
    }

    private static double[] forks(JsonNode metric, double unit) {
        List<Double> means = new ArrayList<>();
        for (JsonNode fork : metric.path("rawData")) {
            double sum = 0;
            for (JsonNode iteration : fork) sum += iteration.asDouble();
            means.add(unit * sum / fork.size());
        }
        for (JsonNode fork : metric.path("rawDataHistogram")) means.add(unit * histogramMean(fork));
        return means.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** The mean over a fork's iterations of pairs (value, count). */
    private static double histogramMean(JsonNode fork) {
        double sum = 0;
        double count = 0;
        for (JsonNode iteration : fork) {
            for (JsonNode pair : iteration) {
                sum += pair.get(0).asDouble() * pair.get(1).asDouble();
                count += pair.get(1).asDouble();
            }
        }
        return sum / count;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        return n == 0 ? Double.NaN : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    }

    /** The range of the forks' means over their median. */
    double spread() {
        double[] sorted = forks.clone();
        Arrays.sort(sorted);
        return forks.length < 2 ? Double.NaN : (sorted[sorted.length - 1] - sorted[0]) / micros;
    }

    /** Whether the other measures the same work as this. */
    boolean comparableTo(Result other) {
        return group.equals(other.group) && method.equals(other.method) && parameters.equals(other.parameters);
    }

    /** The work of one call, as the benchmark's class tells it. */
    Work work() {
        try {
            Class<?> ours = Class.forName(type.substring(0, type.lastIndexOf('.') + 1) + group + OURS);
            return (Work) ours.getDeclaredMethod("work", String.class, Map.class).invoke(null, method, parameters);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " does not say its work", e);
        }
    }
}
