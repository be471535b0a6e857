package org.lanewise.mheight.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.lanewise.engine.WorkerPool;
import org.lanewise.mheight.CodeData;
import org.lanewise.mheight.exact.ExactSolver;

/** Labels of changed codes are wrong, unless the change is a symmetry. */
class LabelControlTest {
    private static final HeightRows ROWS = HeightRows.draw(CodeLaw.D1, Group.PUBLISHED, 400, 2);

    @Test
    void onlyTwinsKeepTheirLabels() {
        for (LabelControl.Wrong wrong : LabelControl.TWIN.measure(ROWS, 400, 1)) {
            assertThat(wrong.codes()).isEqualTo(400);
            assertThat(wrong.log2Mse()).isLessThan(1e-12);
        }
        for (LabelControl control : LabelControl.values()) {
            if (control == LabelControl.TWIN) continue;
            List<LabelControl.Wrong> wrong = control.measure(ROWS, 400, 1);
            assertThat(wrong).hasSize(9);
            assertThat(wrong.get(3).log2Mse()).as(control.label()).isGreaterThan(1);
        }
    }

    @Test
    void sameBitsForAnyThreads() {
        List<LabelControl.Wrong> all = LabelControl.PUBLISHED.measure(ROWS, 300, 7);
        try (WorkerPool one = WorkerPool.of(1)) {
            one.run(() -> assertThat(LabelControl.PUBLISHED.measure(ROWS, 300, 7)).isEqualTo(all));
        }
        assertThat(LabelControl.PUBLISHED.measure(ROWS, 300, 8)).isNotEqualTo(all);
    }

    /** The published rule on entries of both signs: no NaN, labels between the parents', the original rows first. */
    @Test
    void interpolatedRowsAreAddedToTheOthers() {
        HeightRows more = LabelControl.interpolated(ROWS, .25, 3);
        assertThat(more.size()).isEqualTo(9 * 500);
        assertThat(Arrays.copyOf(more.log2(), ROWS.size())).containsExactly(ROWS.log2());
        assertThat(Arrays.copyOf(more.key(), ROWS.size())).containsExactly(ROWS.key());
        for (int g = 0; g < 9; g++) {
            int[] rows = more.rowsOf(g);
            assertThat(rows).hasSize(500);
            double[] labels = Arrays.stream(rows).mapToDouble(i -> more.log2()[i]).toArray();
            double most = Arrays.stream(labels).limit(400).max().orElseThrow();
            double least = Arrays.stream(labels).limit(400).min().orElseThrow();
            assertThat(Arrays.stream(labels).skip(400)).allMatch(y -> y >= least && y <= most);
            double[] made = more.p()[rows[499]];
            assertThat(made).hasSize(more.groups().get(g).shape().entries());
            assertThat(Arrays.stream(made)).allMatch(x -> Math.abs(x) < 200);
            assertThat(more.key()[rows[499]])
                    .isEqualTo(OrbitKey.of(ExactSolver.of(more.groups().get(g).shape()), made, 1)[0]);
        }
        assertThat(LabelControl.interpolated(ROWS, 0, 3).size()).isEqualTo(ROWS.size());
    }

    /** Figures measured by an independent program on the course's first data set, within what other random draws change. */
    @Test
    void firstDataSetOfTheCourse() {
        HeightRows rows = HeightRows.of(new CodeTable(LabelledFile.read(CodeData.file("ds1_n9_integer.csv.gz")), 0),
                Group.PUBLISHED);
        assertThat(rows.size()).isEqualTo(32_087);
        Map<String, Double> blend = errors(LabelControl.BLEND, rows);
        close(blend, "(4,2)", .69);
        close(blend, "(4,3)", .81);
        close(blend, "(4,4)", 1.56);
        close(blend, "(4,5)", 5.7);
        close(blend, "(5,2)", .67);
        close(blend, "(5,3)", 1.4);
        close(blend, "(5,4)", 5.6);
        close(blend, "(6,2)", 1.05);
        close(blend, "(6,3)", 5.2);
        Map<String, Double> two = errors(LabelControl.NOISE_2, rows);
        close(two, "(4,2)", .03);
        close(two, "(4,4)", .21);
        close(two, "(4,5)", 4.2);
        close(two, "(6,3)", 3.0);
        Map<String, Double> eight = errors(LabelControl.NOISE_8, rows);
        close(eight, "(4,2)", .17);
        close(eight, "(4,4)", .68);
        close(eight, "(4,5)", 5.5);
        close(eight, "(6,3)", 5.1);
    }

    private static Map<String, Double> errors(LabelControl control, HeightRows rows) {
        Map<String, Double> errors = new HashMap<>();
        for (LabelControl.Wrong wrong : control.measure(rows, 4000, 1))
            errors.put(wrong.group().toString(), wrong.log2Mse());
        return errors;
    }

    private static void close(Map<String, Double> errors, String group, double expected) {
        assertThat(errors.get(group)).as(group).isCloseTo(expected, within(.2 * expected));
    }
}
