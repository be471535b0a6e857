package org.lanewise.bench;

import java.util.Map;
import org.lanewise.engine.Ops;
import org.lanewise.engine.Tensor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** Functions of each element, in the cache and beyond it. */
public class ElementwiseBenchmark extends Timed {
    @Param({"65536", "16777216"})
    public int elements;

    Tensor x;
    Tensor out;

    @Override
    void prepare() {
        x = Data.normal("x", elements);
        out = Tensor.zeros(elements);
    }

    @Benchmark
    public Tensor gelu() {
        return Ops.geluInto(x, out);
    }

    @Benchmark
    public Tensor exp() {
        return Ops.expInto(x, out);
    }

    static Work work(String method, Map<String, String> parameters) {
        return Work.stream(Double.parseDouble(parameters.get("elements")), 2);
    }
}
