package org.lanewise.cli.doctor;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What is known about the machine without measuring.
 *
 * @param jdk          version and vendor of the running JDK
 * @param jdkHome      where it is
 * @param system       operating system and architecture
 * @param cpu          the processor's own name for itself
 * @param cores        processors the JVM may use
 * @param heapMb       largest heap
 * @param memoryMb     memory of the machine or container; 0 if unknown
 * @param load         load average of the last minute; negative if unknown
 * @param governor     Linux's frequency policy; empty if unknown
 */
record Machine(String jdk, String jdkHome, String system, String cpu, int cores, long heapMb, long memoryMb,
        double load,
        String governor) {

    static Machine inspect() {
        Runtime runtime = Runtime.getRuntime();
        return new Machine(Runtime.version() + " (" + System.getProperty("java.vendor", "unknown") + ", "
                + System.getProperty("java.vm.name", "unknown") + ")", System.getProperty("java.home"),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                cpuName(), runtime.availableProcessors(), runtime.maxMemory() >> 20, memory() >> 20,
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                firstLine("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"));
    }

    private static String cpuName() {
        Path info = Path.of("/proc/cpuinfo");
        if (Files.isReadable(info)) {
            try (Stream<String> lines = Files.lines(info, StandardCharsets.ISO_8859_1)) {
                List<String> names = List.of("model name", "Model", "Hardware");
                return lines
                        .filter(line -> line.indexOf(':') > 0
                                && names.contains(line.substring(0, line.indexOf(':')).strip()))
                        .map(line -> line.substring(line.indexOf(':') + 1).strip()).findFirst()
                        .orElse(System.getProperty("os.arch"));
            } catch (IOException | java.io.UncheckedIOException e) {
                return System.getProperty("os.arch");
            }
        }
        String windows = System.getenv("PROCESSOR_IDENTIFIER");
        return windows != null ? windows : outputOf("sysctl", "-n", "machdep.cpu.brand_string");
    }

    /** macOS tells the processor's name only through a program. */
    private static String outputOf(String... command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0
                    ? output
                    : System.getProperty("os.arch");
        } catch (IOException e) {
            return System.getProperty("os.arch");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return System.getProperty("os.arch");
        }
    }

    private static long memory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean os
                ? os.getTotalMemorySize()
                : 0;
    }

    private static String firstLine(String file) {
        try {
            return Files.isReadable(Path.of(file)) ? Files.readString(Path.of(file)).strip() : "";
        } catch (IOException e) {
            return "";
        }
    }
}
