package org.lanewise.cli.mheight;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lanewise.cli.Captured;

class ExactCommandTest {
    @TempDir
    Path folder;

    private static Captured exact(String... args) {
        String[] all = new String[args.length + 2];
        all[0] = "mheight";
        all[1] = "exact";
        System.arraycopy(args, 0, all, 2, args.length);
        return Captured.run(all);
    }

    private String file(String... lines) throws IOException {
        return Files.writeString(folder.resolve("in.csv"), String.join("\n", lines) + "\n").toString();
    }

    @Test
    void oneCodeOnStandardOutput() {
        assertThat(exact("--p", "-4 3 1 -6", "--n", "4", "--k", "2").out()).isEqualTo("h1 6\nh2 27\n");
        assertThat(exact("--p", "-4,3;1,-6", "--m", "2").out()).isEqualTo("27\n");
        assertThat(exact("--p", "0 3; 1 -6", "--json").out()).contains("\"inf\"", "\"n\" : 4");
        assertThat(exact("--p", "0 3; 1 -6", "--m", "2").out()).isEqualTo("inf\n");
    }

    @Test
    void aFileKeepsItsRowsAndColumns() throws IOException {
        Path out = folder.resolve("out.csv");
        String in = file("id,n,k,m,p0,p1,p2,p3,p4,p5,note", "a,4,2,2,-4,3,1,-6,,,\"x, y\"", "b,4,2,,-4,3,1,-6,,,",
                "c,5,3,2,1,2.50,3,4,5,6,007", "d,4,2,2,0,3,1,-6,,,");
        Captured run = exact("--in", in, "--out", out.toString(), "--threads", "2");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("4 codes", "5 heights", "1 of them infinite");
        assertThat(out).hasContent("""
                id,n,k,m,p0,p1,p2,p3,p4,p5,note,mheight
                a,4,2,2,-4,3,1,-6,,,"x, y",27
                b,4,2,1,-4,3,1,-6,,,,6
                b,4,2,2,-4,3,1,-6,,,,27
                c,5,3,2,1,2.5,3,4,5,6,007,59
                d,4,2,2,0,3,1,-6,,,,inf
                """.replace("59", third()));
    }

    private static String third() {
        return exact("--p", "1 2.5; 3 4; 5 6", "--m", "2").out().strip();
    }

    @Test
    void anEmptyFileGivesAHeader() throws IOException {
        Path out = folder.resolve("out.csv");
        assertThat(exact("--in", file("n,k,m,p0"), "--out", out.toString()).code()).isZero();
        assertThat(out).hasContent("n,k,m,p0,mheight\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "n,k,m,p0,p1,p2,p3|4,2,2,1,2,3|has 6 fields, the header has 7",
            "n,k,m,p0,p1,p2,p3|4,4,2,1,2,3,4|row 1, column \"k\", value \"4\": must be 1 to n - 1, which is 3",
            "n,k,m,p0,p1,p2,p3|13,2,2,1,2,3,4|row 1, column \"n\", value \"13\": must be 2 to 12",
            "n,k,m,p0,p1,p2,p3|4,2,2,1,2,x,4|row 1 (line 2), column \"p2\", value \"x\"",
            "n,k,m,p0,p1,p2,p3|4,2,2,1,2,3,|row 1, column \"p3\": missing; a code of n = 4, k = 2 has entries p0 to p3",
            "n,k,m,p0,p1,p2,p3|5,2,2,1,2,3,4|row 1: a code of n = 5, k = 2 has 6 entries; there are columns for 4",
            "n,k,m,p0,p1,p2,p3|3,2,1,1,2,3,|row 1, column \"p2\", value \"3\": one entry too many",
            "n,k,m,p0,p1,p2,p3|4,2,3,1,2,3,4|row 1, column \"m\", value \"3\": must be 1 to n - k, which is 2",
            "n,k,m,p0,p1,p2,p3|4,2,0,1,2,3,4|row 1, column \"m\", value \"0\": must be 1 to n - k",
            "n,k,m,p0,p1,p2,p3|4,2.5,1,1,2,3,4|column \"k\", value \"2.5\"",
            "n,k,m,p0,p1,p2,p3|,2,1,1,2,3,4|row 1, column \"n\": missing",
            "n,k,m,p0,p1,p2,p3|4,2,1,1e999,2,3,4|column \"p0\"",
            "n,m,p0,p1,p2,p3|4,1,1,2,3,4|column \"k\": no such column",
            "n,k,m|4,2,1|column \"p0\": no such column"})
    void badFiles(String header, String row, String message) throws IOException {
        Path out = folder.resolve("out.csv");
        Captured run = exact("--in", file(header, row), "--out", out.toString());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines()).singleElement().asString().contains("in.csv", message);
        assertThat(folder).isDirectoryNotContaining("glob:**out*");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"--p|1 2 3 4|--n and --k are missing", "--p|1 2; 3|row 2 has 1 numbers",
            "--p|1 x; 3 4|'x' is not a number", "--p|1 NaN; 3 4|'NaN' is not a number", "--n|4|--p is missing",
            "--out|x.csv|--in FILE or --p NUMBERS is missing"})
    void badOptions(String option, String value, String message) {
        Captured run = exact(option, value);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err().lines()).singleElement().asString().contains(message);
    }

    @Test
    void badNumbersOfOneCode() {
        assertThat(exact("--p", "1 2 3", "--n", "4", "--k", "2").err()).contains("has 3 numbers", "has 4");
        assertThat(exact("--p", "1 2 3 4", "--n", "4", "--k", "4").err()).contains("--k 4: must be 1 to n - 1");
        assertThat(exact("--p", "1 2 3 4", "--n", "14", "--k", "2").err()).contains("--n 14: must be 2 to 12");
        assertThat(exact("--p", "1 2; 3 4", "--m", "3").err()).contains("--m 3: must be 1 to n - k, which is 2");
    }
}
