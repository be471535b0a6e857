package org.lanewise.cli.doctor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.lanewise.cli.CommonOptions;
import org.lanewise.cli.ExitCode;
import org.lanewise.cli.WorkCommand;
import org.lanewise.cli.terminal.Console;
import org.lanewise.cli.terminal.Progress;
import org.lanewise.cli.terminal.Quantity;
import org.lanewise.engine.Backend;
import org.lanewise.engine.WorkerPool;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code lanewise doctor}: what this machine offers, how fast it is, whether it computes correctly, and what to improve.
 */
@Command(name = "doctor", description = "Shows what this machine offers, measures it for ten seconds, and gives advice.")
public final class DoctorCommand extends WorkCommand {
    private static final int BITS_PER_FLOAT = 32;

    @Mixin
    private CommonOptions options;

    @Option(names = "--no-test", description = "Skip the self-test.")
    private boolean noTest;

    /** For picocli. */
    public DoctorCommand() {}

    @Override
    protected CommonOptions options() { return options; }

    @Override
    protected int work(Console console) {
        Machine machine = Machine.inspect();
        Backend backend = Backend.active();
        int threads = WorkerPool.current().threads();
        SelfTest.Result test = null;
        if (!noTest) {
            try (Progress progress = console.progress("self-test", 6, "steps")) {
                test = new SelfTest(threads).run(progress);
            }
        }
        List<String> advice = Advice.of(machine, backend, threads, test);
        boolean correct = test == null || test.checks().stream().allMatch(SelfTest.Check::ok);
        console.print(text(machine, backend, threads, test, advice));
        console.json(tree(machine, backend, threads, test, advice));
        return correct ? ExitCode.OK : ExitCode.FAILED;
    }

    private static String text(Machine machine, Backend backend, int threads, SelfTest.Result test,
            List<String> advice) {
        StringBuilder text = new StringBuilder();
        line(text, "JDK", machine.jdk());
        line(text, "", machine.jdkHome());
        line(text, "system", machine.system());
        line(text, "processor", machine.cpu());
        line(text, "cores", machine.cores() + " usable" + (machine.load() < 0
                ? ""
                : ", load " + Quantity.figure(machine.load(), 1)));
        line(text, "lanes", backend.bits() / BITS_PER_FLOAT + " float32 in " + backend.bits() + " bits");
        line(text, "kernels", backend.name() + ": " + backend.reason());
        line(text, "threads", String.valueOf(threads));
        line(text, "heap", machine.heapMb() + " MB at most" + (machine.memoryMb() == 0
                ? ""
                : " of " + machine.memoryMb() + " MB"));
        if (test != null) {
            text.append('\n');
            line(text, "multiply-add", Quantity.figure(test.fmaPeak(), 1) + " GFLOP/s, one thread");
            line(text, "sgemm", Quantity.figure(test.gemmOne(), 1) + " GFLOP/s, one thread ("
                    + Quantity.figure(100 * test.gemmOne() / test.fmaPeak(), 0) + " % of multiply-add)");
            if (test.threads() > 1)
                line(text, "", Quantity.figure(test.gemmAll(), 1) + " GFLOP/s, " + test.threads() + " threads");
            line(text, "memory", Quantity.figure(test.readOne(), 1) + " GB/s read, one thread");
            if (test.threads() > 1)
                line(text, "", Quantity.figure(test.readAll(), 1) + " GB/s read, " + test.threads() + " threads");
            for (SelfTest.Check check : test.checks()) line(text, check.ok() ? "ok" : "WRONG", check.name());
        }
        if (!advice.isEmpty()) text.append('\n');
        for (String item : advice) line(text, "advice", item);
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(String.format("%-13s %s%n", name, value));
    }

    private static Map<String, Object> tree(Machine machine, Backend backend, int threads, SelfTest.Result test,
            List<String> advice) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("jdk", machine.jdk());
        tree.put("jdk_home", machine.jdkHome());
        tree.put("system", machine.system());
        tree.put("cpu", machine.cpu());
        tree.put("cores", machine.cores());
        tree.put("lanes", backend.bits() / BITS_PER_FLOAT);
        tree.put("kernels", Map.of("name", backend.name(), "bits", backend.bits(), "reason", backend.reason()));
        tree.put("threads", threads);
        tree.put("heap_mb", machine.heapMb());
        tree.put("memory_mb", machine.memoryMb() == 0 ? null : machine.memoryMb());
        if (test != null) {
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("fma_gflops", test.fmaPeak());
            figures.put("sgemm_gflops_1_thread", test.gemmOne());
            figures.put("sgemm_gflops_all_threads", test.gemmAll());
            figures.put("read_gb_per_s_1_thread", test.readOne());
            figures.put("read_gb_per_s_all_threads", test.readAll());
            tree.put("self_test", figures);
            List<Object> checks = new ArrayList<>();
            test.checks().forEach(check -> checks.add(Map.of("name", check.name(), "ok", check.ok())));
            tree.put("checks", checks);
        }
        tree.put("advice", advice);
        return tree;
    }
}
