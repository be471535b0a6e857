package org.lanewise.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lanewise.autograd.Gradients;
import org.lanewise.autograd.Tape;
import org.lanewise.autograd.Variable;
import org.lanewise.engine.Activation;
import org.lanewise.engine.Rng;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.WorkerPool;

/** A training step has the same bits whatever the number of threads, and the same again when repeated. */
class DeterminismTest {

    @Test
    void encoder() {
        check(() -> {
            var config = TransformerEncoderLayer.Config.of(64, 4).dropout(0.2).activation(Activation.GELU);
            TransformerEncoder encoder = new TransformerEncoder(config, 2, true, Rng.of(1));
            return step(encoder, Rng.of(2).normal(Tensor.zeros(6, 40, 64), 0, 1));
        });
    }

    @Test
    void residualMlp() {
        check(() -> step(new ResidualMlp(128, Activation.SILU, Norm.BATCH, 0.1, Rng.of(1)),
                Rng.of(2).normal(Tensor.zeros(200, 128), 0, 1)));
    }

    @Test
    void gru() {
        check(() -> {
            GRU gru = new GRU(32, 48, GRU.Options.STANDARD.layers(2).bidirectional(true).dropout(0.1), Rng.of(1));
            Tensor x = Rng.of(2).normal(Tensor.zeros(40, 12, 32), 0, 1);
            try (Tape tape = Tape.recording(7)) {
                Variable in = tape.leaf(x);
                return results(gru, in, gru.forward(in).sequence());
            }
        });
    }

    private static List<float[]> step(UnaryModule module, Tensor x) {
        try (Tape tape = Tape.recording(7)) {
            Variable in = tape.leaf(x);
            return results(module, in, module.forward(in));
        }
    }

    private static List<float[]> results(Module module, Variable in, Variable out) {
        List<float[]> all = new ArrayList<>();
        all.add(out.value().toArray());
        Gradients gradients = in.tape().backward(out.square().mean());
        all.add(gradients.of(in).toArray());
        module.parameters().forEach(p -> all.add(gradients.of(p).toArray()));
        module.namedBuffers().values().forEach(b -> all.add(b.toArray()));
        return all;
    }

    private interface Work {
        List<float[]> run();
    }

    private static void check(Work work) {
        List<float[]> expected = on(1, work);
        for (int threads : new int[] {1, 2, 5}) {
            List<float[]> actual = on(threads, work);
            for (int i = 0; i < expected.size(); i++) {
                assertThat(actual.get(i)).as(threads + " threads, result " + i).isEqualTo(expected.get(i));
            }
        }
    }

    private static List<float[]> on(int threads, Work work) {
        List<float[]> result = new ArrayList<>();
        try (WorkerPool pool = WorkerPool.of(threads)) {
            pool.run(() -> result.addAll(work.run()));
        }
        return result;
    }
}
