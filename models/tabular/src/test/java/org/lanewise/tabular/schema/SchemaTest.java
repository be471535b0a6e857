package org.lanewise.tabular.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.CategoricalColumn;
import org.lanewise.tabular.ColumnType;
import org.lanewise.tabular.DataFingerprint;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.csv.Csv;
import org.lanewise.tabular.csv.CsvOptions;
import org.lanewise.tabular.schema.SchemaIssue.Kind;
import org.lanewise.tabular.schema.SchemaPolicy.Action;

class SchemaTest {
    @TempDir
    Path folder;

    private static final Table TRAIN = csv("""
            age,bmi,city,smoker,note
            30,21.5,Ulm,true,a
            40,,Bonn,false,b
            50,25.1,Graz,true,
            """, CsvOptions.defaults().withType("city", ColumnType.CATEGORICAL));
    private static final Schema SCHEMA = Schema.of(TRAIN);

    private static Table csv(String text, CsvOptions options) {
        return Csv.read("t.csv", text.getBytes(StandardCharsets.UTF_8), options);
    }

    private static Table csv(String text) {
        return csv(text, CsvOptions.defaults());
    }

    @Test
    void theTrainingTableConformsWithoutAWord() {
        Conformed same = SCHEMA.apply(TRAIN, SchemaPolicy.strict());
        assertThat(same.issues()).isEmpty();
        assertThat(DataFingerprint.of(same.table())).isEqualTo(DataFingerprint.of(TRAIN));
    }

    @Test
    void comesBackFromItsFile() {
        Path file = folder.resolve("schema.json");
        Schema.write(file, SCHEMA);
        assertThat(Schema.read(file)).isEqualTo(SCHEMA);
        assertThat(SCHEMA.fields().get(2)).isEqualTo(
                new Field("city", ColumnType.CATEGORICAL, List.of("Bonn", "Graz", "Ulm"), true));
        assertThat(SCHEMA.fields().get(1).complete()).isFalse();
        assertThat(SCHEMA.types()).containsEntry("bmi", ColumnType.DOUBLE);
    }

    @Test
    void damagedFilesAreRefused() throws Exception {
        Path file = folder.resolve("schema.json");
        Schema.write(file, SCHEMA);
        String text = Files.readString(file);
        for (String broken : List.of("[]", "{}", text.replace("LONG", "WHOLE"), text.replace("\"Bonn\"", "\"Ulm\""),
                text.replace("\"bmi\"", "\"age\""), text.replace("\"format\" : 1", "\"format\" : 9"),
                text.replace("\"complete\"", "\"full\""), text.substring(0, 60))) {
            Files.writeString(file, broken);
            assertThatThrownBy(() -> Schema.read(file)).as(broken).isInstanceOf(BadInputException.class).message()
                    .startsWith(file.toString()).doesNotContain("\n");
        }
    }

    @Test
    void orderTypesAndLevelsAreThoseOfTraining() {
        Table fresh = csv("note,smoker,city,bmi,age\nx,1,Graz,22,31\ny,0,Ulm,23,\n");
        Conformed ready = SCHEMA.apply(fresh, SchemaPolicy.defaults());
        assertThat(ready.table().names()).containsExactly("age", "bmi", "city", "smoker", "note");
        assertThat(ready.table().columns()).extracting(c -> c.type()).containsExactly(ColumnType.LONG,
                ColumnType.DOUBLE, ColumnType.CATEGORICAL, ColumnType.BOOLEAN, ColumnType.TEXT);
        CategoricalColumn city = (CategoricalColumn) ready.table().column("city");
        assertThat(city.levels()).containsExactly("Bonn", "Graz", "Ulm");
        assertThat(city.code(0)).isEqualTo(1);
        assertThat(ready.issues()).extracting(SchemaIssue::kind).containsExactly(Kind.MISSING_VALUE, Kind.TYPE_CHANGE);
        assertThat(ready.issues().get(0).message())
                .isEqualTo("column \"age\": 1 of 2 values are missing, in training none was; left as they are");
        assertThat(ready.issues().get(1).message())
                .isEqualTo("column \"smoker\": is long, the model knows it as boolean; converted");
    }

    @Test
    void missingColumn() {
        Table fresh = csv("age,city,smoker,note\n30,Ulm,true,x\n");
        assertThatThrownBy(() -> SCHEMA.apply(fresh, SchemaPolicy.defaults())).isInstanceOf(BadInputException.class)
                .hasMessage("t.csv: column \"bmi\": needed by the model, not there");
        Conformed ready = SCHEMA.apply(fresh, SchemaPolicy.defaults().withMissingColumn(Action.ACCEPT));
        assertThat(ready.table().numbers("bmi")).containsExactly(Double.NaN);
        assertThat(ready.issues()).extracting(SchemaIssue::kind).containsExactly(Kind.MISSING_COLUMN);
    }

    @Test
    void extraColumn() {
        Table fresh = csv("age,bmi,city,smoker,note,shoe\n30,20.5,Ulm,true,x,43\n");
        Conformed ready = SCHEMA.apply(fresh, SchemaPolicy.defaults());
        assertThat(ready.table().has("shoe")).isFalse();
        assertThat(ready.issues()).extracting(SchemaIssue::toString)
                .containsExactly("column \"shoe\": not known to the model; dropped");
        assertThatThrownBy(() -> SCHEMA.apply(fresh, SchemaPolicy.strict()))
                .hasMessage("t.csv: column \"shoe\": not known to the model");
    }

    @Test
    void changedType() {
        Table words = csv("age,bmi,city,smoker,note\n30,20.5,Ulm,true,x\nold,21.5,Ulm,true,y\n");
        assertThatThrownBy(() -> SCHEMA.apply(words, SchemaPolicy.defaults()))
                .hasMessage("t.csv: row 2, column \"age\", value \"old\": cannot be read as long");
        assertThatThrownBy(() -> SCHEMA.apply(words, SchemaPolicy.strict()))
                .hasMessage("t.csv: column \"age\": is text, the model knows it as long");
        Table halves = csv("age,bmi,city,smoker,note\n30.5,20.5,Ulm,true,x\n");
        assertThatThrownBy(() -> SCHEMA.apply(halves, SchemaPolicy.defaults()))
                .hasMessage("t.csv: row 1, column \"age\", value \"30.5\": cannot be read as long");
        Conformed ready = SCHEMA.relaxed().apply(halves, SchemaPolicy.strict());
        assertThat(ready.table().numbers("age")).containsExactly(30.5);
        assertThat(ready.issues()).isEmpty();
    }

    @Test
    void unseenLevel() {
        Table fresh = csv("age,bmi,city,smoker,note\n30,1.5,Ulm,true,x\n31,2.5,Rom,true,y\n32,3.5,Oslo,true,z\n");
        Conformed ready = SCHEMA.apply(fresh, SchemaPolicy.defaults());
        assertThat(ready.table().texts("city")).containsExactly("Ulm", null, null);
        assertThat(ready.issues()).extracting(SchemaIssue::toString)
                .containsExactly("column \"city\": 2 values that training did not have: Oslo, Rom; taken as missing");
        assertThat(ready.issues().getFirst().rows()).isEqualTo(2);
        assertThatThrownBy(() -> SCHEMA.apply(fresh, SchemaPolicy.strict()))
                .hasMessage("t.csv: row 2, column \"city\": 2 values that training did not have: Oslo, Rom");
    }

    @Test
    void missingValuesCanBeRefused() {
        Table fresh = csv("age,bmi,city,smoker,note\n30,,Ulm,true,x\n31,2.5,,true,y\n");
        assertThatThrownBy(
                () -> SCHEMA.apply(fresh, SchemaPolicy.defaults().withMissingValue(Action.REFUSE)))
                .hasMessage("t.csv: row 2, column \"city\": 1 of 2 values are missing, in training none was");
    }
}
