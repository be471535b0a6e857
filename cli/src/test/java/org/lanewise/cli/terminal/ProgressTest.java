package org.lanewise.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

class ProgressTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long now = 1_000_000_000_000L;

    private Progress progress(Progress.Style style, int columns, long total) {
        return new Progress(style, new PrintStream(bytes, true, StandardCharsets.UTF_8), () -> now, columns, "training",
                total, "epochs");
    }

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private void pass(double seconds) {
        now += (long) (seconds * 1e9);
    }

    @Test
    void aTerminalLineIsRewrittenWithPercentRateAndTimeLeft() {
        try (Progress progress = progress(Progress.Style.TERMINAL, 120, 20)) {
            pass(10);
            progress.update(5, "loss 0.31");
            assertThat(printed()).isEqualTo(
                    "\rtraining [#####---------------]  25 %, 5/20 epochs, 30.0/min, 30 s left, loss 0.31\033[K");
        }
        assertThat(printed()).endsWith("\r\033[K");
    }

    @Test
    void aTerminalIsWrittenToAtMostTenTimesASecondAndNeverWraps() {
        try (Progress progress = progress(Progress.Style.TERMINAL, 30, 0)) {
            for (int i = 0; i < 100; i++) {
                pass(0.01);
                progress.update(i, "a remark that is much too long for this terminal");
            }
        }
        assertThat(printed().split("\r")).hasSizeBetween(10, 13)
                .allSatisfy(line -> assertThat(line.replace("\033[K", "").length()).isLessThan(30));
    }

    @Test
    void elsewhereThereAreWholeLinesAtIntervals() {
        try (Progress progress = progress(Progress.Style.PLAIN, 100, 1000)) {
            for (int i = 1; i <= 35; i++) {
                pass(1);
                progress.update(i);
            }
        }
        assertThat(printed()).doesNotContain("\r").doesNotContain("\033");
        assertThat(printed().lines()).hasSize(4).last().isEqualTo("training: 35 epochs in 35 s");
    }

    @Test
    void shortWorkAndQuietWorkPrintNothing() {
        try (Progress progress = progress(Progress.Style.PLAIN, 100, 10)) {
            pass(1);
            progress.update(10);
        }
        try (Progress progress = progress(Progress.Style.SILENT, 100, 10)) {
            pass(100);
            progress.update(5);
        }
        assertThat(printed()).isEmpty();
    }

    @Test
    void aResumedRunCountsItsOwnRate() {
        try (Progress progress = progress(Progress.Style.PLAIN, 100, 100)) {
            progress.startAt(80);
            pass(10);
            progress.update(90);
        }
        assertThat(printed()).contains(" 90 %").contains("1.0/s, 10 s left");
    }

    @Test
    void durationsAndRatesReadWell() {
        assertThat(Quantity.duration(0.04)).isEqualTo("40 ms");
        assertThat(Quantity.duration(3.21)).isEqualTo("3.2 s");
        assertThat(Quantity.duration(59.6)).isEqualTo("1 min 00 s");
        assertThat(Quantity.duration(245)).isEqualTo("4 min 05 s");
        assertThat(Quantity.duration(9000)).isEqualTo("2 h 30 min");
        assertThat(Quantity.rate(12_345)).isEqualTo("12.3 k/s");
        assertThat(Quantity.rate(2.5e6)).isEqualTo("2.5 M/s");
        assertThat(Quantity.figure(-0.0004, 2)).isEqualTo("0.00");
        assertThat(Quantity.figure(Double.NaN, 2)).isEqualTo("–");
        assertThat(Quantity.count(18825)).isEqualTo("18\u202f825");
    }
}
