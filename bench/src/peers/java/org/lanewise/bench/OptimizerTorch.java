package org.lanewise.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import org.lanewise.engine.Tensor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** {@link OptimizerBenchmark} by libtorch's fused optimisers. */
public class OptimizerTorch extends Timed {
    @Param({"1000000", "30000000"})
    public int parameters;

    private Torch torch;
    private NDList adamw;
    private NDList sgd;

    @Override
    void prepare() {
        var ours = new OptimizerBenchmark();
        ours.parameters = parameters;
        ours.prepare();
        torch = Torch.withThreads(threads);
        NDArray p = torch.array(ours.parameter.value());
        NDArray gradient = torch.array(ours.gradient);
        Tensor zeros = Tensor.zeros(parameters);
        NDArray steps = torch.array(Tensor.scalar(1f));
        adamw = torch.arguments("adamw", new NDList(), new NDList(p), new NDList(gradient),
                new NDList(torch.array(zeros)), new NDList(torch.array(zeros)), new NDList(steps));
        sgd = torch.arguments("sgd", new NDList(), new NDList(torch.array(ours.parameter.value())),
                new NDList(torch.array(ours.gradient)), new NDList(torch.array(zeros)));
        Tensor start = ours.parameter.value().copy();
        Torch.check("AdamW", torch.run(adamw), 1e-5, ours.adamw());
        ours.parameter.value().copyFrom(start);
        Torch.check("SGD", torch.run(sgd), 1e-5, ours.sgd());
    }

    @Benchmark
    public void adamw() {
        torch.run(adamw).close();
    }

    @Benchmark
    public void sgd() {
        torch.run(sgd).close();
    }
}
