package org.lanewise.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lanewise.autograd.Checkpoint;
import org.lanewise.autograd.Gradients;
import org.lanewise.autograd.Tape;
import org.lanewise.autograd.Variable;
import org.lanewise.engine.Activation;
import org.lanewise.engine.Rng;
import org.lanewise.engine.Tensor;

/** Modules computed twice give what they give computed once. */
class CheckpointTest {
    private final Tensor x = Rng.of(9).normal(Tensor.zeros(3, 4, 8), 0, 1);

    @Test
    void checkpointedEncoderHasTheSameBitsDropoutIncluded() {
        var config = TransformerEncoderLayer.Config.of(8, 2).dropout(0.3);
        TransformerEncoder encoder = new TransformerEncoder(config, 3, true, Rng.of(1));
        AttentionMask mask = AttentionMask.lengths(new int[] {4, 2, 3}, 4);
        List<float[]> plain = train(encoder, mask);
        encoder.setCheckpointing(true);
        List<float[]> checkpointed = train(encoder, mask);
        assertThat(checkpointed).hasSameSizeAs(plain);
        for (int i = 0; i < plain.size(); i++) assertThat(checkpointed.get(i)).isEqualTo(plain.get(i));
    }

    private List<float[]> train(TransformerEncoder encoder, AttentionMask mask) {
        try (Tape tape = Tape.recording(4)) {
            Variable in = tape.leaf(x);
            Variable loss = encoder.forward(in, mask).square().mean();
            Gradients gradients = tape.backward(loss);
            List<float[]> all = new ArrayList<>();
            all.add(loss.value().toArray());
            all.add(gradients.of(in).toArray());
            encoder.parameters().forEach(p -> all.add(gradients.of(p).toArray()));
            return all;
        }
    }

    @Test
    void runningStatisticsMoveOnce() {
        ResidualMlp block = new ResidualMlp(8, Activation.RELU, Norm.BATCH, 0.1, Rng.of(1));
        try (Tape tape = Tape.recording(4)) {
            Variable in = tape.leaf(x.reshape(12, 8));
            tape.backward(Checkpoint.run(v -> block.forward(v[0]), in).sum());
        }
        assertThat(block.namedBuffers().get("inner.2.num_batches_tracked").item()).isEqualTo(1);
    }
}
