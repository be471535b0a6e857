package org.lanewise.engine;

import org.lanewise.engine.kernels.KernelProvider;
import org.lanewise.engine.kernels.Kernels;

/**
 * Which kernels do the arithmetic in this virtual machine, for first lines of output and provenance records.
 *
 * <pre>{@code
 * System.out.println(Backend.active()); // vector-512 (Vector API with 512-bit registers and hardware multiply-add.)
 * }</pre>
 *
 * <p>The choice changes the speed, never the result. System properties: {@code lanewise.kernels=scalar|vector} forces or
 * demands one, {@code lanewise.bits=128|256|512} sets the register width, {@code lanewise.threads} the threads of
 * {@link WorkerPool#shared()}.
 *
 * @param name   short name, such as {@code vector-512} or {@code scalar}
 * @param bits   register width used
 * @param reason why this one was chosen, one sentence
 */
public record Backend(String name, int bits, String reason) {
    /** The kernels in use; they do not change during the life of the virtual machine. */
    public static Backend active() {
        Kernels kernels = KernelProvider.get();
        return new Backend(kernels.name(), kernels.bits(), KernelProvider.reason());
    }

    @Override
    public String toString() {
        return name + " (" + reason + ")";
    }
}
