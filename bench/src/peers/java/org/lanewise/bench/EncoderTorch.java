package org.lanewise.bench;

import ai.djl.ndarray.NDList;
import org.lanewise.autograd.Parameter;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** {@link EncoderBenchmark} by libtorch, with its fused attention. */
public class EncoderTorch extends Timed {
    @Param({"1x16", "1x128", "32x128"})
    public String tokens;

    private Torch torch;
    private NDList forward;

    @Override
    void prepare() {
        var ours = new EncoderBenchmark();
        ours.tokens = tokens;
        ours.prepare();
        torch = Torch.withThreads(threads);
        NDList weights = new NDList();
        for (Parameter p : ours.model.parameters()) weights.add(torch.array(p.value()));
        NDList first = new NDList(torch.array(ours.x), torch.number(EncoderBenchmark.HEADS));
        forward = torch.arguments("encoder", first, weights);
        Torch.check("encoder", torch.run(forward), 1e-3, ours.forward());
    }

    @Benchmark
    public void forward() {
        torch.run(forward).close();
    }
}
