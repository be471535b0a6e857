package org.lanewise.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** {@link ElementwiseBenchmark} by libtorch. */
public class ElementwiseTorch extends Timed {
    @Param({"65536", "16777216"})
    public int elements;

    private Torch torch;
    private NDList gelu;
    private NDList exp;

    @Override
    void prepare() {
        var ours = new ElementwiseBenchmark();
        ours.elements = elements;
        ours.prepare();
        torch = Torch.withThreads(threads);
        NDArray x = torch.array(ours.x);
        NDArray out = torch.array(ours.out);
        gelu = torch.arguments("gelu", x, out);
        exp = torch.arguments("exp", x, out);
        Torch.check("gelu", torch.run(gelu), 1e-5, ours.gelu());
        Torch.check("exp", torch.run(exp), 1e-5, ours.exp());
    }

    @Benchmark
    public void gelu() {
        torch.run(gelu).close();
    }

    @Benchmark
    public void exp() {
        torch.run(exp).close();
    }
}
