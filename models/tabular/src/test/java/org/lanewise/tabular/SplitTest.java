package org.lanewise.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitTest {
    private static void coverOnce(List<int[]> parts, int rows) {
        int[] all = parts.stream().flatMapToInt(Arrays::stream).sorted().toArray();
        assertThat(all).containsExactly(IntStream.range(0, rows).toArray());
    }

    @Test
    void inOrderCutsWhereTheFractionsEnd() {
        List<int[]> parts = Split.inOrder(10_000, 0.7, 0.15, 0.15);
        assertThat(parts).extracting(p -> p.length).containsExactly(7000, 1500, 1500);
        assertThat(parts.get(1)[0]).isEqualTo(7000);
        coverOnce(parts, 10_000);
        coverOnce(Split.inOrder(7, 0.5, 0.5), 7);
        coverOnce(Split.inOrder(0, 0.5, 0.5), 0);
        assertThatThrownBy(() -> Split.inOrder(10, 0.5, 0.6)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("fractions must sum to 1: [0.5, 0.6]");
    }

    @Test
    void shuffledIsSeeded() {
        List<int[]> parts = Split.shuffled(1000, 3, 0.6, 0.4);
        assertThat(parts.get(0)).hasSize(600).isSorted();
        coverOnce(parts, 1000);
        assertThat(Split.shuffled(1000, 3, 0.6, 0.4).get(0)).containsExactly(parts.get(0));
        assertThat(Split.shuffled(1000, 4, 0.6, 0.4).get(0)).isNotEqualTo(parts.get(0));
        long low = Arrays.stream(parts.get(0)).filter(i -> i < 500).count();
        assertThat(low).isBetween(250L, 350L);
    }

    @Test
    void stratifiedDividesEveryClassAlike() {
        int[] classes = IntStream.range(0, 1000).map(i -> i % 10 == 0 ? 1 : i % 97 == 0 ? 2 : 0).toArray();
        List<int[]> parts = Split.stratified(classes, 1, 0.7, 0.3);
        coverOnce(parts, 1000);
        for (int c = 0; c < 3; c++) {
            int wanted = c;
            long size = Arrays.stream(classes).filter(v -> v == wanted).count();
            long first = Arrays.stream(parts.get(0)).filter(i -> classes[i] == wanted).count();
            assertThat((double) first).isBetween(0.7 * size - 1, 0.7 * size + 1);
        }
        // Many classes of one row each still divide in proportion.
        assertThat(Split.stratified(IntStream.range(0, 100).toArray(), 1, 0.7, 0.3).get(0)).hasSize(70);
    }

    @Test
    void foldsTestEveryRowOnce() {
        for (List<Split.Fold> folds : List.of(Split.folds(103, 5, 1), Split.stratifiedFolds(new int[103], 5, 1))) {
            coverOnce(folds.stream().map(Split.Fold::test).toList(), 103);
            for (Split.Fold fold : folds) {
                assertThat(fold.test().length).isBetween(20, 21);
                coverOnce(List.of(fold.train(), fold.test()), 103);
            }
        }
        assertThatThrownBy(() -> Split.folds(3, 5, 1)).hasMessage("5 folds of 3 rows or groups");
    }

    @Test
    void groupsStayTogether() {
        String[] groups = IntStream.range(0, 500).mapToObj(i -> "g" + (i * 7919 % 61)).toArray(String[]::new);
        List<Split.Fold> folds = Split.groupedFolds(groups, 5, 9);
        coverOnce(folds.stream().map(Split.Fold::test).toList(), 500);
        Set<String> seen = new HashSet<>();
        for (Split.Fold fold : folds) {
            Set<String> here = new HashSet<>();
            Arrays.stream(fold.test()).forEach(i -> here.add(groups[i]));
            assertThat(seen).doesNotContainAnyElementsOf(here);
            seen.addAll(here);
            assertThat(fold.test().length).isBetween(85, 115);
        }
        List<int[]> parts = Split.grouped(groups, 2, 0.8, 0.2);
        coverOnce(parts, 500);
        assertThat(parts.get(0).length).isBetween(385, 415);
        assertThat(Arrays.stream(parts.get(0)).mapToObj(i -> groups[i]))
                .doesNotContainAnyElementsOf(Arrays.stream(parts.get(1)).mapToObj(i -> groups[i]).toList());
    }

    @Test
    void groupsStayTogetherAndClassesSpread() {
        int rows = 2000;
        Object[] groups = IntStream.range(0, rows).mapToObj(i -> i * 7919 % 401).toArray();
        // A class that a third of the groups never has, and a rare one in a few groups only.
        int[] classes = IntStream.range(0, rows)
                .map(i -> (int) groups[i] % 3 == 0 ? 0 : (int) groups[i] < 40 ? 2 : i % 2).toArray();
        List<Split.Fold> folds = Split.stratifiedGroupedFolds(classes, groups, 5, 3);
        coverOnce(folds.stream().map(Split.Fold::test).toList(), rows);
        for (Split.Fold fold : folds) {
            assertThat(Arrays.stream(fold.test()).mapToObj(i -> groups[i]))
                    .doesNotContainAnyElementsOf(Arrays.stream(fold.train()).mapToObj(i -> groups[i]).toList());
            for (int c = 0; c < 3; c++) {
                int wanted = c;
                double all = Arrays.stream(classes).filter(v -> v == wanted).count();
                double here = Arrays.stream(fold.test()).filter(i -> classes[i] == wanted).count();
                assertThat(here / all).isBetween(0.15, 0.25);
            }
        }
        assertThat(Split.stratifiedGroupedFolds(classes, groups, 5, 3).get(2).test())
                .containsExactly(folds.get(2).test());
        List<int[]> parts = Split.stratifiedGrouped(classes, groups, 1, 0.6, 0.4);
        coverOnce(parts, rows);
        assertThat(parts.get(0).length).isBetween(1150, 1250);
        assertThat(Split.stratifiedGrouped(classes, groups, 1, 1, 0).get(1)).isEmpty();
    }

    @Test
    void repeatsDifferAndAreSeeded() {
        List<Split.Fold> folds = Split.repeated(3, 5, seed -> Split.folds(50, 4, seed));
        assertThat(folds).hasSize(12);
        for (int repeat = 0; repeat < 3; repeat++) {
            coverOnce(folds.subList(4 * repeat, 4 * repeat + 4).stream().map(Split.Fold::test).toList(), 50);
        }
        assertThat(folds.get(0).test()).isNotEqualTo(folds.get(4).test());
        assertThat(Split.repeated(3, 5, seed -> Split.folds(50, 4, seed)).get(7).test())
                .containsExactly(folds.get(7).test());
        Split.Parts parts = Split.Parts.of(Split.shuffled(100, 1, 0.6, 0.2, 0.2));
        assertThat(parts.train()).hasSize(60);
        assertThat(parts.test()).hasSize(20);
    }
}
