package org.lanewise.bench;

import java.util.List;
import java.util.Map;
import org.lanewise.autograd.Gradients;
import org.lanewise.autograd.Parameter;
import org.lanewise.autograd.Tape;
import org.lanewise.engine.Tensor;
import org.lanewise.optim.AdamW;
import org.lanewise.optim.Optimizer;
import org.lanewise.optim.ParamGroup;
import org.lanewise.optim.Sgd;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** One step of an optimiser over a single large parameter. */
public class OptimizerBenchmark extends Timed {
    static final float RATE = 1e-3f;
    static final float DECAY = 0.01f;
    static final float MOMENTUM = 0.9f;

    @Param({"1000000", "30000000"})
    public int parameters;

    Parameter parameter;
    Tensor gradient;
    private Gradients gradients;
    private Optimizer adamw;
    private Optimizer sgd;

    @Override
    void prepare() {
        parameter = new Parameter("p", Data.normal("p", parameters));
        gradient = Data.normal("gradient", parameters);
        ParamGroup group = ParamGroup.of(Map.of("p", parameter));
        adamw = new AdamW(List.of(group.weightDecay(DECAY)), RATE);
        sgd = new Sgd(List.of(group), RATE, MOMENTUM, false);
        try (Tape tape = Tape.recording(1)) {
            gradients = tape.backward(tape.use(parameter).mul(tape.constant(gradient)).sum());
        }
    }

    @Benchmark
    public Tensor adamw() {
        adamw.step(gradients);
        return parameter.value();
    }

    @Benchmark
    public Tensor sgd() {
        sgd.step(gradients);
        return parameter.value();
    }

    /** AdamW reads p, g, m and v and writes three of them; SGD with momentum reads three and writes two. */
    static Work work(String method, Map<String, String> parameters) {
        return Work.stream(Double.parseDouble(parameters.get("parameters")), method.equals("adamw") ? 7 : 5);
    }
}
