package org.lanewise.henaw.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lanewise.henaw.NhanesData;
import org.lanewise.henaw.synth.RepairedGenerator;
import org.lanewise.tabular.BadInputException;

class CohortReaderTest {
    @TempDir
    Path folder;

    private Path file(String... lines) throws IOException {
        return Files.write(folder.resolve("people.csv"), List.of(lines));
    }

    private static CohortReader canonical() {
        return CohortReader.of(CohortFormat.CANONICAL);
    }

    @ParameterizedTest
    @CsvSource({"30710-0.0,30750-0.0,31-0.0,21003-0.0", "30710,30750,31,21022", "p30710_i0,p30750_i0,p31,p21003_i0",
            "f.30710.0.0,f.30750.0.0,f.31.0.0,f.21022.0.0", "crp,hba1c,sex,age"})
    void biobankSpellingsAreOneAndTheSame(String crp, String hba1c, String sex, String age) throws IOException {
        Cohort people = CohortReader.of(CohortFormat.UKB)
                .read(file(String.join(",", "eid", age, sex, crp, hba1c), "77,55.5,Male,1.25,36", "78,60,0,,41.5"));
        assertThat(people.id(1)).isEqualTo("78");
        assertThat(people.sex()).containsExactly(1, 0);
        assertThat(people.age(0)).isEqualTo(55.5);
        assertThat(people.column(Marker.CRP)).containsExactly(1.25, Double.NaN);
        assertThat(people.column(Marker.HBA1C)).containsExactly(36, 41.5);
        assertThat(people.value(Marker.ALT, 0)).isNaN();
        assertThat(people.hasOutcomes()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"41270-0.0,41270-0.1;I251,E119", "f.41270.0.0,f.41270.0.1;I25.1,e11.9",
            "p41270_i0_a0,p41270_i0_a1;I251,E119", "41270,x;I251|E119,0", "p41270,x;I251|E11.9,0",
            "p41270,x;\"[\"\"I251\"\",\"\"E119\"\"]\",0"})
    void diagnosesOfTheBiobankBecomeLabels(String columns, String cells) throws IOException {
        Cohort people = CohortReader.of(CohortFormat.UKB).read(file("eid,age,sex,crp," + columns, "1,50,0,1," + cells,
                "2,51,1,2,,", "3,52,1,2,C443,"));
        assertThat(people.diseases()).containsExactly(Disease.values());
        assertThat(people.disease(Disease.CARDIOVASCULAR)).containsExactly(1, 0, 0);
        assertThat(people.disease(Disease.DIABETES)).containsExactly(1, 0, 0);
        assertThat(people.disease(Disease.CANCER)).containsExactly(0, 0, 0);
        assertThat(people.select(new int[] {0}).disease(Disease.DIABETES)).containsExactly(1);
    }

    @Test
    void theRangesOfCodesEndWhereTheyShould() {
        for (String in : new String[] {"I20", "I259", "I50", "I60", "I698"})
            assertThat(Disease.CARDIOVASCULAR.includes(in)).as(in).isTrue();
        for (String out : new String[] {"I10", "I19", "I26", "I51", "I70", "E10"})
            assertThat(Disease.CARDIOVASCULAR.includes(out)).as(out).isFalse();
        assertThat(Disease.DIABETES.includes("E109") && Disease.DIABETES.includes("E14")).isTrue();
        assertThat(Disease.DIABETES.includes("E15")).isFalse();
        assertThat(Disease.CANCER.includes("C439") && Disease.CANCER.includes("C97")).isTrue();
        assertThat(Disease.CANCER.includes("C44") || Disease.CANCER.includes("D05")).isFalse();
        assertThat(Disease.DEMENTIA.includes("F03") && Disease.DEMENTIA.includes("G301")).isTrue();
        assertThat(Disease.DEMENTIA.includes("F04") || Disease.DEMENTIA.includes("G31")).isFalse();
    }

    @Test
    void labelsThatAreNotKnownStayMissing() throws IOException {
        Cohort people = canonical().read(file("age,sex,crp,diabetes", "50,0,1,1", "51,1,2,", "52,1,2,0"));
        assertThat(people.diseases()).containsExactly(Disease.DIABETES);
        assertThat(people.disease(Disease.DIABETES)).containsExactly(1, Double.NaN, 0);
        assertThat(people.disease(Disease.CANCER)).containsOnly(Double.NaN);
        assertThatThrownBy(() -> canonical().read(file("age,sex,crp,diabetes", "50,0,1,2")))
                .isInstanceOf(BadInputException.class).hasMessageContaining("row 1").hasMessageContaining("0 or 1");
        assertThatThrownBy(() -> canonical().read(file("age,sex,crp,icd10", "50,0,1,I251|heart")))
                .isInstanceOf(BadInputException.class).hasMessageContaining("heart").hasMessageContaining("ICD-10");
    }

    @Test
    void biobankDatesBecomeFollowUpAndInstanceOneTheSecondVisit() throws IOException {
        Cohort people = CohortReader.of(CohortFormat.UKB).censoredAt("2020-01-01").read(file(
                "eid,21003-0.0,21003-1.0,31-0.0,30600-0.0,30600-1.0,53-0.0,40000-0.0,191-0.0",
                "1,50,54,0,45,44,2010-01-01,2015-01-01,", "2,51,,1,43,,2010-01-01,,2012-01-01",
                "3,52,56,1,44,46,2010-01-01,2021-05-05,", "4,53,,0,42,,,,"));
        assertThat(people.event()).containsExactly(1, 0, 0, Double.NaN);
        assertThat(people.time(0)).isCloseTo(5, within(.01));
        assertThat(people.time(1)).isCloseTo(2, within(.01));
        assertThat(people.time(2)).isCloseTo(10, within(.01));
        Cohort again = people.repeat().orElseThrow();
        assertThat(again.column(Marker.ALBUMIN)).containsExactly(44, Double.NaN, 46, Double.NaN);
        assertThat(again.age(2)).isEqualTo(56);
    }

    @ParameterizedTest
    @CsvSource({"hba1c,5.8,39.894", "hba1c,36,36", "creatinine,0.9,79.56153", "creatinine,75,75", "albumin,4.4,44",
            "albumin,44,44", "ast,0.4,24", "glucose,92,5.106", "crp,1.2,1.2"})
    void unitsAreSniffedFromTheMedian(String column, double written, double canonical) throws IOException {
        Marker marker = Marker.named(column).orElseThrow();
        Cohort people = canonical().read(file("age,sex,rdw," + column, "50,0,13," + written));
        assertThat(people.value(marker, 0)).isCloseTo(canonical, within(1e-9));
    }

    @Test
    void crpInMilligramsPerDecilitreNeedsEnoughPeopleOrAName() throws IOException {
        String[] lines = new String[31];
        lines[0] = "age,sex,crp";
        for (int i = 1; i < lines.length; i++)
            lines[i] = "50,1,0.2";
        assertThat(canonical().read(file(lines)).value(Marker.CRP, 3)).isCloseTo(2, within(1e-12));
        Path one = file("age,sex,crp", "50,1,0.2");
        assertThat(canonical().read(one).value(Marker.CRP, 0)).isEqualTo(.2);
        assertThat(canonical().units(List.of("crp=mg/dL")).read(one).value(Marker.CRP, 0)).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "age,sex,albumin;50,0,45;51,1,abc | people.csv: row 2 (line 3), column \"albumin\", value \"abc\": not a number",
            "age,sex,albumin;50,0,45;51,1,-3 | row 2, column \"albumin\", value \"-3\": no albumin can be that in g/L",
            "age,sex,hba1c;50,0,500 | column \"hba1c\": median 500 does not fit glycated haemoglobin in mmol/mol"
                    + " (expected median 20 to 110) or % (expected median 3.9 to 12.5); name the unit with --unit hba1c=...",
            "age,sex,albumin;50,x,45 | row 1, column \"sex\", value \"x\": sex must be 0 (female) or 1 (male)",
            "age,albumin;50,45 | column \"sex\": no such column",
            "age,sex,albumin,time,event;50,0,45,-1,0 | row 1, column \"time\", value \"-1\": follow-up cannot be negative",
            "age,sex,albumin,time,event;50,0,45,3,2 | row 1, column \"event\", value \"2\": must be 0 or 1",
            "age,sex;50,1 | none of the nine markers is a column", "age,sex,albumin | no rows"})
    void aFaultIsOneLineThatSaysWhere(String content, String message) throws IOException {
        Path file = file(content.strip().split(";"));
        assertThatThrownBy(() -> canonical().read(file)).isInstanceOf(BadInputException.class)
                .hasMessageContaining(message.strip()).hasMessageContaining("people.csv").hasMessageNotContaining("\n");
    }

    @Test
    void aNamedUnitThatCannotBeIsRefused() throws IOException {
        String[] lines = new String[31];
        lines[0] = "age,sex,hba1c";
        for (int i = 1; i < lines.length; i++)
            lines[i] = "50,1,36";
        Path file = file(lines);
        assertThatThrownBy(() -> canonical().unit(Marker.HBA1C, "%").read(file)).isInstanceOf(BadInputException.class)
                .hasMessageContaining("median 36 does not fit glycated haemoglobin in %");
        assertThatThrownBy(() -> canonical().units(List.of("hba1c=furlong"))).isInstanceOf(BadInputException.class)
                .hasMessageContaining("mmol/mol, %");
    }

    @Test
    void canonicalFilesReadBackAsWritten() {
        Cohort people = RepairedGenerator.generate(50, 3);
        Path file = folder.resolve("canonical.csv.gz");
        CohortWriter.write(file, people);
        Cohort read = canonical().read(file);
        for (Marker m : Marker.NINE) {
            assertThat(read.column(m)).isEqualTo(people.column(m));
            assertThat(read.repeat().orElseThrow().column(m)).isEqualTo(people.repeat().orElseThrow().column(m));
        }
        assertThat(read.time()).isEqualTo(people.time());
        assertThat(read.event()).isEqualTo(people.event());
        assertThat(read.id(49)).isEqualTo("50");
    }

    @Test
    void nhanesFilesGiveTheKnownCounts() {
        Cohort iii = CohortReader.nhanes().read(NhanesData.file("nhanes3.csv.gz"));
        List<Marker> seven = CohortFormat.NHANES.required();
        Cohort usable = iii.where(i -> iii.hasOutcome(i) && iii.isComplete(seven, i));
        assertThat(iii.size()).isEqualTo(18_825);
        assertThat(usable.size()).isEqualTo(11_815);
        long deaths = java.util.stream.IntStream.range(0, usable.size())
                .filter(i -> usable.event(i) == 1 && usable.time(i) <= 10).count();
        assertThat(deaths).isEqualTo(2_017);
    }
}
