package org.lanewise.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/**
 * Lanewise beside libtorch on one thread by that thread's processor time, in one process: for machines that have other work,
 * where the times of {@link Main} mean nothing. Both sides still share caches and memory with that work, and C2 compiles once
 * only, so it is a look, not a result.
 *
 * <pre>
 * java --add-modules jdk.incubator.vector -cp bench/target/lanewise-bench.jar org.lanewise.bench.CpuTime LayerNorm Encoder
 * </pre>
 */
public final class CpuTime {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int WARM_UP_MILLIS = 1500;
    private static final int MILLIS = 100;
    private static final int TIMES = 10;

    private CpuTime() {}

    /** @param args groups of benchmarks that have a libtorch peer */
    public static void main(String[] args) throws Exception {
        for (String group : args) {
            for (Map<String, String> parameters : combinations(type(group, "Benchmark"))) compare(group, parameters);
        }
    }

    private static Class<?> type(String group, String side) throws ClassNotFoundException {
        return Class.forName(CpuTime.class.getPackageName() + "." + group + side);
    }

    private static void compare(String group, Map<String, String> parameters) throws Exception {
        Timed ours = made(type(group, "Benchmark"), parameters);
        Timed theirs = made(type(group, "Torch"), parameters);
        for (Method method : theirs.getClass().getDeclaredMethods()) {
            if (!method.isAnnotationPresent(Benchmark.class)) continue;
            Method mine = ours.getClass().getMethod(method.getName());
            micros(ours, mine, WARM_UP_MILLIS, 1);
            micros(theirs, method, WARM_UP_MILLIS, 1);
            double our = micros(ours, mine, MILLIS, TIMES);
            double their = micros(theirs, method, MILLIS, TIMES);
            System.out.printf(Locale.ROOT, "%s.%s %s: %.1f us, libtorch %.1f us, ratio %.2f%n", group, method.getName(),
                    parameters, our, their, their / our);
        }
    }

    /** The least processor time of a call over several stretches. */
    private static double micros(Timed benchmark, Method method, int millis, int stretches) throws Exception {
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < stretches; i++) {
            long begun = THREADS.getCurrentThreadCpuTime();
            long now = begun;
            int calls = 0;
            for (; now - begun < millis * 1_000_000L; calls++) {
                method.invoke(benchmark);
                now = THREADS.getCurrentThreadCpuTime();
            }
            least = Math.min(least, (now - begun) / 1e3 / calls);
        }
        return least;
    }

    private static Timed made(Class<?> type, Map<String, String> parameters) throws Exception {
        Timed benchmark = (Timed) type.getConstructor().newInstance();
        benchmark.threads = 1;
        for (var p : parameters.entrySet()) {
            Field field = type.getField(p.getKey());
            field.set(benchmark, field.getType() == int.class ? Integer.valueOf(p.getValue()) : p.getValue());
        }
        benchmark.setup();
        return benchmark;
    }

    /** Every combination of the values of a benchmark's parameters but for the threads. */
    private static List<Map<String, String>> combinations(Class<?> type) {
        List<Map<String, String>> all = List.of(Map.of());
        for (Field field : type.getFields()) {
            Param param = field.getAnnotation(Param.class);
            if (param == null || field.getName().equals("threads")) continue;
            List<Map<String, String>> longer = new ArrayList<>();
            for (Map<String, String> one : all) {
                for (String value : param.value()) {
                    Map<String, String> more = new LinkedHashMap<>(one);
                    more.put(field.getName(), value);
                    longer.add(more);
                }
            }
            all = longer;
        }
        return all;
    }
}
