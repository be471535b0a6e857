package org.lanewise.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lanewise.autograd.Gradients;
import org.lanewise.autograd.Parameter;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.WorkerPool;
import tools.jackson.databind.JsonNode;

class OptimizerTest {

    private static Optimizer make(String name, Map<String, Parameter> parameters) {
        ParamGroup plain = ParamGroup.of(parameters);
        Function<Float, List<ParamGroup>> decay = d -> List.of(plain.weightDecay(d));
        return switch (name) {
            case "sgd" -> new Sgd(List.of(plain), 0.1f);
            case "sgd_decay" -> new Sgd(decay.apply(0.05f), 0.1f);
            case "momentum" -> new Sgd(decay.apply(0.05f), 0.1f, 0.9f, false);
            case "nesterov" -> new Sgd(List.of(plain), 0.1f, 0.9f, true);
            case "adam" -> new Adam(List.of(plain), 0.05f);
            case "adam_decay" -> new Adam(decay.apply(0.1f), 0.05f);
            case "adamw" -> new AdamW(decay.apply(0.1f), 0.05f, 0.8f, 0.95f, 1e-6f);
            case "rmsprop" -> new RmsProp(decay.apply(0.1f), 0.01f, 0.9f, 0.5f, 1e-8f);
            case "adagrad" -> new Adagrad(decay.apply(0.1f), 0.1f);
            default -> throw new AssertionError(name);
        };
    }

    private static Map<String, Parameter> start() {
        var parameters = new LinkedHashMap<String, Parameter>();
        parameters.put("w", new Parameter("w", Tensor.of(Golden.floats(Golden.ROOT.get("w0")), 3, 2)));
        parameters.put("b", new Parameter("b", Tensor.of(Golden.floats(Golden.ROOT.get("b0")), 2)));
        return parameters;
    }

    static Gradients gradients(Map<String, Parameter> parameters, Map<String, float[]> values) {
        var gradients = new Gradients();
        values.forEach((name, value) -> {
            Parameter parameter = parameters.get(name);
            gradients.put(parameter, Tensor.of(value.clone(), parameter.value().shape()));
        });
        return gradients;
    }

    private static Gradients golden(Map<String, Parameter> parameters, JsonNode step) {
        var values = new LinkedHashMap<String, float[]>();
        for (String name : parameters.keySet()) values.put(name, Golden.floats(step.get(name)));
        return gradients(parameters, values);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sgd", "sgd_decay", "momentum", "nesterov", "adam", "adam_decay", "adamw", "rmsprop",
            "adagrad"})
    void followsPyTorch(String name) {
        Map<String, Parameter> parameters = start();
        Optimizer optimizer = make(name, parameters);
        JsonNode steps = Golden.ROOT.get("gradients");
        JsonNode path = Golden.ROOT.get("optimisers").get(name);
        for (int i = 0; i < steps.size(); i++) {
            optimizer.step(golden(parameters, steps.get(i)));
            for (String key : parameters.keySet()) {
                assertThat(parameters.get(key).value().toArray()).as("%s after step %d", key, i + 1)
                        .containsExactly(Golden.floats(path.get(i).get(key)), within(2e-6f));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"momentum", "adam", "adamw", "rmsprop", "adagrad"})
    void resumesFromItsStateBitForBit(String name) {
        Map<String, Parameter> whole = start();
        Optimizer uninterrupted = make(name, whole);
        Map<String, Parameter> parts = start();
        Optimizer first = make(name, parts);
        JsonNode steps = Golden.ROOT.get("gradients");
        for (int i = 0; i < 5; i++) {
            uninterrupted.step(golden(whole, steps.get(i)));
            first.step(golden(parts, steps.get(i)));
        }
        Optimizer second = make(name, parts);
        second.loadState(first.state());
        assertThat(second.steps()).isEqualTo(5);
        for (int i = 5; i < steps.size(); i++) {
            uninterrupted.step(golden(whole, steps.get(i)));
            second.step(golden(parts, steps.get(i)));
        }
        for (String key : whole.keySet()) {
            assertThat(parts.get(key).value().toArray()).isEqualTo(whole.get(key).value().toArray());
        }
    }

    @Test
    void bitsDoNotDependOnTheNumberOfThreads() throws Exception {
        float[][] results = new float[3][];
        for (int threads = 1; threads <= 3; threads++) {
            var parameter = new Parameter("p", Tensor.zeros(300, 333));
            var parameters = Map.of("p", parameter);
            float[] g = new float[300 * 333];
            for (int i = 0; i < g.length; i++) g[i] = (i % 17 - 8) * 0.1f;
            var optimizer = new AdamW(List.of(ParamGroup.of(parameters).weightDecay(0.1f)), 0.01f);
            try (WorkerPool pool = WorkerPool.of(threads)) {
                pool.run(() -> {
                    for (int i = 0; i < 3; i++) optimizer.step(gradients(parameters, Map.of("p", g)));
                });
            }
            results[threads - 1] = parameter.value().toArray();
        }
        assertThat(results[1]).isEqualTo(results[0]);
        assertThat(results[2]).isEqualTo(results[0]);
    }

    @Test
    void groupsHaveTheirOwnRateAndDecay() {
        Map<String, Parameter> parameters = start();
        ParamGroup all = ParamGroup.of(parameters);
        var optimizer = new Sgd(List.of(all.where((name, p) -> p.value().rank() > 1).weightDecay(0.5f),
                all.where((name, p) -> p.value().rank() == 1).rateFactor(10)), 0.01f);
        float[] w = parameters.get("w").value().toArray();
        float[] b = parameters.get("b").value().toArray();
        optimizer.step(gradients(parameters, Map.of("w", new float[6], "b", new float[] {1, 1})));
        assertThat(parameters.get("w").value().toArray()[0]).isCloseTo(w[0] - 0.01f * 0.5f * w[0], within(1e-7f));
        assertThat(parameters.get("b").value().toArray()[0]).isCloseTo(b[0] - 0.1f, within(1e-7f));
    }

    @Test
    void parametersWithoutGradientStay() {
        Map<String, Parameter> parameters = start();
        var optimizer = new AdamW(List.of(ParamGroup.of(parameters).weightDecay(0.1f)), 0.1f);
        float[] before = parameters.get("b").value().toArray();
        optimizer.step(gradients(parameters, Map.of("w", new float[] {1, 1, 1, 1, 1, 1})));
        assertThat(parameters.get("b").value().toArray()).isEqualTo(before);
    }

    @Test
    void clipsByJointNormAndByValue() {
        Map<String, Parameter> parameters = start();
        var values = Map.of("w", new float[] {3, 0, 0, 0, 0, 0}, "b", new float[] {0, 4});
        Gradients gradients = gradients(parameters, values);
        assertThat(Clip.byNorm(gradients, parameters.values(), 1f)).isCloseTo(5, within(1e-6));
        assertThat(gradients.of(parameters.get("w")).toArray()[0]).isCloseTo(0.6f, within(1e-6f));
        assertThat(gradients.of(parameters.get("b")).toArray()[1]).isCloseTo(0.8f, within(1e-6f));
        Gradients others = gradients(parameters, values);
        assertThat(Clip.byNorm(others, parameters.values(), 6f)).isCloseTo(5, within(1e-6));
        assertThat(others.of(parameters.get("b")).toArray()[1]).isEqualTo(4f);
        Clip.byValue(others, parameters.values(), 3.5f);
        assertThat(others.of(parameters.get("w")).toArray()[0]).isEqualTo(3f);
        assertThat(others.of(parameters.get("b")).toArray()[1]).isEqualTo(3.5f);
    }

    @Test
    void refusesWhatDoesNotFit() {
        Map<String, Parameter> parameters = start();
        ParamGroup group = ParamGroup.of(parameters);
        assertThatThrownBy(() -> new Sgd(List.of(group, group), 0.1f)).hasMessageContaining("already in a group");
        assertThatThrownBy(() -> new Sgd(List.of(group), -1f)).hasMessageContaining("-1.0");
        assertThatThrownBy(() -> new Sgd(List.of(group), 1f, 1f, false)).hasMessageContaining("momentum");
        assertThatThrownBy(() -> new Adam(List.of(group), 1f).loadState(Map.of())).hasMessageContaining("w.exp_avg");
    }
}
