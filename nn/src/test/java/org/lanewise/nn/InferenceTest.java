package org.lanewise.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lanewise.autograd.Tape;
import org.lanewise.autograd.Variable;
import org.lanewise.engine.Activation;
import org.lanewise.engine.Rng;
import org.lanewise.engine.ShapeException;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.WorkerPool;

/** A prepared module computes what the module computes, to the bit, and keeps to the weights it was made with. */
class InferenceTest {

    private static Tensor normal(long seed, int... shape) {
        return Rng.of(seed).normal(Tensor.zeros(shape), 0, 1);
    }

    private static Tensor evaluated(UnaryModule module, Tensor x) {
        module.eval();
        try (Tape tape = Tape.inference()) {
            return module.forward(tape.constant(x)).value();
        }
    }

    private static void same(Tensor expected, Tensor actual, String what) {
        assertThat(actual.shape()).as(what).isEqualTo(expected.shape());
        assertThat(actual.toArray()).as(what).isEqualTo(expected.toArray());
    }

    /** Every module that has a prepared form, alone and inside the containers. */
    private static List<UnaryModule> modules(int width) {
        Rng rng = Rng.of(1);
        BatchNorm1d batchNorm = new BatchNorm1d(width);
        Rng.of(3).uniform(batchNorm.namedBuffers().get("running_mean"), -1, 1);
        Rng.of(4).uniform(batchNorm.namedBuffers().get("running_var"), 0.5f, 2);
        return List.of(new Linear(width, 5, rng), new Linear(width, 70, Activation.SILU, false, rng),
                new LayerNorm(width), new RMSNorm(width), batchNorm, new GELU(), new ReLU(), new SiLU(), new Tanh(),
                new Sigmoid(), new Softplus(), new Dropout(0.5), new Sequential(),
                new Sequential(new Linear(width, 33, rng), new GELU(), new Dropout(0.3), new LayerNorm(33), new Tanh(),
                        new Sequential(new Linear(33, 9, Activation.RELU, rng), new Softplus()), new Linear(9, 2, rng)),
                new Sequential(new ReLU(), new Tanh(), new Linear(width, 4, rng), new SiLU(), new Dropout(0.1)),
                new ResidualMlp(width, Activation.GELU, Norm.LAYER, 0.2, rng),
                new ResidualMlp(width, Activation.RELU, Norm.BATCH, 0.2, rng),
                Residual.preNorm(new LayerNorm(width), new Linear(width, width, rng)),
                Residual.postNorm(new Linear(width, width, rng), new LayerNorm(width)),
                Residual.postNorm(new Sequential(new Tanh()), new BatchNorm1d(width)),
                Residual.of(new Sequential(new Linear(width, 50, rng), new Linear(50, width, rng))));
    }

    @ParameterizedTest
    @CsvSource({"1,1", "3,1", "130,1", "700,1", "5,2", "700,2", "1000,5"})
    void rowsAreThoseOfTheModule(int rows, int threads) {
        int width = 17;
        try (WorkerPool pool = WorkerPool.of(threads)) {
            pool.run(() -> {
                Tensor x = normal(rows, rows, width);
                for (UnaryModule module : modules(width))
                    same(evaluated(module, x), module.inference().forward(x), module.toString());
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"1,16,2", "1,300,2", "3,50,1", "9,40,2", "32,10,2", "7,70,5", "2,1,1"})
    void encodersAreThoseOfTheModule(int batch, int positions, int threads) {
        Tensor x = normal(batch, batch, positions, 48);
        int[] lengths = Rng.of(6).permutation(batch);
        for (int i = 0; i < batch; i++) lengths[i] = 1 + lengths[i] % positions;
        AttentionMask padding = AttentionMask.lengths(lengths, positions);
        AttentionMask scores = AttentionMask.additive(normal(9, batch, 4, positions, positions));
        for (boolean normFirst : new boolean[] {false, true}) {
            var config = TransformerEncoderLayer.Config.of(48, 4).feedForward(100).activation(Activation.GELU)
                    .normFirst(normFirst);
            var encoder = new TransformerEncoder(config, 2, normFirst, Rng.of(1));
            encoder.eval();
            Inference inference = encoder.inference();
            try (WorkerPool pool = WorkerPool.of(threads); Tape tape = Tape.inference()) {
                pool.run(() -> {
                    for (AttentionMask mask : new AttentionMask[] {null, padding,
                            AttentionMask.causal().and(padding), scores}) {
                        Variable expected = encoder.forward(tape.constant(x), mask);
                        same(expected.value(), inference.forward(x, mask), "mask " + mask);
                    }
                });
            }
        }
    }

    @Test
    void keepsTheWeightsItWasMadeWith() {
        for (UnaryModule module : modules(17)) {
            Tensor x = normal(1, 6, 17);
            Inference before = module.inference();
            Tensor expected = before.forward(x).copy();
            module.parameters().forEach(p -> p.value().mul_(-2f));
            module.namedBuffers().values().forEach(b -> b.mul_(3f));
            same(expected, before.forward(x), module + " after a change");
            same(evaluated(module, x), module.inference().forward(x), module + " prepared again");
        }
    }

    @Test
    void trainingModeDoesNotShow() {
        var module = new Sequential(new Linear(8, 8, Rng.of(1)), new Dropout(0.5), new BatchNorm1d(8));
        Tensor x = normal(1, 4, 8);
        module.train();
        Tensor prepared = module.inference().forward(x);
        same(evaluated(module, x), prepared, "in training mode");
    }

    @Test
    void stridedAndEmptyInputs() {
        var module = new Sequential(new Linear(8, 3, Rng.of(1)), new GELU());
        Tensor x = normal(1, 8, 5).transpose(0, 1);
        same(evaluated(module, x), module.inference().forward(x), "transposed");
        assertThat(module.inference().forward(Tensor.zeros(0, 8)).shape()).containsExactly(0, 3);
        assertThat(module.inference().forward(normal(1, 8)).shape()).containsExactly(3);
    }

    @Test
    void writesToADestination() {
        var module = new Sequential(new Linear(8, 3, Rng.of(1)), new GELU());
        Inference inference = module.inference();
        Tensor x = normal(1, 5, 8);
        Tensor all = Tensor.zeros(7, 3);
        Tensor y = all.slice(0, 1, 6);
        assertThat(inference.forwardInto(x, null, y)).isSameAs(y);
        same(evaluated(module, x), y, "a part of a larger tensor");
        assertThat(all.select(0, 0).toArray()).containsOnly(0f);
        assertThat(all.select(0, 6).toArray()).containsOnly(0f);
        assertThatThrownBy(() -> inference.forwardInto(x, null, all)).isInstanceOf(ShapeException.class)
                .hasMessageContaining("[5, 3]").hasMessageContaining("[7, 3]");
        assertThatThrownBy(() -> inference.forwardInto(x, null, Tensor.zeros(3, 5).transpose(0, 1)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("contiguous");
        Tensor square = normal(2, 8, 8);
        Inference same = new Linear(8, 8, Rng.of(1)).inference();
        assertThatThrownBy(() -> same.forwardInto(square, null, square)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("overlaps");
    }

    @Test
    void refusesWhatDoesNotFit() {
        var config = TransformerEncoderLayer.Config.of(8, 2);
        Inference encoder = new TransformerEncoder(config, 1, false, Rng.of(1)).inference();
        assertThatThrownBy(() -> encoder.forward(Tensor.zeros(2, 3, 9))).isInstanceOf(ShapeException.class)
                .hasMessageContaining("[..., 8], got [..., 9]");
        assertThatThrownBy(() -> encoder.forward(Tensor.zeros(2, 8))).isInstanceOf(ShapeException.class)
                .hasMessageContaining("[*, *, 8]");
        assertThatThrownBy(() -> encoder.forward(Tensor.zeros(2, 3, 8), AttentionMask.lengths(new int[] {1, 2}, 4)))
                .isInstanceOf(ShapeException.class).hasMessageContaining("padding mask");
        var own = new UnaryModule() {
            @Override
            public Variable forward(Variable x) {
                return x;
            }

            @Override
            public String toString() {
                return "Mine";
            }
        };
        assertThatThrownBy(() -> new Sequential(own).inference()).isInstanceOf(UnsupportedOperationException.class)
                .hasMessageStartingWith("Mine has no prepared form");
    }

    /** Once warm, a call allocates its result and little besides; intermediate values would be 230 KB here. */
    @Test
    void allocatesLittleButTheResult() {
        var config = TransformerEncoderLayer.Config.of(96, 4).activation(Activation.GELU);
        Inference encoder = new TransformerEncoder(config, 2, false, Rng.of(1)).inference();
        Tensor x = normal(1, 1, 16, 96);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (WorkerPool pool = WorkerPool.of(1)) {
            pool.run(() -> {
                long least = Long.MAX_VALUE;
                long end = System.nanoTime() + 60_000_000_000L;
                while (least > 16 * 96 * 4 + 4000 && System.nanoTime() < end) {
                    long before = threads.getCurrentThreadAllocatedBytes();
                    encoder.forward(x);
                    least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
                }
                assertThat(least).isLessThanOrEqualTo(16 * 96 * 4 + 4000);
            });
        }
    }
}
