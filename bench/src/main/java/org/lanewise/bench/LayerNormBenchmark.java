package org.lanewise.bench;

import java.util.Map;
import org.lanewise.autograd.Functions;
import org.lanewise.autograd.Gradients;
import org.lanewise.autograd.Parameter;
import org.lanewise.autograd.Tape;
import org.lanewise.autograd.Variable;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.Inference;
import org.lanewise.nn.LayerNorm;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** Layer normalisation of rows of 384: as many as one sentence has, and more than caches hold. */
public class LayerNormBenchmark extends Timed {
    static final int WIDTH = 384;
    static final float EPS = 1e-5f;

    @Param({"128", "32768"})
    public int rows;

    Tensor x;
    Tensor gradient;
    Parameter gamma;
    Parameter beta;
    private Parameter input;
    private Gradients gradients = new Gradients();
    private Inference inference;
    private Tensor out;

    @Override
    void prepare() {
        x = Data.normal("x", rows, WIDTH);
        gradient = Data.normal("gradient", rows, WIDTH);
        input = new Parameter("x", x);
        gamma = new Parameter("gamma", Data.normal("gamma", WIDTH));
        beta = new Parameter("beta", Data.normal("beta", WIDTH));
        LayerNorm module = new LayerNorm(WIDTH, EPS);
        module.loadStateDict(Map.of("weight", gamma.value(), "bias", beta.value()));
        inference = module.inference();
        out = Tensor.zeros(rows, WIDTH);
    }

    /** As networks infer: into memory that is there. */
    @Benchmark
    public Tensor forward() {
        return inference.forwardInto(x, null, out);
    }

    /** As networks train: gradients go into memory of the step before. */
    @Benchmark
    public Tensor[] forwardBackward() {
        try (Tape tape = Tape.recording(1).reuse(gradients)) {
            gradients = tape.backward(norm(tape, tape.use(input)), gradient);
            return new Tensor[] {gradients.of(input), gradients.of(gamma), gradients.of(beta)};
        }
    }

    private Variable norm(Tape tape, Variable input) {
        return Functions.layerNorm(input, tape.use(gamma), tape.use(beta), EPS);
    }

    /** Forward: x in, y out. Backward besides: x and the gradient in, dx out. */
    static Work work(String method, Map<String, String> parameters) {
        return Work.stream(Double.parseDouble(parameters.get("rows")) * WIDTH, method.equals("forward") ? 2 : 5);
    }
}
