package org.lanewise.engine.kernels;

import java.util.Locale;

/** What the running virtual machine can do, asked before any class of the incubator module is touched. */
final class Platform {
    private Platform() {}

    /** Why the vector kernels must not be used here, with the cure, or null if they may. */
    static String refusal() {
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty())
            return "The Vector API is not enabled; start Java with --add-modules jdk.incubator.vector to use it.";
        Module own = Platform.class.getModule();
        if (own.isNamed()) own.addReads(ModuleLayer.boot().findModule("jdk.incubator.vector").get());
        String vm = System.getProperty("java.vm.name", "");
        if (!vm.contains("HotSpot") && !vm.contains("OpenJDK"))
            return "'" + vm + "' does not compile Vector API calls to instructions; run on a HotSpot JDK 25 or later.";
        String compiler = System.getProperty("java.vm.info", "").toLowerCase(Locale.ROOT);
        if (Options.isOn("UseJVMCICompiler"))
            return "The Graal (JVMCI) compiler does not compile Vector API calls; run with -XX:-UseJVMCICompiler.";
        if (compiler.contains("emulated-client") || Options.is("TieredStopAtLevel", "1")
                || Options.is("TieredStopAtLevel", "2") || Options.is("TieredStopAtLevel", "3"))
            return "The C2 compiler is switched off; run without -client and -XX:TieredStopAtLevel below 4.";
        if (Options.is("EnableVectorSupport", "false"))
            return "Vector intrinsics are switched off; run without -XX:-EnableVectorSupport.";
        if (!Fused.HARDWARE)
            return "The CPU has no fused multiply-add, or -XX:-UseFMA hides it; the vector kernels need it.";
        return null;
    }
}
