package org.lanewise.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OptionsTest {

    @Test
    void wordsAndValues() {
        Options options = Options.of(new String[] {"one", "rows=5", "peers=a,b", "two", "thresh=1e-7", "none=none"},
                "rows",
                "peers", "thresh", "none");
        assertThat(options.words()).containsExactly("one", "two");
        assertThat(options.number("rows", 7)).isEqualTo(5);
        assertThat(options.number("absent", 7)).isEqualTo(7);
        assertThat(options.real("thresh", 0)).isEqualTo(1e-7);
        assertThat(options.list("peers", "")).containsExactly("a", "b");
        assertThat(options.list("none", "a")).isEmpty();
        assertThat(options.list("absent", "c,d")).containsExactly("c", "d");
    }

    @Test
    void whatIsWrongIsNamed() {
        assertThatThrownBy(() -> Options.of(new String[] {"row=5"}, "rows", "fits"))
                .hasMessage("no option row=5; there are fits, rows");
        assertThatThrownBy(() -> Options.of(new String[] {"rows=5", "rows=6"}, "rows")).hasMessageContaining("rows=6");
        assertThatThrownBy(() -> Options.of(new String[] {"rows=5.5"}, "rows").number("rows", 1))
                .hasMessage("rows=5.5 is not a whole number");
        assertThatThrownBy(() -> Options.of(new String[] {"thresh=x"}, "thresh").real("thresh", 1))
                .hasMessage("thresh=x is not a number");
    }
}
