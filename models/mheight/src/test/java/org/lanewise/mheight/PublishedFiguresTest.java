package org.lanewise.mheight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.lanewise.mheight.data.CodeLaw;
import org.lanewise.mheight.data.Group;

class PublishedFiguresTest {
    private static final Group EASY = new Group(9, 4, 2);

    /** An evaluation whose error is the best public one of each group times a factor. */
    private static MHeightEvaluation times(double factor, Optional<CodeLaw> law, List<Group> groups) {
        return new MHeightEvaluation("d", law,
                groups.stream()
                        .map(g -> new MHeightEvaluation.Score(g, 10, 0,
                                factor * PublishedFigures.best(law.orElse(CodeLaw.D1), g), 1, 1, new float[0],
                                new float[0]))
                        .toList(),
                List.of(), List.of(), Optional.empty(), 1, 1);
    }

    @Test
    void figuresAreComparedOnCodesOfTheirKindOnly() {
        assertThat(PublishedFigures.best(CodeLaw.D1, EASY)).isEqualTo(.1456); // not .096 or .103
        assertThat(PublishedFigures.best(CodeLaw.D2, EASY)).isEqualTo(.096);
        assertThat(PublishedFigures.best(CodeLaw.D1, new Group(9, 4, 1))).isNaN();
        assertThat(PublishedFigures.bestOverall(CodeLaw.D1).name()).isEqualTo("harshwadhawe");
        assertThat(PublishedFigures.ALL.getFirst().overall()).isCloseTo(.877, within(.001));
        assertThat(PublishedFigures.ALL.getLast().isComparable(CodeLaw.D1)).isFalse();
        assertThat(PublishedFigures.ALL.getLast().isComparable(CodeLaw.D2)).isFalse();
    }

    @Test
    void verdictsAreCounted() {
        var half = PublishedFigures.compare(times(.5, Optional.of(CodeLaw.D1), Group.PUBLISHED)).orElseThrow();
        assertThat(half.better()).isEqualTo(9);
        assertThat(half.overall()).isCloseTo(.4386, within(1e-4));
        assertThat(half.isBetterOverall()).isTrue();
        var nearly = PublishedFigures.compare(times(.9, Optional.of(CodeLaw.D1), Group.PUBLISHED)).orElseThrow();
        assertThat(nearly.better()).isEqualTo(9);
        assertThat(nearly.isBetterOverall()).isFalse();
        assertThat(PublishedFigures.compare(times(1, Optional.of(CodeLaw.D2), Group.PUBLISHED)).orElseThrow().better())
                .isZero();
        var some = PublishedFigures.compare(times(.1, Optional.of(CodeLaw.D1), List.of(EASY))).orElseThrow();
        assertThat(some.groups()).isEqualTo(1);
        assertThat(some.isBetterOverall()).isFalse();
        assertThat(PublishedFigures.compare(times(.1, Optional.empty(), Group.PUBLISHED))).isEmpty();
    }
}
