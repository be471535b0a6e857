package org.lanewise.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lanewise.autograd.Functions;
import org.lanewise.autograd.Parameter;
import org.lanewise.autograd.Variable;
import org.lanewise.engine.Rng;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.UnaryModule;

class TrainingTest {

    private static final int ROWS = 37;

    /** Two layers with dropout between, so that a wrong random state shows. */
    private static final class Net extends UnaryModule {
        private final Parameter w1;
        private final Parameter w2;

        Net(long seed) {
            w1 = parameter("w1", Tensor.zeros(3, 8));
            w2 = parameter("w2", Tensor.zeros(8, 1));
            Rng.of(seed).stream(1).normal(w1.value(), 0f, 0.5f);
            Rng.of(seed).stream(2).normal(w2.value(), 0f, 0.5f);
        }

        @Override
        public Variable forward(Variable x) {
            Variable hidden = x.matmul(x.tape().use(w1)).tanh();
            if (isTraining()) hidden = Functions.dropout(hidden, 0.2f);
            return hidden.matmul(x.tape().use(w2));
        }
    }

    private final Tensor x = Tensor.zeros(ROWS, 3);
    private final Tensor y;

    TrainingTest() {
        Rng.of(5).normal(x, 0f, 1f);
        y = x.slice(1, 0, 1).mul(2f).add(x.slice(1, 1, 2).tanh());
    }

    private Training plan(Net net) {
        var optimizer = new AdamW(List.of(ParamGroup.of(net.namedParameters()).weightDecay(0.01f)), 0.02f);
        return Training.of(net, optimizer, new Batches(ROWS, 8).shuffled(3), (tape, rows) -> {
            Variable error = net.forward(tape.constant(x.indexSelect(0, rows)))
                    .sub(tape.constant(y.indexSelect(0, rows)));
            return error.square().mean();
        }).epochs(6).seed(11).schedule(Schedule.cosine(30, 0.1)).clipNorm(5f);
    }

    private double error(Net net) {
        try (var tape = org.lanewise.autograd.Tape.inference()) {
            return net.forward(tape.constant(x)).value().sub(y).square().mean().item();
        }
    }

    private static float[] weights(Net net) {
        return net.stateDict().get("w1").toArray();
    }

    @Test
    void learns() {
        Net net = new Net(1);
        double before = error(net);
        TrainingResult result = plan(net).epochs(60).run();
        assertThat(result.ending()).isEqualTo(TrainingResult.Ending.COMPLETED);
        assertThat(result.history()).hasSize(60);
        assertThat(result.steps()).isEqualTo(60 * 5);
        assertThat(error(net)).isLessThan(before / 5);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 7, 13, 29})
    void anInterruptedAndResumedRunGivesTheSameBits(int interruptAfter, @TempDir Path directory) {
        Net whole = new Net(1);
        TrainingResult expected = full(plan(whole), whole).run();

        Net first = new Net(1);
        AtomicInteger steps = new AtomicInteger();
        TrainingResult part = full(plan(first), first).checkpoints(directory, 0)
                .stopWhen(() -> steps.incrementAndGet() == interruptAfter).run();
        assertThat(part.ending()).isEqualTo(TrainingResult.Ending.INTERRUPTED);
        assertThat(part.steps()).isEqualTo(interruptAfter);

        Net second = new Net(99);
        TrainingResult rest = full(plan(second), second).checkpoints(directory, 0).resume().run();
        assertThat(rest).isEqualTo(expected);
        assertThat(weights(second)).isEqualTo(weights(whole));
    }

    /** With everything on that carries state from step to step. */
    private Training full(Training plan, Net net) {
        return plan.average(WeightAverage.exponential(net.namedParameters(), 0.9))
                .plateau(new Plateau(0.5, 1, 0.2, 0.01))
                .validate(() -> Map.of("error", error(net))).monitor("error", false).restoreBest()
                .callback(new EarlyStopping(50));
    }

    @Test
    void aFinishedRunIsNotRepeatedButCanBeExtended(@TempDir Path directory) {
        Net net = new Net(1);
        plan(net).checkpoints(directory, 2).run();
        float[] done = weights(net);
        Net again = new Net(2);
        assertThat(plan(again).checkpoints(directory, 2).resume().run().steps()).isEqualTo(30);
        assertThat(weights(again)).isEqualTo(done);
        Net longer = new Net(3);
        assertThat(plan(longer).epochs(8).checkpoints(directory, 2).resume().run().steps()).isEqualTo(40);
    }

    @Test
    void restoresTheBestEpoch() {
        Net net = new Net(1);
        var seen = new ArrayList<float[]>();
        double[] figures = {5, 3, 4, 1, 2, 6};
        TrainingResult result = plan(net).validate(() -> {
            seen.add(weights(net));
            return Map.of("figure", figures[seen.size() - 1]);
        }).monitor("figure", false).restoreBest().run();
        assertThat(result.bestEpoch()).isEqualTo(3);
        assertThat(result.best()).isEqualTo(1);
        assertThat(weights(net)).isEqualTo(seen.get(3));
        assertThat(net.isTraining()).isFalse();
    }

    @Test
    void stopsWhenNothingImproves() {
        double[] figures = {1, 2, 1.5, 1.4, 2};
        var epoch = new AtomicInteger();
        TrainingResult result = plan(new Net(1)).validate(() -> Map.of("f", figures[epoch.getAndIncrement() % 5]))
                .monitor("f", true).callback(new EarlyStopping(2)).run();
        assertThat(result.ending()).isEqualTo(TrainingResult.Ending.EARLY_STOPPED);
        assertThat(result.epochs()).isEqualTo(4);
        assertThat(result.bestEpoch()).isEqualTo(1);
    }

    @Test
    void stopsWhenTimeIsUp() {
        TrainingResult result = plan(new Net(1)).callback(new TimeLimit(Duration.ofNanos(1))).run();
        assertThat(result.ending()).isEqualTo(TrainingResult.Ending.TIME_LIMIT);
        assertThat(result.steps()).isEqualTo(1);
    }

    @Test
    void accumulatedBatchesEqualOneLargeBatch() {
        Net parts = new Net(1);
        Net whole = new Net(1);
        parts.eval();
        train(parts, 8, 5);
        train(whole, 40, 1);
        float[] a = weights(parts);
        float[] b = weights(whole);
        for (int i = 0; i < a.length; i++) assertThat(a[i]).isCloseTo(b[i], within(1e-5f));
    }

    private void train(Net net, int batch, int accumulate) {
        var sgd = new Sgd(List.of(ParamGroup.of(net.namedParameters())), 0.05f);
        Training.of(net, sgd, new Batches(ROWS, batch), (tape, rows) -> {
            net.eval();
            return net.forward(tape.constant(x.indexSelect(0, rows))).sub(tape.constant(y.indexSelect(0, rows)))
                    .square()
                    .mean();
        }).epochs(4).accumulate(accumulate).run();
    }

    @Test
    void reportsWhereALossStoppedBeingANumber() {
        Net net = new Net(1);
        y.set(Float.NaN, 4, 0);
        assertThatThrownBy(() -> plan(net).run()).isInstanceOf(TrainingException.class)
                .hasMessageContaining("epoch 1").hasMessageContaining("w1").hasMessageContaining("loss NaN");
        TrainingResult skipped = plan(new Net(1)).skipAnomalies().run();
        assertThat(skipped.steps()).isEqualTo(30);
        assertThat(skipped.history()).allSatisfy(metrics -> assertThat(metrics.get("train_loss")).isFinite());
    }

    @Test
    void refusesACheckpointOfAnotherRun(@TempDir Path directory) throws Exception {
        plan(new Net(1)).checkpoints(directory, 0).fingerprint("a").run();
        assertThatThrownBy(() -> plan(new Net(1)).checkpoints(directory, 0).fingerprint("b").resume().run())
                .isInstanceOf(CheckpointException.class).hasMessageContaining("other settings");
        Path file = directory.resolve("last.safetensors");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        assertThatThrownBy(() -> plan(new Net(1)).checkpoints(directory, 0).fingerprint("a").resume().run())
                .hasMessageContaining("last.safetensors");
    }

    @Test
    void showsProgressAndWritesEvents(@TempDir Path directory) throws Exception {
        var lines = new ArrayList<String>();
        plan(new Net(1))
                .callback(new ProgressCallback((done, total, message) -> lines.add(done + "/" + total + message)))
                .callback(new TensorBoardCallback(directory.resolve("tb"), 5)).run();
        assertThat(lines).hasSize(36).last().asString().startsWith("30/30").contains("train_loss");
        try (var files = Files.list(directory.resolve("tb"))) {
            assertThat(Files.size(files.findFirst().orElseThrow())).isGreaterThan(1000);
        }
    }
}
