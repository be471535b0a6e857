package org.lanewise.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.lanewise.autograd.Gradients;
import org.lanewise.autograd.Tape;
import org.lanewise.autograd.Variable;
import org.lanewise.engine.Activation;
import org.lanewise.engine.Rng;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.GELU;
import org.lanewise.nn.Linear;
import org.lanewise.nn.Norm;
import org.lanewise.nn.ResidualMlp;
import org.lanewise.nn.Sequential;
import org.lanewise.nn.UnaryModule;
import org.lanewise.nn.loss.Losses;
import org.lanewise.optim.AdamW;
import org.lanewise.optim.Optimizer;
import org.lanewise.optim.ParamGroup;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A whole training step of a residual perceptron, 576 - 1024 with four blocks of two layers - 1: forward, squared error,
 * backward, AdamW.
 */
@Warmup(iterations = 3, time = 1)
public class TrainingStepBenchmark extends Timed {
    static final int INPUTS = 576;
    static final int WIDTH = 1024;
    static final int BLOCKS = 4;

    @Param({"256"})
    public int batch;

    Tensor x;
    Tensor y;
    UnaryModule model;
    private Optimizer optimizer;
    private Gradients gradients;
    private long step;

    @Override
    void prepare() {
        x = Data.normal("x", batch, INPUTS);
        y = Data.normal("y", batch, 1);
        model = model();
        gradients = new Gradients();
        optimizer = new AdamW(List.of(ParamGroup.of(model.namedParameters()).weightDecay(0.01f)), 1e-3f);
    }

    private static UnaryModule model() {
        Rng rng = Rng.of(1);
        List<UnaryModule> parts = new ArrayList<>();
        parts.add(new Linear(INPUTS, WIDTH, rng));
        parts.add(new GELU());
        for (int i = 0; i < BLOCKS; i++) parts.add(new ResidualMlp(WIDTH, Activation.GELU, Norm.NONE, 0, rng));
        parts.add(new Linear(WIDTH, 1, rng));
        return new Sequential(parts);
    }

    @Benchmark
    public float step() {
        try (Tape tape = Tape.recording(step++).reuse(gradients)) {
            Variable loss = Losses.mse(model.forward(tape.constant(x)), y);
            gradients = tape.backward(loss);
            optimizer.step(gradients);
            return loss.value().item();
        }
    }

    /** Three products for every weight and row, two for the first layer, whose input wants no gradient. */
    static Work work(String method, Map<String, String> parameters) {
        double first = (double) INPUTS * WIDTH;
        double others = 2.0 * BLOCKS * WIDTH * WIDTH + WIDTH;
        return Work.flops(2 * Double.parseDouble(parameters.get("batch")) * (2 * first + 3 * others));
    }
}
