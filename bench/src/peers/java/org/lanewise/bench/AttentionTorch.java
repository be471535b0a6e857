package org.lanewise.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** {@link AttentionBenchmark} by libtorch's fused scaled_dot_product_attention. */
public class AttentionTorch extends Timed {
    @Param({"1x16", "1x128", "32x128"})
    public String tokens;

    private Torch torch;
    private NDList forward;
    private NDList forwardBackward;

    @Override
    void prepare() {
        var ours = new AttentionBenchmark();
        ours.tokens = tokens;
        ours.prepare();
        torch = Torch.withThreads(threads);
        NDArray q = torch.array(ours.q);
        NDArray k = torch.array(ours.k);
        NDArray v = torch.array(ours.v);
        NDArray heads = torch.number(AttentionBenchmark.HEADS);
        forward = torch.arguments("attention", q, k, v, heads);
        forwardBackward = torch.arguments("attention_gradients", q, k, v, heads, torch.array(ours.gradient));
        Torch.check("attention", torch.run(forward), 1e-4, ours.forward());
        Torch.check("its gradients", torch.runWithGradients(forwardBackward), 1e-4, ours.forwardBackward());
    }

    @Benchmark
    public void forward() {
        torch.run(forward).close();
    }

    @Benchmark
    public void forwardBackward() {
        torch.runWithGradients(forwardBackward).close();
    }
}
