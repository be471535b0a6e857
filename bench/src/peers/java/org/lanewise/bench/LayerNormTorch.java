package org.lanewise.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** {@link LayerNormBenchmark} by libtorch. */
public class LayerNormTorch extends Timed {
    @Param({"128", "32768"})
    public int rows;

    private Torch torch;
    private NDList forward;
    private NDList forwardBackward;

    @Override
    void prepare() {
        var ours = new LayerNormBenchmark();
        ours.rows = rows;
        ours.prepare();
        torch = Torch.withThreads(threads);
        NDArray x = torch.array(ours.x);
        NDArray gamma = torch.array(ours.gamma.value());
        NDArray beta = torch.array(ours.beta.value());
        forward = torch.arguments("layer_norm", x, gamma, beta);
        forwardBackward = torch.arguments("layer_norm_gradients", x, gamma, beta, torch.array(ours.gradient));
        Torch.check("layer norm", torch.run(forward), 1e-4, ours.forward());
        Torch.check("its gradients", torch.runWithGradients(forwardBackward), 1e-3, ours.forwardBackward());
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
