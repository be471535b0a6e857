package org.lanewise.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lanewise.autograd.Tape;
import org.lanewise.autograd.Variable;
import org.lanewise.engine.Rng;
import org.lanewise.engine.ShapeException;
import org.lanewise.engine.Tensor;

class GRUTest {
    private static final GRU.Options STANDARD = GRU.Options.STANDARD;
    private final Rng rng = Rng.of(1);

    @Test
    void isTorchs() {
        check("gru", new GRU(3, 4, rng), null);
        check("gru_no_bias", new GRU(3, 4, STANDARD.bias(false), rng), null);
    }

    @Test
    void severalLayersInBothDirectionsAreTorchs() {
        check("gru_deep", new GRU(3, 4, STANDARD.layers(2).bidirectional(true), rng), null);
    }

    @Test
    void rowsOfDifferentLengthsAreTorchsPackedSequences() {
        Golden golden = Golden.of("gru_packed");
        check("gru_packed", new GRU(3, 4, STANDARD.layers(2).bidirectional(true), rng), golden.indices("lengths"));
    }

    private static void check(String name, GRU gru, int[] lengths) {
        Golden.of(name).check(gru, (_, in) -> {
            GRU.Output out = gru.forward(in.get("x"), in.get("h0"), lengths);
            return Map.of("seq", out.sequence(), "last", out.last());
        });
    }

    @Test
    void whatIsBeyondALengthCountsForNothing() {
        GRU gru = new GRU(3, 4, STANDARD.layers(2).bidirectional(true), rng);
        Tensor x = rng.normal(Tensor.zeros(2, 5, 3), 0, 1);
        Tensor other = x.copy();
        other.select(0, 1).slice(0, 3, 5).fill_(99f);
        try (Tape tape = Tape.inference()) {
            GRU.Output a = gru.forward(tape.constant(x), null, new int[] {5, 3});
            GRU.Output b = gru.forward(tape.constant(other), null, new int[] {5, 3});
            assertThat(b.sequence().value().toArray()).isEqualTo(a.sequence().value().toArray());
            assertThat(b.last().value().toArray()).isEqualTo(a.last().value().toArray());
        }
    }

    @Test
    void noInitialStateIsZero() {
        GRU gru = new GRU(3, 4, rng);
        Tensor x = rng.normal(Tensor.zeros(2, 5, 3), 0, 1);
        try (Tape tape = Tape.inference()) {
            Variable zeros = tape.constant(Tensor.zeros(1, 2, 4));
            assertThat(gru.forward(tape.constant(x)).sequence().value().toArray())
                    .isEqualTo(gru.forward(tape.constant(x), zeros, null).sequence().value().toArray());
        }
    }

    @Test
    void dropoutIsBetweenLayersInTrainingOnly() {
        GRU gru = new GRU(3, 16, STANDARD.layers(2).dropout(0.5), rng);
        Tensor x = rng.normal(Tensor.zeros(2, 5, 3), 0, 1);
        float[] first = run(gru, x, 1);
        assertThat(run(gru, x, 1)).isEqualTo(first);
        assertThat(run(gru, x, 2)).isNotEqualTo(first);
        gru.eval();
        assertThat(run(gru, x, 2)).isEqualTo(run(gru, x, 1));
    }

    private static float[] run(GRU gru, Tensor x, long seed) {
        try (Tape tape = Tape.recording(seed)) {
            return gru.forward(tape.constant(x)).sequence().value().toArray();
        }
    }

    @Test
    void wrongShapesNameTheModule() {
        GRU gru = new GRU(3, 4, rng);
        try (Tape tape = Tape.inference()) {
            Variable x = tape.constant(Tensor.zeros(2, 5, 3));
            assertThatThrownBy(() -> gru.forward(tape.constant(Tensor.zeros(5, 3)))).isInstanceOf(ShapeException.class)
                    .hasMessage("GRU(3, 4): input must have shape [*, *, 3], got [5, 3]");
            assertThatThrownBy(() -> gru.forward(x, tape.constant(Tensor.zeros(2, 2, 4)), null))
                    .isInstanceOf(ShapeException.class).hasMessageContaining("[1, 2, 4]");
            assertThatThrownBy(() -> gru.forward(x, null, new int[] {5})).isInstanceOf(ShapeException.class);
            assertThatThrownBy(() -> gru.forward(x, null, new int[] {5, 6})).hasMessageContaining("length 6 of row 1");
            assertThatThrownBy(() -> gru.forward(tape.constant(Tensor.zeros(2, 0, 3))))
                    .isInstanceOf(ShapeException.class).hasMessageContaining("no positions");
        }
    }
}
