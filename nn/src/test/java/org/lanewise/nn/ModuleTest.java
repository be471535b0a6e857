package org.lanewise.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lanewise.autograd.Gradients;
import org.lanewise.autograd.Parameter;
import org.lanewise.autograd.Tape;
import org.lanewise.autograd.Variable;
import org.lanewise.engine.Rng;
import org.lanewise.engine.Tensor;

class ModuleTest {
    private final Rng rng = Rng.of(1);

    /** A module with two heads on one trunk, one of the trunk's layers used twice. */
    private static final class Net extends Module {
        final Linear shared;
        final Sequential trunk;
        final Parameter scale;

        Net(Rng rng) {
            shared = new Linear(4, 4, rng);
            trunk = child("trunk", new Sequential(shared, new BatchNorm1d(4), shared));
            scale = parameter("scale", Tensor.ones(1));
        }
    }

    @Test
    void namesArePathsInTheOrderOfPyTorch() {
        Net net = new Net(rng);
        assertThat(net.namedParameters().keySet()).containsExactly("scale", "trunk.0.weight", "trunk.0.bias",
                "trunk.1.weight", "trunk.1.bias", "trunk.2.weight", "trunk.2.bias");
        assertThat(net.stateDict().keySet()).containsExactly("scale", "trunk.0.weight", "trunk.0.bias",
                "trunk.1.weight", "trunk.1.bias", "trunk.1.running_mean", "trunk.1.running_var",
                "trunk.1.num_batches_tracked", "trunk.2.weight", "trunk.2.bias");
        assertThat(net.namedBuffers().keySet()).containsExactly("trunk.1.running_mean", "trunk.1.running_var",
                "trunk.1.num_batches_tracked");
        assertThat(net.namedModules().keySet()).containsExactly("", "trunk", "trunk.0", "trunk.1", "trunk.2");
        assertThat(net.children()).containsOnlyKeys("trunk");
    }

    @Test
    void sharedParametersCountOnceAndGetTheSumOfTheirGradients() {
        Net net = new Net(rng);
        assertThat(net.parameters()).hasSize(5);
        assertThat(net.parameterCount()).isEqualTo(1 + 20 + 8);
        net.eval();
        Tensor x = rng.normal(Tensor.zeros(3, 4), 0, 1);
        try (Tape tape = Tape.recording(1)) {
            Gradients gradients = tape.backward(net.trunk.forward(tape.constant(x)).sum());
            // the bias adds to the output once directly and once through weight and (nearly unit) norm
            float[] columns = net.shared.weight().value().sum(false, 0).toArray();
            float[] bias = gradients.of(net.shared.bias()).toArray();
            for (int i = 0; i < 4; i++) {
                assertThat(bias[i]).isCloseTo(3 * (1 + columns[i]), org.assertj.core.api.Assertions.within(1e-3f));
            }
        }
    }

    @Test
    void takenAndImpossibleNamesAreRefused() {
        class Bad extends Module {
            Bad(String first, String second) {
                parameter(first, Tensor.zeros(1));
                buffer(second, Tensor.zeros(1));
            }
        }
        assertThatThrownBy(() -> new Bad("a", "a")).hasMessageContaining("Bad: the name 'a' is taken");
        assertThatThrownBy(() -> new Bad("a", "b.c")).hasMessageContaining("'b.c'");
        assertThatThrownBy(() -> new Bad("", "b")).hasMessageContaining("empty");
    }

    @Test
    void modeReachesEveryModule() {
        Net net = new Net(rng);
        assertThat(net.isTraining()).isTrue();
        net.eval();
        assertThat(net.namedModules().values()).noneMatch(Module::isTraining);
        net.train();
        assertThat(net.namedModules().values()).allMatch(Module::isTraining);
    }

    @Test
    void frozenParametersGetNoGradient() {
        Sequential net = new Sequential(new Linear(2, 2, rng), new Linear(2, 2, rng));
        net.get(0).setRequiresGrad(false);
        try (Tape tape = Tape.recording(1)) {
            Gradients gradients = tape.backward(net.forward(tape.constant(Tensor.ones(1, 2))).sum());
            assertThat(gradients.of(net.parameters().get(0))).isNull();
            assertThat(gradients.of(net.parameters().get(2))).isNotNull();
        }
        assertThat(net.summary()).contains("(frozen)").contains("12 parameters, 6 of them trained");
    }

    @Test
    void stateDictIsACopy() {
        Linear layer = new Linear(2, 3, rng);
        Map<String, Tensor> state = layer.stateDict();
        float before = state.get("weight").get(0, 0);
        layer.weight().value().fill_(9f);
        assertThat(state.get("weight").get(0, 0)).isEqualTo(before);
        layer.loadStateDict(state);
        assertThat(layer.weight().value().get(0, 0)).isEqualTo(before);
        state.get("weight").fill_(5f);
        assertThat(layer.weight().value().get(0, 0)).isEqualTo(before);
    }

    @Test
    void everyFaultOfAStateDictIsInOneMessageAndNothingIsLoaded() {
        Sequential net = new Sequential(new Linear(5, 3, rng), new LayerNorm(3));
        Map<String, Tensor> state = new LinkedHashMap<>(net.stateDict());
        state.remove("0.bias");
        state.put("1.weight", Tensor.zeros(4));
        state.put("2.weight", Tensor.zeros(2, 2));
        state.put("0.weight", Tensor.zeros(3, 5));
        float before = net.stateDict().get("0.weight").get(0, 0);
        assertThatThrownBy(() -> net.loadStateDict(state)).isInstanceOf(StateDictException.class)
                .hasMessage("Sequential: the state dict does not fit; missing: 0.bias [3]; "
                        + "unexpected: 2.weight [2, 2]; shape: 1.weight must be [3], is [4]");
        assertThat(net.stateDict().get("0.weight").get(0, 0)).isEqualTo(before);
    }

    @Test
    void aWhollyDifferentStateDictIsNotListedInFull() {
        Map<String, Tensor> other = new LinkedHashMap<>();
        for (int i = 0; i < 1000; i++) other.put("layer" + i, Tensor.zeros(1));
        assertThatThrownBy(() -> new Linear(2, 2, rng).loadStateDict(other)).hasMessageContaining("and 980 more")
                .satisfies(e -> assertThat(e.getMessage().length()).isLessThan(1000));
    }

    @Test
    void valuesFromStridedTensorsLoad() {
        Linear layer = new Linear(2, 3, rng);
        Tensor weight = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
        layer.loadStateDict(Map.of("weight", weight.t(), "bias", Tensor.ones(3)));
        assertThat(layer.weight().value().toArray()).containsExactly(1, 4, 2, 5, 3, 6);
    }

    @Test
    void summaryShowsEveryModuleWithItsCount() {
        String summary = new Net(rng).summary();
        assertThat(summary.lines()).anyMatch(l -> l.contains("trunk: Sequential"))
                .anyMatch(
                        l -> l.contains("0: Linear(4, 4)") && l.contains("weight [4, 4], bias [4]") && l.endsWith("20"))
                .anyMatch(l -> l.contains("2: Linear(4, 4)") && l.contains("(shared)"))
                .anyMatch(l -> l.equals("29 parameters, 29 of them trained; 9 values in buffers"));
    }

    @Test
    void sameSeedSameNetworkWhateverElseWasBuilt() {
        float[] first = new Linear(7, 5, Rng.of(3)).weight().value().toArray();
        new Linear(3, 3, Rng.of(4));
        assertThat(new Linear(7, 5, Rng.of(3)).weight().value().toArray()).isEqualTo(first);
        assertThat(new Linear(7, 5, Rng.of(5)).weight().value().toArray()).isNotEqualTo(first);
    }

    @Test
    void manyThreadsMayPredictAtOnce() {
        Sequential net = LayersTest.mlp(rng);
        net.eval();
        Tensor x = rng.normal(Tensor.zeros(16, 5), 0, 1);
        float[] expected = predict(net, x);
        List<float[]> all = java.util.stream.IntStream.range(0, 64).parallel().mapToObj(_ -> predict(net, x)).toList();
        for (float[] one : all) assertThat(one).isEqualTo(expected);
    }

    private static float[] predict(UnaryModule net, Tensor x) {
        try (Tape tape = Tape.inference()) {
            Variable y = net.forward(tape.constant(x));
            return y.value().toArray();
        }
    }

    @Test
    void moduleListIsAListWithNumbers() {
        ModuleList<Linear> list = new ModuleList<>(List.of(new Linear(2, 3, rng), new Linear(3, 1, rng)));
        assertThat(list.namedParameters()).containsKeys("0.weight", "1.bias");
        assertThat(list.size()).isEqualTo(2);
        assertThat(list.get(1)).isSameAs(list.list().get(1));
        assertThatCode(() -> list.list().add(null)).isInstanceOf(UnsupportedOperationException.class);
    }
}
