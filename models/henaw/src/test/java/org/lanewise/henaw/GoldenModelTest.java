package org.lanewise.henaw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.CohortFormat;
import org.lanewise.henaw.data.CohortReader;
import org.lanewise.henaw.data.CohortWriter;
import org.lanewise.henaw.synth.RepairedGenerator;
import org.lanewise.tabular.DoubleColumn;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.csv.Csv;

/**
 * A model that version 1 of the format wrote must load, and predict the same, for ever. The folder was made by {@link #main};
 * a new version of the format gets a folder of its own.
 */
class GoldenModelTest {
    private static final Path FOLDER = Path.of("../../src-test-data/henaw/model-v1");

    /** Writes the golden folder: run once per format version, from the module's folder. */
    public static void main(String[] args) {
        if (Files.exists(FOLDER))
            throw new IllegalStateException(FOLDER + " exists: golden files are never rewritten");
        HenawModel model = SmallModels.model();
        HenawArtifacts.save(model, FOLDER);
        Cohort people = RepairedGenerator.generate(20, 5);
        CohortWriter.write(FOLDER.resolve("people.csv"), people);
        HenawPredictor.Batch b = HenawPredictor.of(model).predict(people);
        Csv.write(FOLDER.resolve("predictions.csv"),
                Table.of(DoubleColumn.of("biological_age", b.biologicalAge()), DoubleColumn.of("risk", b.risk()),
                        DoubleColumn.of("guessed_age", b.guessedAge()), DoubleColumn.of("lower", b.lower()),
                        DoubleColumn.of("upper", b.upper())));
    }

    @Test
    void versionOneLoadsAndPredictsAsItDid() {
        HenawPredictor predictor = HenawPredictor.of(HenawArtifacts.load(FOLDER));
        HenawPredictor.Batch b = predictor
                .predict(CohortReader.of(CohortFormat.CANONICAL).read(FOLDER.resolve("people.csv")));
        Table expected = Csv.read(FOLDER.resolve("predictions.csv"));
        assertThat(b.biologicalAge()).containsExactly(expected.numbers("biological_age"), within(1e-3));
        assertThat(b.risk()).containsExactly(expected.numbers("risk"), within(1e-5));
        assertThat(b.guessedAge()).containsExactly(expected.numbers("guessed_age"), within(1e-3));
        assertThat(b.lower()).containsExactly(expected.numbers("lower"), within(1.));
        assertThat(b.upper()).containsExactly(expected.numbers("upper"), within(1.));
    }
}
