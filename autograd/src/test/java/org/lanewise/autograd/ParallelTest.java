package org.lanewise.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.lanewise.engine.Activation;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.WorkerPool;

/** Several tapes at once, and any number of threads under one tape: the same bits. */
class ParallelTest {
    private static final int WIDTH = 96;
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();

    private Parameter parameter(String name, int... shape) {
        return parameters.computeIfAbsent(name,
                n -> new Parameter(n, Samples.normal(n.hashCode(), shape).mul_(0.1f)));
    }

    /** Most operations there are, on sizes that several threads share. */
    private List<float[]> step(long seed) {
        int batch = 8;
        int length = 60;
        int[] ids = new int[batch * length];
        int[] targets = new int[batch * length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = (int) ((i * 7919L + seed) % 50);
            targets[i] = (ids[i] + i) % 10;
        }
        try (Tape tape = Tape.recording(seed)) {
            Variable x = Functions.embedding(tape.use(parameter("table", 50, WIDTH)), ids, batch, length);
            Variable n = Functions.layerNorm(x, tape.use(parameter("gamma", WIDTH)),
                    tape.use(parameter("beta", WIDTH)), 1e-5f);
            Variable qkv = Functions.linear(n, tape.use(parameter("qkv", 3 * WIDTH, WIDTH)), null);
            Variable[] heads = qkv.split(2, WIDTH, WIDTH, WIDTH);
            Variable a = Functions.attention(heads[0], heads[1], heads[2],
                    AttentionOptions.heads(4).withDropout(0.1f));
            x = x.add(Functions.dropout(a, 0.2f));
            Variable h = Functions.linear(Functions.rmsNorm(x, tape.use(parameter("gamma2", WIDTH)), 1e-5f),
                    tape.use(parameter("w1", 4 * WIDTH, WIDTH)), tape.use(parameter("b1", 4 * WIDTH)),
                    Activation.GELU);
            x = x.add(Functions.linear(h, tape.use(parameter("w2", WIDTH, 4 * WIDTH)), null).mul(x.tanh()));
            x = Functions.batchNorm(x.reshape(batch * length, WIDTH), tape.use(parameter("gamma3", WIDTH)),
                    tape.use(parameter("beta3", WIDTH)), 1e-5f).output();
            x = x.add(x.softmax(0)).add(x.cumsum(0).mul(0.01f)).add(x.t().matmul(x).mean(false, 0).mul(1e-3f));
            Variable logits = Functions.linear(x, tape.use(parameter("head", 10, WIDTH)), null, Activation.TANH);
            Variable loss = Functions.crossEntropy(logits, targets).add(x.logSumExp(1, false).var(true, false, 0));
            Gradients gradients = tape.backward(loss);
            List<float[]> all = new ArrayList<>();
            all.add(loss.value().toArray());
            gradients.forEach((_, gradient) -> all.add(gradient.toArray()));
            assertThat(all).hasSize(parameters.size() + 1);
            return all;
        }
    }

    private static void same(List<float[]> a, List<float[]> b) {
        assertThat(a).hasSameSizeAs(b);
        for (int i = 0; i < a.size(); i++) assertThat(a.get(i)).as("result %d", i).isEqualTo(b.get(i));
    }

    @Test
    void anyNumberOfThreadsGivesTheSameBits() throws Exception {
        List<List<float[]>> results = new ArrayList<>();
        for (int threads : new int[] {1, 2, 4}) {
            try (WorkerPool pool = WorkerPool.of(threads)) {
                results.add(pool.call(() -> step(5)));
            }
        }
        same(results.get(0), results.get(1));
        same(results.get(0), results.get(2));
        for (float[] values : results.get(0)) for (float v : values) assertThat(Float.isFinite(v)).isTrue();
    }

    @Test
    void coldAndWarmGiveTheSameBits() {
        List<float[]> cold = step(6);
        for (int i = 0; i < 10; i++) step(7);
        same(cold, step(6));
    }

    @Test
    void tapesInParallelThreadsShareParameters() throws Exception {
        List<List<float[]>> expected = new ArrayList<>();
        for (int i = 0; i < 6; i++) expected.add(step(i));
        try (ExecutorService executor = Executors.newFixedThreadPool(3)) {
            List<Callable<List<float[]>>> work = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                int seed = i;
                work.add(() -> step(seed));
            }
            List<Future<List<float[]>>> results = executor.invokeAll(work);
            for (int i = 0; i < 6; i++) same(expected.get(i), results.get(i).get());
        }
    }

    @Test
    void gradientsOfParallelTapesAddUp() throws Exception {
        Parameter w = new Parameter("w", Samples.normal(1, 20, 10));
        try (ExecutorService executor = Executors.newFixedThreadPool(2)) {
            List<Future<Gradients>> futures = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Tensor x = Samples.normal(10 + i, 30, 10);
                futures.add(executor.submit(() -> {
                    try (Tape tape = Tape.recording(1)) {
                        return tape.backward(Functions.linear(tape.constant(x), tape.use(w), null).sum());
                    }
                }));
            }
            Gradients total = new Gradients();
            for (Future<Gradients> future : futures) total.add(future.get());
            Tensor x = Tensor.concat(0, Samples.normal(10, 30, 10), Samples.normal(11, 30, 10),
                    Samples.normal(12, 30, 10), Samples.normal(13, 30, 10));
            Tensor expected = x.sum(false, 0).expand(20, 10);
            assertThat(total.of(w).sub(expected).abs().max().item()).isLessThan(1e-4f);
        }
    }
}
