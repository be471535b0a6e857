package org.lanewise.bench;

import java.util.Map;
import org.lanewise.autograd.AttentionOptions;
import org.lanewise.autograd.Functions;
import org.lanewise.autograd.Gradients;
import org.lanewise.autograd.Parameter;
import org.lanewise.autograd.SelfAttention;
import org.lanewise.autograd.Tape;
import org.lanewise.autograd.Variable;
import org.lanewise.engine.Tensor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** Self-attention of a small BERT: 12 heads of 32. */
public class AttentionBenchmark extends Timed {
    static final int HEADS = 12;
    static final int WIDTH = 384;

    @Param({"1x16", "1x128", "32x128"})
    public String tokens;

    Tensor q;
    Tensor k;
    Tensor v;
    Tensor gradient;
    private Parameter[] inputs;
    private Gradients gradients = new Gradients();
    private Tensor projected;
    private Tensor out;
    private SelfAttention inference;

    @Override
    void prepare() {
        int batch = Tokens.batch(tokens);
        int positions = Tokens.positions(tokens);
        q = Data.normal("q", batch, positions, WIDTH);
        k = Data.normal("k", batch, positions, WIDTH);
        v = Data.normal("v", batch, positions, WIDTH);
        gradient = Data.normal("gradient", batch, positions, WIDTH);
        inputs = new Parameter[] {new Parameter("q", q), new Parameter("k", k), new Parameter("v", v)};
        projected = Tensor.concat(2, q, k, v);
        out = Tensor.zeros(q.shape());
        inference = new SelfAttention(AttentionOptions.heads(HEADS), batch, positions, WIDTH);
    }

    /** As networks infer: from the rows of one projection into memory that is there. */
    @Benchmark
    public Tensor forward() {
        inference.forward(0, q.size(0), projected.data(), 0, out.data(), 0);
        return out;
    }

    /** As networks train: gradients go into memory of the step before. */
    @Benchmark
    public Tensor[] forwardBackward() {
        try (Tape tape = Tape.recording(1).reuse(gradients)) {
            Variable a = tape.use(inputs[0]);
            Variable b = tape.use(inputs[1]);
            Variable c = tape.use(inputs[2]);
            gradients = tape.backward(attention(a, b, c), gradient);
            return new Tensor[] {gradients.of(a), gradients.of(b), gradients.of(c)};
        }
    }

    private static Variable attention(Variable q, Variable k, Variable v) {
        return Functions.attention(q, k, v, AttentionOptions.heads(HEADS));
    }

    /** Two products forward, four backward; those a backward pass repeats do not count. */
    static Work work(String method, Map<String, String> parameters) {
        double positions = Tokens.positions(parameters.get("tokens"));
        double product = 2 * Tokens.batch(parameters.get("tokens")) * positions * positions * WIDTH;
        return Work.flops((method.equals("forward") ? 2 : 6) * product);
    }
}
