package org.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

class NearestTest {
    @Test
    void countsInsertionsDeletionsReplacementsAndSwaps() {
        assertThat(Nearest.distance("", "abc")).isEqualTo(3);
        assertThat(Nearest.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(Nearest.distance("train", "trian")).isEqualTo(1);
    }

    @Test
    void namesTheNearestOrNothing() {
        List<String> words = List.of("learningRate", "dropout", "epochs");
        assertThat(Nearest.to("learning-rate", words)).isEqualTo("learningRate");
        assertThat(Nearest.to("epoch", words)).isEqualTo("epochs");
        assertThat(Nearest.to("dorpuot", words)).isEqualTo("dropout");
        assertThat(Nearest.to("colour", words)).isNull();
        assertThat(Nearest.to("x", List.of())).isNull();
    }
}
