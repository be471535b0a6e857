package org.lanewise.henaw.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lanewise.autograd.Tape;
import org.lanewise.engine.Rng;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.io.SafeTensors;

class PublishedNetworkTest {

    @Test
    void hasExactlyThePublishedNumberOfParameters() {
        assertThat(new PublishedNetwork(Rng.of(1)).parameterCount()).isEqualTo(PublishedNetwork.PARAMETERS)
                .isEqualTo(38_447);
    }

    @Test
    void computesWhatAnIndependentImplementationDoes() throws Exception {
        Map<String, Tensor> golden = SafeTensors
                .read(Path.of("../../src-test-data/henaw/published_network.safetensors")).tensors();
        Map<String, Tensor> state = new LinkedHashMap<>();
        golden.forEach((name, tensor) -> {
            if (name.startsWith("state.")) state.put(name.substring(6), tensor);
        });
        PublishedNetwork network = new PublishedNetwork(Rng.of(1));
        network.loadStateDict(state);
        network.eval();
        try (Tape tape = Tape.inference()) {
            PublishedNetwork.Output out = network.forward(tape.constant(golden.get("z")),
                    tape.constant(golden.get("age")));
            close(out.age().value(), golden.get("out.age"));
            close(out.logHazard().value(), golden.get("out.hazard"));
            for (int k = 0; k < 4; k++)
                close(out.morbidities().get(k).value(), golden.get("out.morbidity").slice(1, k, k + 1));
        }
    }

    private static void close(Tensor actual, Tensor expected) {
        assertThat(actual.toArray()).containsExactly(expected.toArray(), within(2e-5f));
    }

    @Test
    void weightingCollapsesOnStandardisedInput() {
        PublishedNetwork network = new PublishedNetwork(Rng.of(1));
        Tensor z = Rng.of(2).normal(Tensor.zeros(512, 9), 0, 1);
        // Centred as standardised training data are: the running means stay close to nothing.
        z = z.sub(z.mean(true, 0).mul(.995f));
        for (int step = 0; step < 40; step++)
            try (Tape tape = Tape.recording(step)) {
                network.forward(tape.constant(z), tape.constant(Tensor.full(55, 512, 1)));
            }
        double[] w = network.weighting().collapse();
        assertThat(Arrays.stream(w).max().orElseThrow()).isGreaterThan(.99);
        assertThat(Arrays.stream(w).sum()).isCloseTo(1, within(1e-9));
    }
}
