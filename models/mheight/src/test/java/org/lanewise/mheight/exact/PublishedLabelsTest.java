package org.lanewise.mheight.exact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

import org.junit.jupiter.api.Test;
import org.lanewise.mheight.CodeData;

/** Every label of two published data sets of length 9. */
class PublishedLabelsTest {
    private static final ExactSolver[] SOLVERS = new ExactSolver[9];

    private record Compared(int rows, int infinite, int wrong, double worst) {}

    /** How far the published labels are from ours, in log2, where both are finite. */
    private static Compared compare(Path file) throws IOException {
        int rows = 0;
        int infinite = 0;
        int wrong = 0;
        double worst = 0;
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            in.readLine();
            for (String line = in.readLine(); line != null; line = in.readLine(), rows++) {
                String[] cells = line.split(",", -1);
                CodeShape shape = new CodeShape(Integer.parseInt(cells[0]), Integer.parseInt(cells[1]));
                int m = Integer.parseInt(cells[2]);
                double[] p = Arrays.stream(cells, 3, 3 + shape.entries()).mapToDouble(Double::parseDouble).toArray();
                if (SOLVERS[shape.k()] == null) SOLVERS[shape.k()] = ExactSolver.of(shape);
                double h = SOLVERS[shape.k()].heights(p)[m - 1];
                String exact = cells[24];
                if (exact.equals("inf") != Double.isInfinite(h)) wrong++;
                if (Double.isInfinite(h))
                    infinite++;
                else
                    worst = Math.max(worst, Math.abs(Math.log(Double.parseDouble(cells[23]) / h) / Math.log(2)));
            }
        }
        return new Compared(rows, infinite, wrong, worst);
    }

    @Test
    void firstDataSetOfTheCourse() throws IOException {
        Compared c = compare(CodeData.file("ds1_n9_integer.csv.gz"));
        assertThat(c.rows).isEqualTo(32_087);
        assertThat(c.infinite).isZero();
        assertThat(c.wrong).isZero();
        assertThat(c.worst).isLessThan(3e-11);
    }

    /** 153 published labels are finite where the height is infinite; the others agree. */
    @Test
    void testSetWithMissedInfinities() throws IOException {
        Compared c = compare(CodeData.file("test4500_n9_integer100.csv.gz"));
        assertThat(c.rows).isEqualTo(4_500);
        assertThat(c.infinite).isEqualTo(153);
        assertThat(c.wrong).isZero();
        assertThat(c.worst).isLessThan(2e-11);
    }
}
