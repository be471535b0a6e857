package org.lanewise.engine.kernels;

import java.lang.management.ManagementFactory;

import com.sun.management.HotSpotDiagnosticMXBean;

/** Reads the options of a HotSpot virtual machine; on any other, every option is unknown. */
final class Options {
    private Options() {}

    static boolean isOn(String option) {
        return is(option, "true");
    }

    static boolean is(String option, String value) {
        return value.equals(value(option));
    }

    /** The value of {@code -XX:option}, or null if this machine does not know it. */
    private static String value(String option) {
        try {
            HotSpotDiagnosticMXBean hotspot = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            return hotspot == null ? null : hotspot.getVMOption(option).getValue();
        } catch (IllegalArgumentException | LinkageError e) {
            return null; // another virtual machine, or no jdk.management module
        }
    }
}
