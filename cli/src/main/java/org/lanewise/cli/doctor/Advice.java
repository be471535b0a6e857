package org.lanewise.cli.doctor;

import java.util.ArrayList;
import java.util.List;

import org.lanewise.engine.Backend;

/**
 * What the user could do to make this machine compute faster.
 */
final class Advice {
    private static final double GOOD_SHARE_OF_PEAK = 0.7;
    private static final double GOOD_SCALING = 0.75;
    private static final long SMALL_HEAP_MB = 1024;

    private Advice() {}

    /**
     * One sentence per finding.
     *
     * @param test null if nothing was measured
     */
    static List<String> of(Machine machine, Backend backend, int threads, SelfTest.Result test) {
        List<String> advice = new ArrayList<>();
        if (backend.bits() == 32) advice.add("The scalar kernels are in use, many times slower. " + backend.reason());
        if (machine.heapMb() < SMALL_HEAP_MB) {
            advice.add("The heap is small; give more by LANEWISE_JAVA_OPTS=-Xmx"
                    + Math.max(2, machine.memoryMb() / 2048) + "g.");
        }
        if (threads > machine.cores())
            advice.add("More threads than cores only get in each other's way: --threads " + machine.cores() + ".");
        if (machine.governor().equals("powersave")) {
            advice.add("The processor saves power; `cpupower frequency-set -g performance` makes it faster.");
        }
        if (machine.load() > 0.5 * machine.cores()) {
            advice.add("Other programs are busy on this machine; measured figures are lower than they could be.");
        }
        if (test == null) return advice;
        for (SelfTest.Check check : test.checks()) {
            if (!check.ok()) advice.add("A check failed: " + check.name() + ". Please report it with this output.");
        }
        if (backend.bits() > 32 && test.gemmOne() < GOOD_SHARE_OF_PEAK * test.fmaPeak()) {
            advice.add("The matrix product is far below the processor's peak; close other programs and measure again.");
        }
        if (test.threads() > 1 && test.threads() <= machine.cores()
                && test.gemmAll() < GOOD_SCALING * test.threads() * test.gemmOne()) {
            advice.add("The threads do not add up; the cores may be shared with others or be two threads of one core.");
        }
        return advice;
    }
}
