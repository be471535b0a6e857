package org.lanewise.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.lanewise.engine.Tensor;

/**
 * libtorch through DJL: the methods of {@code torch_peers.py}, each one call into native code, with a given number of
 * threads.
 */
final class Torch {
    private static final String MODULE = "torch_peers.pt";

    private final NDManager manager;
    private final PtSymbolBlock module;

    private Torch(NDManager manager, PtSymbolBlock module) {
        this.manager = manager;
        this.module = module;
    }

    /** libtorch with as many threads as Lanewise has; the first call in a virtual machine decides. */
    static Torch withThreads(int threads) {
        System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
        System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
        System.setProperty("OPT_OUT_TRACKING", "true");
        NDManager manager = NDManager.newBaseManager("PyTorch");
        try (InputStream in = Torch.class.getResourceAsStream(MODULE)) {
            if (in == null) throw new IllegalStateException(MODULE + " is missing from the class path");
            return new Torch(manager, JniUtils.loadModule((PtNDManager) manager, in, true, false));
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + MODULE, e);
        }
    }

    /** A copy in libtorch's memory. */
    NDArray array(Tensor t) {
        int[] shape = t.shape();
        return manager.create(t.toArray(), new Shape(Arrays.stream(shape).asLongStream().toArray()));
    }

    /** An integer argument. */
    NDArray number(long value) {
        return manager.create(value);
    }

    /** The arguments of a method, to be used again and again: tensors, then lists of them. */
    NDList arguments(String method, NDList tensors, NDList... lists) {
        NDArray marker = manager.create(0f);
        marker.setName("module_method:" + method);
        NDList all = new NDList(marker);
        all.addAll(tensors);
        for (int i = 0; i < lists.length; i++) {
            for (NDArray element : lists[i]) element.setName("list" + i + "[]");
            all.addAll(lists[i]);
        }
        return all;
    }

    NDList arguments(String method, NDArray... arguments) {
        return arguments(method, new NDList(arguments));
    }

    /** Calls the method without recording gradients; the caller closes the results. */
    NDList run(NDList arguments) {
        return IValueUtils.forward(module, arguments, false);
    }

    /** Calls a method that differentiates. */
    NDList runWithGradients(NDList arguments) {
        JniUtils.setGradMode(true); // of the calling thread
        return IValueUtils.forward(module, arguments, true);
    }

    /** Calls once and compares: {@code |ours - theirs| <= tolerance * (1 + |theirs|)} for every element. */
    static void check(String what, NDList theirs, double tolerance, Tensor... ours) {
        for (int t = 0; t < ours.length; t++) {
            float[] a = ours[t].toArray();
            float[] b = theirs.get(t).toFloatArray();
            if (a.length != b.length)
                throw new IllegalStateException(what + ": " + a.length + " results, libtorch has " + b.length);
            for (int i = 0; i < a.length; i++) {
                if (!(Math.abs(a[i] - b[i]) <= tolerance * (1 + Math.abs(b[i]))))
                    throw new IllegalStateException(what + ": result " + t + ", element " + i + " is " + a[i]
                            + ", libtorch's is " + b[i]);
            }
        }
        theirs.close();
    }
}
