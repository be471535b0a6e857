package org.lanewise.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lanewise.engine.Rng;

class TemporalSplitTest {
    private static double[] shuffledDays(int rows, int days) {
        return Arrays.stream(Rng.of(1).permutation(rows)).mapToDouble(i -> i % days).toArray();
    }

    /** Values of sklearn.model_selection.TimeSeriesSplit(3, gap=2).split(range(14)), scikit-learn 1.2.1. */
    @Test
    void timesInOrderAreCutAsByScikitLearn() {
        double[] times = IntStream.range(0, 14).asDoubleStream().toArray();
        List<Split.Fold> folds = TemporalSplit.of(times).withGap(2).folds(3);
        assertThat(folds.get(0).train()).containsExactly(0, 1, 2);
        assertThat(folds.get(0).test()).containsExactly(5, 6, 7);
        assertThat(folds.get(1).train()).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(folds.get(1).test()).containsExactly(8, 9, 10);
        assertThat(folds.get(2).train()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(folds.get(2).test()).containsExactly(11, 12, 13);
    }

    @Test
    void trainingLiesBeforeTheTestByMoreThanTheGap() {
        double[] days = shuffledDays(1000, 97);
        Object[] person = IntStream.range(0, 1000).mapToObj(i -> i % 300).toArray();
        for (Split.Fold fold : TemporalSplit.of(days).withGap(5).withGroups(person).folds(6)) {
            double first = Arrays.stream(fold.test()).mapToDouble(i -> days[i]).min().orElseThrow();
            assertThat(Arrays.stream(fold.train()).mapToDouble(i -> days[i])).allMatch(t -> first - t > 5);
            assertThat(Arrays.stream(fold.train()).mapToObj(i -> person[i]))
                    .doesNotContainAnyElementsOf(Arrays.stream(fold.test()).mapToObj(i -> person[i]).toList());
            assertThat(fold.train()).isSorted();
        }
        List<Split.Fold> folds = TemporalSplit.of(days).folds(6);
        // Equal days are never divided, so each tested day is tested in one fold only.
        for (int f = 1; f < folds.size(); f++) {
            double last = Arrays.stream(folds.get(f - 1).test()).mapToDouble(i -> days[i]).max().orElseThrow();
            assertThat(Arrays.stream(folds.get(f).test()).mapToDouble(i -> days[i])).allMatch(t -> t > last);
            assertThat(folds.get(f).train().length).isGreaterThan(folds.get(f - 1).train().length);
        }
        for (Split.Fold fold : TemporalSplit.of(days).withWindow(20).folds(3)) {
            double[] trained = Arrays.stream(fold.train()).mapToDouble(i -> days[i]).sorted().toArray();
            assertThat(trained[trained.length - 1] - trained[0]).isLessThanOrEqualTo(20);
        }
    }

    @Test
    void threeParts() {
        double[] days = shuffledDays(2000, 400);
        Object[] person = IntStream.range(0, 2000).mapToObj(i -> "p" + i % 900).toArray();
        Split.Parts plain = TemporalSplit.of(days).parts(0.7, 0.15, 0.15);
        assertThat(plain.train()).hasSize(1400);
        assertThat(plain.valid()).hasSize(300);
        assertThat(plain.test()).hasSize(300);
        Split.Parts parts = TemporalSplit.of(days).withGap(10).withGroups(person).parts(0.7, 0.15, 0.15);
        assertThat(parts.test()).containsExactly(plain.test());
        List<Object> tested = Arrays.stream(parts.test()).mapToObj(i -> person[i]).toList();
        assertThat(Arrays.stream(parts.valid()).mapToObj(i -> person[i])).doesNotContainAnyElementsOf(tested);
        assertThat(Arrays.stream(parts.train()).mapToObj(i -> person[i])).doesNotContainAnyElementsOf(tested)
                .doesNotContainAnyElementsOf(Arrays.stream(parts.valid()).mapToObj(i -> person[i]).toList());
        assertThat(Arrays.stream(parts.train()).mapToDouble(i -> days[i]).max().orElseThrow()).isLessThan(270);
        assertThat(Arrays.stream(parts.valid()).mapToDouble(i -> days[i]).max().orElseThrow()).isLessThan(330);
    }

    @Test
    void refusals() {
        assertThatThrownBy(() -> TemporalSplit.of(new double[] {1, Double.NaN})).isInstanceOf(BadInputException.class)
                .hasMessage("row 2, value \"NaN\": a temporal split needs every time");
        assertThatThrownBy(() -> TemporalSplit.of(new double[20]).folds(3))
                .hasMessage("fold 1 of 3 has 0 rows to train on and 0 to test");
        assertThatThrownBy(() -> TemporalSplit.of(new double[] {1, 2, 3}).withGap(9).folds(2))
                .isInstanceOf(BadInputException.class);
        assertThatThrownBy(() -> TemporalSplit.of(new double[2]).folds(5)).hasMessage("5 temporal folds of 2 rows");
    }
}
