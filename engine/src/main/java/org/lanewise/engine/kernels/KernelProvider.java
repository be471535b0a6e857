package org.lanewise.engine.kernels;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.InvocationTargetException;

/**
 * Picks the kernels once per virtual machine and keeps the reason.
 *
 * <p>The vector kernels are refused where they would be wrong or slower than plain Java: without the incubator module, off
 * HotSpot's C2 compiler, under 128 bits, without hardware multiply-add, or when they do not reproduce the scalar kernels bit
 * for bit. Their class is loaded by name, so nothing links against the incubator package before these checks.
 *
 * <p>System properties, read once: {@code lanewise.kernels} = {@code scalar} or {@code vector} (fail rather than fall
 * back), {@code lanewise.bits} = 128, 256 or 512, {@code lanewise.warmup} = {@code off} for no calls in the background at the
 * start.
 */
public final class KernelProvider {
    private static final String VECTOR_KERNELS = "org.lanewise.engine.simd.VectorKernels";
    private static final String ADD_MODULE = "--add-modules jdk.incubator.vector";

    private static final boolean WARM_UP = !"off".equals(System.getProperty("lanewise.warmup"));

    private KernelProvider() {}

    /** The kernels in use. */
    public static Kernels get() {
        return Holder.KERNELS;
    }

    /** Why these kernels are in use, one sentence. */
    public static String reason() {
        return Holder.REASON;
    }

    private static final class Holder {
        static final Kernels KERNELS;
        static final String REASON;

        static {
            String wish = System.getProperty("lanewise.kernels", "");
            Choice choice = switch (wish) {
                case "scalar" -> new Choice(ScalarKernels.INSTANCE, "Scalar kernels asked for by lanewise.kernels.");
                case "", "vector" -> choose();
                default -> throw new IllegalArgumentException(
                        "lanewise.kernels is '" + wish + "'; it must be scalar or vector");
            };
            if (wish.equals("vector") && choice.kernels == ScalarKernels.INSTANCE)
                throw new IllegalStateException("lanewise.kernels=vector cannot be met: " + choice.reason);
            KERNELS = choice.kernels;
            REASON = choice.reason;
            if (KERNELS != ScalarKernels.INSTANCE && WARM_UP) WarmUp.start(KERNELS);
            boolean unwanted = wish.isEmpty() && KERNELS == ScalarKernels.INSTANCE;
            Logger log = System.getLogger("org.lanewise.engine");
            log.log(unwanted ? Level.WARNING : Level.DEBUG, "Lanewise kernels: " + KERNELS.name() + ". " + REASON);
        }
    }

    private record Choice(Kernels kernels, String reason) {}

    private static Choice choose() {
        String refusal = Platform.refusal();
        if (refusal != null) return new Choice(ScalarKernels.INSTANCE, refusal);
        try {
            Kernels vector = (Kernels) Class.forName(VECTOR_KERNELS).getDeclaredConstructor().newInstance();
            String difference = SelfCheck.difference(vector, ScalarKernels.INSTANCE);
            if (difference != null)
                return new Choice(ScalarKernels.INSTANCE, "Vector and scalar kernels disagree in " + difference
                        + "; please report it with the output of java -version. Scalar kernels are used.");
            return new Choice(vector, "Vector API with " + vector.bits() + "-bit registers and hardware multiply-add.");
        } catch (InvocationTargetException e) {
            return refused(e.getCause());
        } catch (ReflectiveOperationException | LinkageError e) {
            return refused(e);
        }
    }

    private static Choice refused(Throwable cause) {
        Throwable root = cause instanceof ExceptionInInitializerError e && e.getCause() != null ? e.getCause() : cause;
        if (root instanceof IllegalArgumentException e) throw e; // a property with an impossible value
        if (root instanceof UnsupportedOperationException)
            return new Choice(ScalarKernels.INSTANCE, "This CPU is not supported by the vector kernels: "
                    + root.getMessage() + ". Scalar kernels are used.");
        return new Choice(ScalarKernels.INSTANCE,
                "The vector kernels could not be loaded (" + root + "); start Java 25 with " + ADD_MODULE + ".");
    }
}
