package org.lanewise.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RealDataTest {

    @TempDir
    Path folder;

    private void write(RealDataSet set, String... lines) throws IOException {
        try (var out = new GZIPOutputStream(Files.newOutputStream(set.file(folder)))) {
            out.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void textBecomesCategoriesAndTheTargetStaysOut() throws IOException {
        write(RealDataSet.DIAMONDS, "carat,cut,price", "0.5,Good,10", ",Best,20", "0.25,,30");
        BoostingProblem p = RealDataSet.DIAMONDS.read(folder).boosting();
        assertThat(p.x()).containsExactly(0.5f, 1, Float.NaN, 0, 0.25f, Float.NaN);
        assertThat(p.y()).containsExactly(10, 20, 30);
        assertThat(p.categorical()).containsExactly(1);
        assertThat(p.take(2).x()).containsExactly(0.25f, Float.NaN);
        assertThat(p.take(2).y()).containsExactly(30);
    }

    @Test
    void classesAreNumbered() throws IOException {
        write(RealDataSet.LETTER, "lettr,width", "B,1", "A,2", "C,3");
        BoostingProblem p = RealDataSet.LETTER.read(folder).boosting();
        assertThat(p.y()).containsExactly(1, 0, 2);
        assertThat(p.classes()).isEqualTo(3);
    }

    /** Only death (2) is the event; times start at 1 so that each has a sign. */
    @Test
    void timesWithoutEventAreNegative() throws IOException {
        write(RealDataSet.PBC, "id,time,status,age", "1,0,2,50", "2,5,1,60", "3,7,0,70");
        RealData data = RealDataSet.PBC.read(folder);
        assertThat(data.boosting().y()).containsExactly(1, -6, -8);
        assertThat(data.boosting().columns()).isEqualTo(1);
        assertThat(data.boosting().target().event(0)).isTrue();
        assertThat(data.boosting().target().event(1)).isFalse();
        assertThat(data.boosting().target().label(2)).isEqualTo(8);
    }

    @Test
    void anUnknownSetIsNamed() {
        assertThat(RealDataSet.of(List.of())).hasSize(RealDataSet.values().length);
        assertThatThrownBy(() -> RealDataSet.of(List.of("iris"))).hasMessageContaining("no data set iris");
    }

    @Test
    void theComparisonPassesOverWhatIsNotThere() throws Exception {
        String[] lines = new String[121];
        lines[0] = "id,time,status,age,sex";
        for (int i = 1; i < lines.length; i++)
            lines[i] = i + "," + (200 - i) + "," + i % 3 + "," + i + "," + (i % 2 == 0 ? "m" : "f");
        write(RealDataSet.PBC, lines);
        Path result = folder.resolve("result.json");
        RealDataComparison.run("data=" + folder, "repeats=1", "folds=3", "peers=none", "result=" + result);
        Map<String, Object> table = ResultTable.read(result).getFirst().json();
        assertThat(table.get("rows").toString()).contains("data=pbc").contains("measure=concordance")
                .contains("baseline=0.5").doesNotContain("diamonds");
    }
}
