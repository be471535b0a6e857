package org.lanewise.bench;

import java.util.Map;
import org.lanewise.engine.Ops;
import org.lanewise.engine.Tensor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** Softmax of rows: those of an attention over 128 positions, and those of a vocabulary. */
public class SoftmaxBenchmark extends Timed {
    @Param({"1536x128", "512x30000"})
    public String matrix;

    Tensor x;
    Tensor out;

    @Override
    void prepare() {
        x = Data.normal("x", rows(matrix), width(matrix));
        out = Tensor.zeros(x.shape());
    }

    @Benchmark
    public Tensor softmax() {
        return Ops.softmaxInto(x, out);
    }

    @Benchmark
    public Tensor logSoftmax() {
        return Ops.logSoftmaxInto(x, out);
    }

    private static int rows(String matrix) {
        return Integer.parseInt(matrix.substring(0, matrix.indexOf('x')));
    }

    private static int width(String matrix) {
        return Integer.parseInt(matrix.substring(matrix.indexOf('x') + 1));
    }

    static Work work(String method, Map<String, String> parameters) {
        String matrix = parameters.get("matrix");
        return Work.stream((double) rows(matrix) * width(matrix), 2);
    }
}
