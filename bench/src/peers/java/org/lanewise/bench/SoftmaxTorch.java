package org.lanewise.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** {@link SoftmaxBenchmark} by libtorch. */
public class SoftmaxTorch extends Timed {
    @Param({"1536x128", "512x30000"})
    public String matrix;

    private Torch torch;
    private NDList softmax;
    private NDList logSoftmax;

    @Override
    void prepare() {
        var ours = new SoftmaxBenchmark();
        ours.matrix = matrix;
        ours.prepare();
        torch = Torch.withThreads(threads);
        NDArray x = torch.array(ours.x);
        softmax = torch.arguments("softmax", x);
        logSoftmax = torch.arguments("log_softmax", x);
        Torch.check("softmax", torch.run(softmax), 1e-5, ours.softmax());
        Torch.check("log-softmax", torch.run(logSoftmax), 1e-5, ours.logSoftmax());
    }

    @Benchmark
    public void softmax() {
        torch.run(softmax).close();
    }

    @Benchmark
    public void logSoftmax() {
        torch.run(logSoftmax).close();
    }
}
