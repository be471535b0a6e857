package org.lanewise.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ConsoleTableTest {
    private final ConsoleTable table = ConsoleTable.of("method", "C", "n").row("HENAW", "0.856", "19\u202f540")
            .row("age | sex", "0.8365", null);

    @Test
    void textIsAlignedWithNumbersToTheRight() {
        assertThat(table.toText()).isEqualTo("""
                method          C       n
                ---------  ------  ------
                HENAW       0.856  19\u202f540
                age | sex  0.8365       –
                """);
    }

    @Test
    void markdownEscapesItsBars() {
        assertThat(table.toMarkdown()).isEqualTo("""
                | method | C | n |
                |---|---:|---:|
                | HENAW | 0.856 | 19\u202f540 |
                | age \\| sex | 0.8365 | – |
                """);
    }

    @Test
    void unitsAndSignsAreNumbersWordsAreNot() {
        assertThat(ConsoleTable.of("a").row("-1.5").row("+2e-3").row("12 %").row("<0.1 ms").row("").isNumeric(0))
                .isTrue();
        assertThat(ConsoleTable.of("a").row("1").row("none").isNumeric(0)).isFalse();
    }

    @Test
    void aRowMustFit() {
        assertThatThrownBy(() -> table.row("x")).hasMessageContaining("1 cells").hasMessageContaining("3 columns");
    }
}
